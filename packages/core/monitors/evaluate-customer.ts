import type { Person } from "../customers/person.ts";
import { overdueText } from "../invoices/overdue.ts";
import type { CustomerSnapshot } from "../insights/customer-snapshot.ts";
import { addDays } from "../platform/period.ts";
import { type Day, type DayNumber, dayNumber, toDay, toDayNumber } from "../platform/values.ts";
import type { CustomerRecords } from "../snapshots/customer-records.ts";
import type { HeldStatus, StatusValues, StoredStatuses } from "../snapshots/status-values.ts";
import { type AgendaNote, agendaCheck, isCoveredBy } from "./agenda.ts";
import { type MonitorBooks, hashOf } from "./monitor-books.ts";
import { type FormerStatuses, ownerFields, isOf, ownerName, ownerOf, sinceOf, valuesOf } from "./held-status.ts";
import type { Owner, OwnerType } from "./owner.ts";
import { type OwnerInput, ownerFacts } from "./owner-facts.ts";
import { evaluateOwner } from "./settle.ts";
import { type FindingState, companyInput, healthTermsOf, personInput, projectInput } from "./snapshot-facts.ts";
import { settledName } from "./status-monitor.ts";
import type { StatusCard } from "./status-template.ts";
import { findingsFor, lastOf, toldStatus } from "./told-status.ts";

/** A customer with its persons, as monitors read it. */
export interface MonitoredCustomer {
  readonly snapshot: Pick<CustomerSnapshot, "customer" | "history" | "records" | "outPersons" | "stamp">;
  /** The findings as of the day; those of statuses are not read. */
  readonly findings: readonly FindingState[];
  /** Read only when persons are monitored. */
  readonly persons: readonly Person[];
  readonly before: FormerStatuses | undefined;
  /** The name of our contact. */
  readonly contactName: string;
}

/** An owner has got or lost a status. */
export interface StatusTurn {
  readonly statusId: HeldStatus["statusId"];
  readonly owner: Owner;
  readonly type: "entered" | "left";
  readonly on: Day;
  readonly since: Day;
}

export interface EvaluatedCustomer {
  readonly values: StatusValues;
  /** In the order of their days. */
  readonly turns: readonly StatusTurn[];
  /** Monitors that failed for an owner, with the reason; old values stay. */
  readonly failed: ReadonlyMap<string, string>;
  /** The persons and projects that are or were settled there, for the agenda. */
  readonly owners: ReadonlySet<number>;
}

/** One owner with all that criteria and texts read of it. */
export interface MonitoredOwner {
  readonly owner: Owner;
  readonly input: OwnerInput;
  readonly card: Pick<StatusCard, "person" | "project">;
}

type OwnersGiven = Pick<MonitoredCustomer, "snapshot" | "findings" | "persons">;

const isMonitored = ({ books }: MonitorBooks, ownerType: OwnerType): boolean =>
  (books.get(ownerType)?.criteria.size ?? 0) > 0;

/** The owners at a customer that have monitors: itself, its persons, its projects. */
export function ownersOf(given: OwnersGiven, books: MonitorBooks): readonly MonitoredOwner[] {
  const snapshot = unpackedOnce(given.snapshot);
  const { findings, persons } = given;
  const { customerId } = snapshot.customer;
  const health = healthTermsOf(snapshot, books.relationships);
  const company = (): MonitoredOwner => ({
    owner: { type: "company", customerId },
    input: companyInput({ ...snapshot, findings }, books.settings, health),
    card: {},
  });
  return [...(isMonitored(books, "company") ? [company()] : []), ...peopleAndProjects({ snapshot, persons }, books)];
}

function unpackedOnce(snapshot: OwnersGiven["snapshot"]): OwnersGiven["snapshot"] {
  let unpacked: CustomerRecords | undefined;
  return { ...snapshot, records: () => (unpacked ??= snapshot.records()) };
}

function peopleAndProjects(
  { snapshot, persons }: Pick<OwnersGiven, "snapshot" | "persons">,
  books: MonitorBooks,
): readonly MonitoredOwner[] {
  const { customerId } = snapshot.customer;
  const health = healthTermsOf(snapshot, books.relationships);
  return [
    ...(isMonitored(books, "person")
      ? persons.map((person): MonitoredOwner => ({
          owner: { type: "person", customerId, personId: person.personId },
          input: personInput(person, snapshot.records(), health),
          card: { person },
        }))
      : []),
    ...(isMonitored(books, "project")
      ? snapshot.records().projects.map((project): MonitoredOwner => ({
          owner: { type: "project", customerId, projectId: project.projectId },
          input: projectInput(project, customerId, snapshot.records()),
          card: { project },
        }))
      : []),
  ];
}

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
export interface KnownCustomer {
  readonly stored: StoredStatuses;
  readonly note: AgendaNote | undefined;
}

/**
 * Whether a customer is to be settled again: a day has come, data, monitors or settings are others, or somebody is there
 * of whom the agenda does not know.
 */
export function isDue(
  given: Pick<OwnersGiven, "snapshot" | "persons">,
  { stored, note }: KnownCustomer,
  { basis, books, asOf }: { readonly basis: string; readonly books: MonitorBooks; readonly asOf: Day },
): boolean {
  const { values, revision } = stored;
  if (values !== undefined && isRewind(values, asOf)) return true;
  if (note !== undefined && isCoveredBy(note, { check: agendaCheck(basis, revision), book: books.stamp, asOf }))
    return false;
  if (!isSettledFor(values, basis, books, asOf)) return true;
  const { snapshot, persons } = given;
  const there = peopleAndProjects({ snapshot: unpackedOnce(snapshot), persons }, books);
  return there.some(({ owner }) => note?.owners?.has(ownerName(owner)) !== true);
}

/** Whether stored values say that nothing is to be looked at yet. */
export const isSettledFor = (
  values: StatusValues | undefined,
  basis: string,
  books: MonitorBooks,
  asOf: Day,
): boolean =>
  values !== undefined &&
  values.book === books.stamp &&
  values.basis === basis &&
  (values.nextChangeOn === undefined || values.nextChangeOn > asOf);

/** Settled for a later day already: one before it is not settled again. */
export const isSettledLater = (before: Pick<StatusValues, "settledOn">, asOf: Day): boolean =>
  before.settledOn > asOf && !isRewind(before, asOf);

/** A day long before the one that they were settled for is asked for: they are put back to it. */
const isRewind = ({ settledOn }: Pick<StatusValues, "settledOn">, asOf: Day): boolean => settledOn > addDays(asOf, 1);

/** The values as a day long before may know them: what has held since then or longer. */
function asKnownOn(before: FormerStatuses | undefined, asOf: Day): FormerStatuses | undefined {
  if (before === undefined || !isRewind(before, asOf)) return before;
  return { ...before, held: before.held.filter(({ since }) => since <= asOf), settledOn: asOf, settled: [] };
}

interface EvaluationOptions {
  /** Statuses that wait for their regeneration: they keep their old values. */
  readonly pending?: ReadonlySet<string> | undefined;
  /** The last night that has seen everybody: what it did not write is settled for it, whatever came in late since. */
  readonly lastNight?: Day | undefined;
}

/** Settles all statuses of a customer, its persons and projects for a day (docs/reference/monitors.md 3). */
export function evaluateStatuses(
  given: MonitoredCustomer,
  books: MonitorBooks,
  asOf: Day,
  { pending = new Set(), lastNight }: EvaluationOptions = {},
): EvaluatedCustomer {
  const before = asKnownOn(given.before, asOf);
  const held: HeldStatus[] = [];
  const turns: StatusTurn[] = [];
  const failed = new Map<string, string>();
  let nextChangeOn: DayNumber | undefined;
  const owners = ownersOf(given, books);
  const doneNight = lastNight === undefined ? undefined : toDayNumber(lastNight < asOf ? lastNight : asOf);
  for (const one of owners) {
    const book = books.books.get(one.owner.type);
    if (book === undefined) continue;
    const facts = ownerFacts(one.input);
    const known = valuesOf(one.owner, before, [...books.monitors.keys()], doneNight);
    const settled = evaluateOwner({ book, facts, before: known, pending, asOf: toDayNumber(asOf) });
    for (const [statusId, reason] of settled.failed) failed.set(statusId, reason);
    for (const monitor of books.monitors.values()) {
      if (monitor.ownerType !== one.owner.type) continue;
      const now = settled.settled.get(monitor.statusId);
      const since = now === undefined ? sinceOf(one.owner, monitor.statusId, before) : now.value.since;
      for (const turn of now?.turns ?? [])
        turns.push({
          statusId: monitor.statusId,
          owner: one.owner,
          type: turn.type,
          on: toDay(turn.on),
          since: toDay(turn.since),
        });
      const next = now?.value.nextChangeOn;
      if (next !== undefined && (nextChangeOn === undefined || next < nextChangeOn)) nextChangeOn = dayNumber(next);
      if (since === undefined) continue;
      const card = cardOf(given, one, {
        statusName: monitor.name,
        since: toDay(since),
        asOf,
        silences: books.silences,
      });
      const told = toldStatus(monitor, card);
      held.push({
        ...ownerFields(one.owner),
        statusId: monitor.statusId,
        since: toDay(since),
        ...(told === undefined ? {} : { told }),
      });
    }
  }
  const gone = (before?.held ?? []).filter(
    (one) => books.monitors.has(one.statusId) && !owners.some(({ owner }) => isOf(one, owner)),
  );
  for (const { statusId, since, ...one } of gone)
    turns.push({ statusId, owner: ownerOf(one, given.snapshot.customer), type: "left", on: asOf, since });
  // Those of deleted and paused monitors are kept for their return, and told to nobody.
  const hidden = (before?.held ?? []).flatMap(({ told: _told, ...one }) =>
    books.monitors.has(one.statusId) ? [] : [one],
  );
  const isSettled = (statusId: string): boolean => !failed.has(statusId) && !pending.has(statusId);
  const formerly = new Set<string>(before?.settled);
  return {
    values: {
      held: [...held, ...hidden],
      settledOn: before === undefined || before.settledOn < asOf ? asOf : before.settledOn,
      ...(nextChangeOn === undefined ? {} : { nextChangeOn: toDay(nextChangeOn) }),
      settled: [...books.monitors.values()]
        .filter(({ statusId }) => isSettled(statusId) || formerly.has(statusId))
        .map(settledName),
      book: books.stamp,
      basis: basisOf(given, books),
    },
    turns: turns.toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0)),
    failed,
    owners: new Set([...(before?.owners ?? []), ...namesOf(owners)]),
  };
}

const namesOf = (owners: readonly MonitoredOwner[]): readonly number[] =>
  owners.flatMap(({ owner }) => (owner.type === "company" ? [] : [ownerName(owner)]));

/** Whether anybody would see a difference: who has which status since when, and what is told of it. */
export const isSameForPeople = (
  before: Pick<StatusValues, "held"> | undefined,
  after: Pick<StatusValues, "held">,
): boolean => hashOf(inOrder(before?.held ?? [])) === hashOf(inOrder(after.held));

const inOrder = (held: readonly HeldStatus[]): readonly unknown[] =>
  held
    .map(({ statusId, ownerType, ownerId, since, told }) => [statusId, ownerType, ownerId, since, sorted(told)])
    .toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

/** With names in one order: the store does not keep it. */
const sorted = (value: unknown): unknown =>
  typeof value !== "object" || value === null || Array.isArray(value)
    ? value
    : Object.fromEntries(
        Object.entries(value)
          .toSorted(([a], [b]) => (a < b ? -1 : 1))
          .map(([name, inner]) => [name, sorted(inner)]),
      );

/** What texts say of an owner that has a status. */
export function cardOf(
  { snapshot, findings, contactName }: Pick<MonitoredCustomer, "snapshot" | "findings" | "contactName">,
  { input, card }: MonitoredOwner,
  of: {
    readonly statusName: string;
    readonly since: Day;
    readonly asOf: Day;
    readonly silences: ReadonlySet<string>;
  },
): StatusCard {
  const sold = input.records.sales.filter(({ status }) => status === "sold").map((sale) => sale.day);
  const last = lastOf(sold, toDayNumber(of.asOf));
  const overdue = overdueText(snapshot.history.receivables, of.asOf);
  return {
    statusName: of.statusName,
    since: of.since,
    customer: snapshot.customer,
    contactName,
    ...card,
    ...findingsFor(findings, of.silences),
    ...(last === undefined ? {} : { lastSaleOn: toDay(last), daysSinceSale: toDayNumber(of.asOf) - last }),
    ...(overdue === undefined ? {} : { overdue }),
  };
}
