import { type Day, type DayNumber, dayNumber, toDay, toDayNumber } from "../platform/values.ts";
import type { HeldStatus, StatusValues } from "../snapshots/status-values.ts";
import { basisOf, isRewind } from "./due-customer.ts";
import { type FormerStatuses, heldBy, isOf, ownerFields, ownerName, ownerOf, valuesOf } from "./held-status.ts";
import { type MonitorBooks, hashOf } from "./monitor-books.ts";
import { type MonitoredCustomer, type MonitoredOwner, cardOf, ownersOf } from "./monitored-owners.ts";
import type { Owner } from "./owner.ts";
import { ownerFacts } from "./owner-facts.ts";
import { evaluateOwner } from "./settle.ts";
import { settledText } from "./settled-names.ts";
import { settledName } from "./status-monitor.ts";
import { toldStatus } from "./told-status.ts";

/** An owner has got or lost a status. */
export interface StatusTurn {
  readonly statusId: HeldStatus["statusId"];
  readonly owner: Owner;
  readonly type: "entered" | "left";
  readonly on: Day;
  readonly since: Day;
  /** It was entered for the second or a later time on `since`. */
  readonly nth?: number | undefined;
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

/** The stored values for a day long before they were settled: only statuses that had begun by then. */
function asKnownOn(before: FormerStatuses | undefined, asOf: Day): FormerStatuses | undefined {
  if (before === undefined || !isRewind(before, asOf)) return before;
  return { ...before, held: before.held.filter(({ since }) => since <= asOf), settledOn: asOf, settled: [] };
}

interface EvaluationOptions {
  /** Statuses that wait for their regeneration: they keep their old values. */
  readonly pending?: ReadonlySet<string> | undefined;
  /**
   * The last night that has seen everybody: values that it did not write count as settled for it, whatever came in late
   * since.
   */
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
      const former = heldBy(one.owner, monitor.statusId, before);
      const since = now === undefined ? former && toDayNumber(former.since) : now.value.since;
      for (const { type, on, ...turn } of now?.turns ?? [])
        turns.push({
          statusId: monitor.statusId,
          owner: one.owner,
          type,
          on: toDay(on),
          ...sinceOf(former, turn.since),
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
        ...sinceOf(former, since),
        ...(told === undefined ? {} : { told }),
      });
    }
  }
  const gone = (before?.held ?? []).filter(
    (one) => books.monitors.has(one.statusId) && !owners.some(({ owner }) => isOf(one, owner)),
  );
  for (const { statusId, since, nth, ...one } of gone)
    turns.push({ statusId, owner: ownerOf(one, given.snapshot.customer), type: "left", on: asOf, since, nth });
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
      settled: settledText(
        [...books.monitors.values()]
          .filter(({ statusId }) => isSettled(statusId) || formerly.has(statusId))
          .map(settledName),
      ),
      book: books.stamp,
      basis: basisOf(given, books),
    },
    turns: turns.toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0)),
    failed,
    owners: new Set([...(before?.owners ?? []), ...namesOf(owners)]),
  };
}

/** Since when a status is held; for which time of its day, where it is what was held before. */
function sinceOf(former: HeldStatus | undefined, on: DayNumber): Pick<HeldStatus, "since" | "nth"> {
  const since = toDay(on);
  return former?.since === since && former.nth !== undefined ? { since, nth: former.nth } : { since };
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
