import { type SoughtTexts, soughtTexts } from "./sought-texts.ts";

/** Kinds of ids by which stored items refer to somebody. */
export type IdKind = "customer" | "person" | "contact" | "external" | "deal" | "project" | "introduction";

/** What stored items tell a customer or a person by. */
export interface Traces {
  readonly ids: Readonly<Record<IdKind, ReadonlySet<string>>>;
  /** E-mail addresses, phone numbers and ids of other systems: nobody else has them. */
  readonly addresses: SoughtTexts;
  /** Names: others may have the same. */
  readonly names: SoughtTexts;
}

/** Stands for an id or a text that was erased. */
export const ERASED = "erased";

/** Which ids the field of a stored item may hold. */
const FIELDS: Readonly<Record<string, readonly IdKind[]>> = {
  customerId: ["customer"],
  customerIds: ["customer"],
  /** The first customers of those that a nightly run set aside or told nobody of. */
  first: ["customer"],
  personId: ["person", "contact"],
  personIds: ["person", "contact"],
  customerPersonId: ["person"],
  claimedBy: ["person"],
  attendeeIds: ["person"],
  externalId: ["external"],
  dealId: ["deal"],
  dealIds: ["deal"],
  projectId: ["project"],
  introductionId: ["introduction"],
  sameAs: ["customer", "person", "project"],
};

/** Which ids the subject of a finding may have, by its type. */
const SUBJECTS: Readonly<Record<string, readonly IdKind[]>> = {
  customer: ["customer"],
  company: ["customer"],
  person: ["person", "contact"],
  deal: ["deal"],
  project: ["project"],
};

const isPlainObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;

const hasId = (traces: Traces, kinds: readonly IdKind[], value: unknown): boolean =>
  typeof value === "string" && kinds.some((kind) => traces.ids[kind].has(value));

/** A subject or owner of a type, as `{ type, id }` or `{ ownerType, ownerId }`. */
function isSubject(traces: Traces, { type, id, ownerType, ownerId }: Readonly<Record<string, unknown>>): boolean {
  const isOfType = (kind: unknown, one: unknown): boolean =>
    typeof kind === "string" && hasId(traces, SUBJECTS[kind] ?? [], one);
  return isOfType(type, id) || isOfType(ownerType, ownerId) || (type === "status" && isOfOwner(traces, id));
}

/** The status of a person or a project is the subject `["status","person","id"]`, as JSON. */
function isOfOwner(traces: Traces, id: unknown): boolean {
  const parts = typeof id === "string" ? parsedJson(id) : undefined;
  return Array.isArray(parts) && isSubject(traces, { type: parts[1], id: parts[2] });
}

/** Of somebody else: their name may be the same, so names say nothing there. */
const isOfAnother = (traces: Traces, value: Readonly<Record<string, unknown>>): boolean =>
  typeof value["customerId"] === "string" && !traces.ids.customer.has(value["customerId"]);

const noTexts = soughtTexts([]);

const withoutNames = (traces: Traces): Traces => (traces.names === noTexts ? traces : { ...traces, names: noTexts });

/** The value of a text that is JSON, as bodies and answers are kept. */
function parsedJson(text: string): unknown {
  if (!/^[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether a stored value tells of somebody, by an id in one of its fields or by a text. */
export function mentions(value: unknown, traces: Traces, field = ""): boolean {
  if (typeof value === "string")
    return (
      hasId(traces, FIELDS[field] ?? [], value) ||
      traces.addresses.isFound(value) ||
      traces.names.isFound(value) ||
      mentions(parsedJson(value), traces)
    );
  if (Array.isArray(value) || value instanceof Set) return [...value].some((one) => mentions(one, traces, field));
  if (!isPlainObject(value)) return false;
  if (isSubject(traces, value)) return true;
  const own = isOfAnother(traces, value) ? withoutNames(traces) : traces;
  return Object.entries(value).some(([name, one]) => mentions(one, own, name));
}

const textWithout = (text: string, { addresses, names }: Traces): string =>
  names.replaced(addresses.replaced(text, ERASED), ERASED);

/**
 * A stored value without what it tells of somebody: entries of lists that do are left out, ids and texts elsewhere are
 * replaced by `ERASED`. The same value when it tells nothing.
 */
export function without<T>(value: T, traces: Traces): T;
export function without(value: unknown, traces: Traces): unknown {
  return cleaned(value, { traces, keepsEntries: false, field: "" });
}

/** Like `without`, but lists keep their length: for lists whose places are counted. */
export function blanked<T>(value: T, traces: Traces): T;
export function blanked(value: unknown, traces: Traces): unknown {
  return cleaned(value, { traces, keepsEntries: true, field: "" });
}

/** Whether an entry of a list tells of somebody other than in a list of its own, which is cleaned by itself. */
const isAbout = (entry: unknown, traces: Traces, field: string): boolean =>
  mentions(
    isPlainObject(entry) ? Object.fromEntries(Object.entries(entry).filter(([, one]) => !Array.isArray(one))) : entry,
    traces,
    field,
  );

interface Cleaning {
  readonly traces: Traces;
  readonly keepsEntries: boolean;
  readonly field: string;
}

function cleaned(value: unknown, cleaning: Cleaning): unknown {
  const { traces, keepsEntries, field } = cleaning;
  if (typeof value === "string") return hasId(traces, FIELDS[field] ?? [], value) ? ERASED : textWithout(value, traces);
  if (Array.isArray(value)) {
    const kept = keepsEntries ? value : value.filter((one) => !isAbout(one, traces, field));
    return sameOr(
      value,
      kept.map((one) => cleaned(one, cleaning)),
    );
  }
  if (!isPlainObject(value)) return value;
  const own = isOfAnother(traces, value) ? withoutNames(traces) : traces;
  const entries = Object.entries(value).map(([name, one]): readonly [string, unknown] => [
    name,
    (name === "id" || name === "ownerId") && isSubject(own, value)
      ? ERASED
      : cleaned(one, { ...cleaning, traces: own, field: name }),
  ]);
  return entries.every(([name, one]) => one === value[name]) ? value : Object.fromEntries(entries);
}

const sameOr = (before: readonly unknown[], after: readonly unknown[]): readonly unknown[] =>
  before.length === after.length && after.every((one, i) => one === before[i]) ? before : after;
