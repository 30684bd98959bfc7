import type { User } from "@regulars/core/access/user";
import { type TriedSettings, codeRedSettingsSchema, comparisonModes } from "@regulars/core/code-red/settings";
import { choiceIn, indexIn, isOn, queryOf, readIn } from "../page/query.ts";
import type { PageContext } from "../page/viewer.ts";

/** What the address of the list asks for. */
export interface CodeRedAsked {
  readonly rep: string | undefined;
  readonly assigned: string | undefined;
  readonly team: string | undefined;
  readonly territory: string | undefined;
  /** Only these customers. */
  readonly red: boolean;
  readonly confirmed: boolean;
  readonly ignored: boolean;
  /** The index of the first row. */
  readonly from: number;
  /** Settings that are tried. */
  readonly tried: TriedSettings;
  /** The filters as they were given, for links and the form that keep them. */
  readonly given: Readonly<Record<string, string>>;
}

/** Filters of one click. */
export const CHIPS = ["red", "confirmed", "ignored"] as const;
/** Days in which a record leaves a customer out. */
export const EXCLUSIONS = [
  "excludeActivityDays",
  "excludeQuoteDays",
  "excludeOrderDays",
  "excludeInvoiceDays",
] as const satisfies readonly (keyof TriedSettings)[];
const OWNERS = ["rep", "assigned", "team", "territory"];
const FILTERS = [...OWNERS, "percent", "mode", "compare", ...EXCLUSIONS, ...CHIPS];
const COMPARED = ["before", "year"] as const;

/** Each value once. */
export const distinct = (values: readonly (string | undefined)[]): readonly string[] => [
  ...new Set(values.filter((value) => value !== undefined)),
];

export function codeRedAskedOf(c: PageContext, users: readonly User[]): CodeRedAsked {
  const query = queryOf(c);
  const compare = choiceIn(c, "compare", COMPARED);
  return {
    rep: choiceIn(c, "rep", distinct(users.map(({ userId }) => userId))),
    assigned: choiceIn(c, "assigned", distinct(users.map(({ userId }) => userId))),
    team: choiceIn(c, "team", distinct(users.map(({ teamId }) => teamId))),
    territory: choiceIn(c, "territory", distinct(users.map(({ territoryId }) => territoryId))),
    red: isOn(c, "red"),
    confirmed: isOn(c, "confirmed"),
    ignored: isOn(c, "ignored"),
    from: indexIn(c, "from"),
    tried: {
      percent: settingIn(c, "percent", ({ say }) => say("page.aPercent")),
      mode: choiceIn(c, "mode", comparisonModes),
      seasonal: compare === undefined ? undefined : compare === "year",
      ...Object.fromEntries(EXCLUSIONS.map((name) => [name, settingIn(c, name, ({ say }) => say("page.aNumber"))])),
    },
    given: Object.fromEntries(
      FILTERS.flatMap((name): [string, string][] => (query[name] ? [[name, query[name]]] : [])),
    ),
  };
}

/** A setting that is tried; `undefined`, and said on the page, when it is not allowed. */
const settingIn = (
  c: PageContext,
  name: "percent" | (typeof EXCLUSIONS)[number],
  allowed: Parameters<typeof readIn>[3],
): number | undefined =>
  readIn(c, name, (text) => codeRedSettingsSchema.shape[name].safeParse(Number(text)).data ?? undefined, allowed);
