import { compareText } from "../platform/compare.ts";
import type { UserId } from "../platform/values.ts";
import type { Connection } from "./connections.ts";

export const whoKnowsModes = ["enhanced", "basic"] as const;
/** `basic` counts e-mails and meetings; `enhanced` weighs all contacts and their age. */
export type WhoKnowsMode = (typeof whoKnowsModes)[number];

export const connectionLabels = ["strong", "medium", "weak", "knows the company"] as const;
type ConnectionLabel = (typeof connectionLabels)[number];

/** A colleague who can introduce somebody. */
export interface Colleague extends Connection {
  readonly label: ConnectionLabel;
}

const MOST_COLLEAGUES = 5;
const STRONG = 5;
const MEDIUM = 2;
/** What knowing others at a company is worth, of knowing the person. */
const COMPANY_SHARE = 0.5;

interface Known {
  readonly mode: WhoKnowsMode;
  /** Contacts with the person who is asked about. */
  readonly person: readonly Connection[];
  /** Contacts with others at their company, or at its mail domain; computed only when the first do not suffice. */
  readonly company: () => readonly Connection[];
  /** Colleagues who may be suggested: still here, not opted out, not who asks. */
  readonly isOffered: (userId: UserId) => boolean;
}

/**
 * At most five colleagues, strongest first (docs/reference/relationships.md 6). Where fewer than five know the person,
 * those who know the company are added at half their strength.
 */
export function colleaguesWhoKnow({ mode, person, company, isOffered }: Known): Colleague[] {
  const direct = first(MOST_COLLEAGUES, mode, person.map(withLabel), isOffered);
  if (direct.length === MOST_COLLEAGUES) return direct;
  const known = new Set(person.map(({ userId }) => userId));
  const isFurther = (userId: UserId): boolean => isOffered(userId) && !known.has(userId);
  const others = first(MOST_COLLEAGUES - direct.length, mode, company().map(atTheCompany), isFurther);
  return [...direct, ...others].toSorted(ORDERS[mode]);
}

function first(
  most: number,
  mode: WhoKnowsMode,
  colleagues: readonly Colleague[],
  isOffered: (userId: UserId) => boolean,
): Colleague[] {
  return colleagues
    .filter((one) => VALUES[mode](one) > 0 && isOffered(one.userId))
    .toSorted(ORDERS[mode])
    .slice(0, most);
}

/** Strong needs contacts from both sides. */
function labelOf({ strength, isMutual }: Connection): ConnectionLabel {
  if (strength >= STRONG && isMutual) return "strong";
  return strength >= MEDIUM ? "medium" : "weak";
}

const withLabel = (one: Connection): Colleague => ({ ...one, label: labelOf(one) });

const atTheCompany = (one: Connection): Colleague => ({
  ...one,
  strength: one.strength * COMPANY_SHARE,
  contacts: one.contacts * COMPANY_SHARE,
  label: "knows the company",
});

const VALUES: Readonly<Record<WhoKnowsMode, (one: Connection) => number>> = {
  enhanced: ({ strength }) => strength,
  basic: ({ contacts }) => contacts,
};

/** A total order: what the mode counts, the last day, meetings, id. */
const orderOf = (mode: WhoKnowsMode) => (a: Colleague, b: Colleague) =>
  VALUES[mode](b) - VALUES[mode](a) ||
  b.lastOn - a.lastOn ||
  b.meetings - a.meetings ||
  compareText(a.userId, b.userId);

const ORDERS = { enhanced: orderOf("enhanced"), basic: orderOf("basic") } as const;
