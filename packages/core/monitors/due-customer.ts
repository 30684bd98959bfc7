import { addDays } from "../platform/period.ts";
import type { Day } from "../platform/values.ts";
import type { StatusValues, StoredStatuses } from "../snapshots/status-values.ts";
import { type AgendaNote, agendaCheck, isCoveredBy } from "./agenda.ts";
import { ownerName } from "./held-status.ts";
import { type MonitorBooks, hashOf } from "./monitor-books.ts";
import { type MonitoredCustomer, type OwnersGiven, peopleAndProjects, unpackedOnce } from "./monitored-owners.ts";

/** What the values depend on besides the monitors and the day. */
export const basisOf = (
  {
    snapshot,
    findings,
    persons,
    contactName,
  }: Pick<MonitoredCustomer, "snapshot" | "findings" | "persons" | "contactName">,
  books: MonitorBooks,
): string => {
  const out = persons.filter(({ personId }) => snapshot.outPersons.has(personId));
  return hashOf([
    snapshot.stamp(),
    contactName,
    persons,
    books.readsFindings ? findings.map(({ kind, level, state }) => [kind, level, state]) : [],
    ...(out.length === 0 ? [] : [out.map(({ personId }) => personId)]),
  ]);
};

/** What is known of a customer before they are looked at. */
interface KnownCustomer {
  readonly stored: StoredStatuses;
  readonly note: AgendaNote | undefined;
}

/**
 * Whether a customer is to be settled again: their day has come, their data, the monitors or the settings have changed,
 * a person or project is there that the agenda does not list, or follow-ups of theirs may be missing.
 */
export function isDue(
  given: Pick<OwnersGiven, "snapshot" | "persons">,
  { stored, note }: KnownCustomer,
  { basis, books, asOf }: { readonly basis: string; readonly books: MonitorBooks; readonly asOf: Day },
): boolean {
  const { values, revision } = stored;
  if (values !== undefined && (values.toFollow !== undefined || isRewind(values, asOf))) return true;
  if (note !== undefined && isCoveredBy(note, { check: agendaCheck(basis, revision), book: books.stamp, asOf }))
    return false;
  if (!isSettledFor(values, basis, books, asOf)) return true;
  const { snapshot, persons } = given;
  const there = peopleAndProjects({ snapshot: unpackedOnce(snapshot), persons }, books);
  return there.some(({ owner }) => note?.owners?.has(ownerName(owner)) !== true);
}

/** Whether stored values say that nothing is to be looked at yet. */
const isSettledFor = (values: StatusValues | undefined, basis: string, books: MonitorBooks, asOf: Day): boolean =>
  values !== undefined &&
  values.book === books.stamp &&
  values.basis === basis &&
  (values.nextChangeOn === undefined || values.nextChangeOn > asOf);

/** Whether they are settled for a later day already; then an earlier day is not settled again. */
export const isSettledLater = (before: Pick<StatusValues, "settledOn">, asOf: Day): boolean =>
  before.settledOn > asOf && !isRewind(before, asOf);

/**
 * Whether `asOf` lies long before the day that they were settled for: a run was put back, and they are put back with
 * it.
 */
export const isRewind = ({ settledOn }: Pick<StatusValues, "settledOn">, asOf: Day): boolean =>
  settledOn > addDays(asOf, 1);
