import { describe, expect, it } from "vitest";
import { type DayNumber, dayNumber } from "../platform/values.ts";
import type { Criterion, Leaf } from "./criteria.ts";
import { ownerFacts } from "./owner-facts.ts";
import { type StatusValue, evaluateOwner, settledUpTo } from "./settle.ts";
import { type StatusBook, compileBook } from "./status-book.ts";
import { TEST_FIELDS, on } from "./testing.ts";
import { type Definitions, type PlainRecords, plainSettle } from "../../../test/fixtures/plain-status.ts";

/** A seeded generator of whole numbers below `most`. */
function seeded(seed: number): (most: number) => number {
  let state = seed;
  return (most) => {
    state = (Math.imul(state ^ (state >>> 15), 1 | state) + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % most;
  };
}

const leaves: readonly Leaf[] = [
  { field: "activity.last", op: "olderThan", value: 30, unit: "days" },
  { field: "activity.totalIn1", op: "=", value: 0 },
  { field: "sale.sold.last", op: "olderThan", value: 2, unit: "months", orNever: true },
  { field: "sale.sold.last", op: "withinLast", value: 1, unit: "months" },
  { field: "sale.sold.totalIn2", op: ">", value: 1 },
  { field: "sale.total", op: "<", value: 4 },
  { field: "activity.nextOpen", op: "inNext", value: 7, unit: "days" },
  { field: "activity.nextOpen", op: "isNull" },
  { field: "request.firstOpen", op: "olderThan", value: 20, unit: "days" },
  { field: "request.open", op: ">", value: 0 },
  { field: "category", op: "is", value: "Customer" },
];

function randomCriterion(below: (most: number) => number, named: readonly string[], depth = 0): Criterion {
  const kind = below(depth === 0 ? 4 : 6);
  const part = () => randomCriterion(below, named, depth + 1);
  if (depth < 3 && kind === 0) return { not: part() };
  if (depth < 3 && kind < 3) return kind === 1 ? { all: [part(), part()] } : { any: [part(), part()] };
  const status = named[below(named.length * 3)];
  if (status !== undefined)
    return { field: "status", op: below(2) === 0 ? "hasStatus" : "hasNotStatus", value: status };
  return leaves[below(leaves.length)] ?? { field: "sale.total", op: "=", value: 0 };
}

const STATUS_IDS = ["d", "b", "a", "c"];
const OWNERS = 4;
const DAYS = 400;

interface Owner {
  readonly records: PlainRecords;
  readonly stored: Map<string, StatusValue>;
  readonly full: Map<string, StatusValue>;
  readonly log: string[];
  readonly fullLog: string[];
}

const anOwner = (): Owner => ({
  records: { category: "Customer", activities: [], sales: [], requests: [] },
  stored: new Map(),
  full: new Map(),
  log: [],
  fullLog: [],
});

/**
 * Whether a value needs no write. `lastNight` is the last night that is done, in a night its own day: a value that was
 * settled for a later day, because nights were missed, is written with that day.
 */
function isUnchanged(stored: StatusValue | undefined, now: StatusValue, lastNight: DayNumber | undefined): boolean {
  if (stored === undefined) return false;
  const { on: wasOn, since, nextChangeOn, settledOn } = settledUpTo(stored, lastNight);
  return wasOn === now.on && since === now.since && nextChangeOn === now.nextChangeOn && settledOn >= now.settledOn;
}

/** Four hundred days of a tenant: what is evaluated only when it must be, beside what is computed in full. */
class Simulation {
  readonly below: (most: number) => number;
  readonly owners = Array.from({ length: OWNERS }, anOwner);
  readonly definitions: Definitions = new Map();
  readonly failed: string[] = [];
  book: StatusBook;
  lastNight: DayNumber | undefined;
  looked = 0;

  constructor(seed: number, first: number) {
    this.below = seeded(seed);
    for (const statusId of STATUS_IDS) this.define(statusId);
    this.book = compileBook(this.definitions, TEST_FIELDS);
    for (const owner of this.owners) this.evaluate(owner, first);
  }

  /** A status may name those that were made before it, whatever their ids. */
  define(statusId: string): void {
    const named = STATUS_IDS.slice(0, STATUS_IDS.indexOf(statusId));
    this.definitions.set(statusId, randomCriterion(this.below, named));
    this.book = compileBook(this.definitions, TEST_FIELDS);
  }

  /** A record is added, late or ahead of its day, deleted or completed. */
  write(records: PlainRecords, today: number): void {
    const { below } = this;
    const when = dayNumber(today + ([0, 0, -1, -below(70), below(40)][below(5)] ?? 0));
    const closed = below(2) === 0 ? { closedOn: dayNumber(when + below(60)) } : {};
    const writes = [
      () => records.sales.push({ day: when, status: below(3) === 0 ? "open" : "sold" }),
      () => records.activities.push({ day: when, type: "call", direction: "out", completed: below(3) > 0 }),
      () => records.requests.push({ createdOn: when, ...closed }),
      () => records.activities.splice(below(records.activities.length + 1), 1),
      () => records.sales.splice(below(records.sales.length + 1), 1),
      () => (records.activities = records.activities.map((one) => ({ ...one, completed: true }))),
      () => (records.category = records.category === "Customer" ? "Prospect" : "Customer"),
    ];
    writes[below(writes.length)]?.();
  }

  /** What is stored changes only where it must; `doneNight` is the last night that is done with this. */
  evaluate({ records, stored, log, ...owner }: Owner, asOf: number, doneNight = this.lastNight): void {
    this.looked += 1;
    const before = new Map([...stored].map(([id, value]) => [id, settledUpTo(value, this.lastNight)]));
    const facts = ownerFacts({ ownerType: "company", card: { category: records.category }, records });
    const { settled, failed } = evaluateOwner({ book: this.book, facts, before, asOf: dayNumber(asOf) });
    this.failed.push(...failed.values());
    for (const [statusId, { value, turns }] of settled) {
      log.push(...turns.map(({ type, on: day }) => `${statusId} ${type} ${day}`));
      if (!isUnchanged(stored.get(statusId), value, doneNight)) stored.set(statusId, value);
    }
    this.evaluateInFull({ records, stored, log, ...owner }, asOf);
  }

  evaluateInFull({ records, full, fullLog }: Owner, asOf: number): void {
    for (const statusId of STATUS_IDS) {
      const before = full.get(statusId);
      const { on: isOn, since, log: turns } = plainSettle(statusId, records, this.definitions, before, asOf);
      fullLog.push(...turns);
      const settledOn = dayNumber(Math.max(asOf, before?.settledOn ?? asOf));
      full.set(statusId, { on: isOn, ...(since === undefined ? {} : { since: dayNumber(since) }), settledOn });
    }
  }

  /** A night looks only at the owners whose day has come; in full it looks at all. */
  night(today: number): void {
    for (const owner of this.owners) {
      const isDue = [...owner.stored.values()].some(({ nextChangeOn }) => (nextChangeOn ?? Infinity) <= today);
      if (isDue) this.evaluate(owner, today, dayNumber(today));
      else this.evaluateInFull(owner, today);
    }
    this.lastNight = dayNumber(today);
  }

  /** Writes are evaluated at once, a changed definition in full, and one night in five is missed. */
  day(today: number): void {
    const { below } = this;
    for (const owner of this.owners)
      if (below(6) === 0) {
        this.write(owner.records, today);
        this.evaluate(owner, today - 1);
      }
    if (below(40) === 0) {
      this.define(STATUS_IDS[below(STATUS_IDS.length)] ?? "a");
      for (const owner of this.owners) this.evaluate(owner, today - 1);
    }
    if (below(5) > 0) this.night(today);
  }
}

const valuesOf = (values: ReadonlyMap<string, StatusValue>) =>
  STATUS_IDS.map((id) => [id, values.get(id)?.on, values.get(id)?.since]);

describe.each(Array.from({ length: 12 }, (_, index) => index + 1))("history %i", (seed) => {
  it("BX09: incremental evaluation equals full on each of 400 days, in values, since and events", () => {
    const first = on("2026-01-01");
    const simulation = new Simulation(seed, first - 1);
    const different: number[] = [];
    for (let today: number = first; today < first + DAYS; today += 1) {
      simulation.day(today);
      const isEqual = simulation.owners.every(
        ({ stored, full }) => JSON.stringify(valuesOf(stored)) === JSON.stringify(valuesOf(full)),
      );
      if (!isEqual) different.push(today - first);
    }
    const { owners, failed, looked } = simulation;
    expect([different, failed]).toEqual([[], []]);
    expect(owners.map(({ log }) => log.toSorted())).toEqual(owners.map(({ fullLog }) => fullLog.toSorted()));
    expect(owners.flatMap(({ log }) => log).length).toBeGreaterThan(20);
    expect(looked).toBeLessThan((OWNERS * DAYS) / 2);
  });
});
