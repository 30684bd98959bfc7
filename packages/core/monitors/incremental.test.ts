import { describe, expect, it } from "vitest";
import { activityTypes, directions } from "../customers/activity.ts";
import { saleStatuses } from "../customers/sale.ts";
import { type Level, levels } from "../insights/finding.ts";
import { type DayNumber, currencySchema, dayNumber, minor, toDay } from "../platform/values.ts";
import { type CounterSettings, counterSettingsSchema } from "./counter-settings.ts";
import type { Criterion, Leaf } from "./criteria.ts";
import { ownerFacts } from "./owner-facts.ts";
import { type StatusValue, evaluateOwner, settledUpTo } from "./settle.ts";
import { type StatusBook, compileBook } from "./status-book.ts";
import { TEST_FIELDS, on } from "./testing.ts";
import { type Definitions, type PlainRecords, plainSettle } from "../../../test/fixtures/plain-status.ts";

/** A seeded generator of whole numbers below `most`. */
function seeded(seed: number): Below {
  let state = seed;
  return (most) => {
    state = (Math.imul(state ^ (state >>> 15), 1 | state) + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % most;
  };
}

type Below = (most: number) => number;

const FIRST = on("2026-01-01");
const DAYS = 400;

function oneOf<const T>(below: Below, values: readonly T[]): T {
  const value = values[below(values.length)];
  if (value === undefined) throw new Error("there is nothing to choose from");
  return value;
}

const orNone = <const T>(below: Below, values: readonly T[]): T | undefined =>
  below(values.length + 1) === 0 ? undefined : oneOf(below, values);

/** Words of a counter's filter: each part may be left out. */
const filters: Readonly<Record<"activity" | "sale" | "request", readonly (readonly string[])[]>> = {
  activity: [activityTypes, directions, ["planned", "completed"]],
  sale: [saleStatuses, ["class0", "class1", "class2"]],
  request: [["open", "closed"]],
};

const COUNTS = ["total", "open", "totalIn1", "totalIn2", "totalIn3", "openIn1", "openIn2"] as const;
const LASTS = ["last", "lastRegistered", "lastCompleted", "lastOpen", "firstOpen", "nextOpen"] as const;
/** So many at most of each unit that what was two months before the first day is not forgotten. */
const UNITS = [
  ["days", 60],
  ["weeks", 8],
  ["months", 6],
  ["years", 1],
] as const;

function counterLeaf(below: Below): Leaf {
  const records = oneOf(below, ["activity", "sale", "request"]);
  const words = filters[records].flatMap((part) => (below(3) > 0 ? [] : [oneOf(below, part)]));
  const isCount = below(2) === 0;
  const field = [records, ...words, isCount ? oneOf(below, COUNTS) : oneOf(below, LASTS)].join(".");
  const more = {
    ...(below(3) === 0 ? { orNever: true } : {}),
    ...(records === "activity" && below(3) === 0 ? { includeAutomatic: true } : {}),
  };
  if (below(8) === 0) return { field, op: oneOf(below, ["isNull", "isNotNull"]) };
  if (isCount) {
    const value = below(4);
    if (below(7) === 0) return { field, op: "between", value: [value, value + below(3)], ...more };
    return { field, op: oneOf(below, ["=", "!=", "<", "<=", ">", ">="]), value, ...more };
  }
  if (below(4) > 0) {
    const [unit, most] = oneOf(below, UNITS);
    const op = field.endsWith("nextOpen") ? "inNext" : oneOf(below, ["olderThan", "withinLast", "inNext"]);
    return { field, op, value: 1 + below(most), unit, ...more };
  }
  const from = FIRST + below(DAYS) - 50;
  if (below(4) === 0) return { field, op: "between", value: [toDay(from), toDay(from + below(90))], ...more };
  return { field, op: oneOf(below, ["before", "after", "on"]), value: toDay(from), ...more };
}

const cardLeaves = [
  { field: "category", op: "is", value: "customer" },
  { field: "category", op: "isNot", value: "Customer" },
  { field: "category", op: "noneOf", value: ["Prospect", "partner"] },
  { field: "category", op: "contains", value: "PECT" },
  { field: "category", op: "isNull" },
  { field: "creditHold", op: "is", value: true },
  { field: "creditHold", op: "isNot", value: true, orNever: true },
  { field: "finding.churn-risk", op: "is", value: "high" },
  { field: "finding.churn-risk", op: "oneOf", value: ["medium", "watch"] },
  { field: "finding.churn-risk", op: "isNot", value: "high", orNever: true },
] as const satisfies readonly Leaf[];

const randomLeaf = (below: Below): Leaf => (below(4) === 0 ? oneOf<Leaf>(below, cardLeaves) : counterLeaf(below));

function randomCriterion(below: Below, named: readonly string[], depth = 0): Criterion {
  const kind = below(6);
  const part = () => randomCriterion(below, named, depth + 1);
  if (depth < 3 && kind === 0) return { not: part() };
  if (depth < 3 && kind < 3) return kind === 1 ? { all: [part(), part()] } : { any: [part(), part()] };
  const status = named[below(named.length * 3)];
  if (status !== undefined)
    return { field: "status", op: below(2) === 0 ? "hasStatus" : "hasNotStatus", value: status };
  return randomLeaf(below);
}

const STATUS_IDS = ["d", "b", "a", "c"];
const OWNERS = 4;

interface Owner {
  readonly records: PlainRecords;
  readonly stored: Map<string, StatusValue>;
  readonly full: Map<string, StatusValue>;
  readonly log: string[];
  readonly fullLog: string[];
}

const [EUR, DKK] = [currencySchema.parse("EUR"), currencySchema.parse("DKK")];

/** Two classes in one currency; the other has only the second. */
const settingsOf = (periods: readonly number[], border: number): CounterSettings =>
  counterSettingsSchema.parse({
    periods: { company: periods },
    amountClasses: [
      { class: 1, currency: EUR, fromMinor: -1, toMinor: border },
      { class: 2, currency: EUR, fromMinor: border },
      { class: 2, currency: DKK, fromMinor: border, toMinor: border + 200 },
    ],
  });

const anOwner = (): Owner => ({
  records: {
    category: "Customer",
    creditHold: undefined,
    churnRisk: undefined,
    activities: [],
    sales: [],
    requests: [],
  },
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
  readonly below: Below;
  readonly owners = Array.from({ length: OWNERS }, anOwner);
  readonly criteria = new Map<string, Criterion>();
  settings = settingsOf([30, 60, 90], 200);
  readonly failed: string[] = [];
  book: StatusBook;
  lastNight: DayNumber | undefined;
  looked = 0;

  constructor(seed: number, first: number) {
    this.below = seeded(seed);
    for (const statusId of STATUS_IDS) this.define(statusId);
    this.book = this.compiled();
    for (const owner of this.owners) this.evaluate(owner, first);
  }

  /** A status may name those that were made before it, whatever their ids. */
  define(statusId: string): void {
    const named = STATUS_IDS.slice(0, STATUS_IDS.indexOf(statusId));
    this.criteria.set(statusId, randomCriterion(this.below, named));
    this.book = this.compiled();
  }

  compiled(): StatusBook {
    return compileBook(this.criteria, { ...TEST_FIELDS, settings: this.settings, kinds: ["churn-risk"] });
  }

  /** Other periods and classes settle everybody anew. */
  setting(): void {
    const { below } = this;
    const shortest = 5 + below(40);
    this.settings = settingsOf([shortest, shortest + 1 + below(40), 100], 100 * below(5));
    this.book = this.compiled();
  }

  /** A record is added, late or ahead of its day, deleted or completed. */
  write(records: PlainRecords, today: number): void {
    const { below } = this;
    const when = dayNumber(today + ([0, 0, -1, -below(70), below(40)][below(5)] ?? 0));
    const closed = below(2) === 0 ? { closedOn: dayNumber(when + below(60)) } : {};
    const amount = below(3) === 0 ? {} : { amountMinor: minor(100 * below(6)), currency: oneOf(below, [EUR, DKK]) };
    const call = {
      type: oneOf(below, activityTypes),
      direction: oneOf(below, directions),
      ...(below(4) === 0 ? { isAutomatic: true } : {}),
    };
    const writes = [
      () => records.sales.push({ day: when, status: oneOf(below, saleStatuses), ...amount }),
      () => records.activities.push({ day: when, ...call, completed: below(3) > 0 }),
      () => records.requests.push({ createdOn: when, ...closed }),
      () => records.activities.splice(below(records.activities.length + 1), 1),
      () => records.sales.splice(below(records.sales.length + 1), 1),
      () => records.requests.splice(below(records.requests.length + 1), 1),
      () => (records.activities = records.activities.map((one) => ({ ...one, completed: true }))),
      () => (records.category = orNone(below, ["Customer", "Prospect", "PARTNER"])),
      () => (records.creditHold = orNone(below, [true, false])),
      () => (records.churnRisk = orNone(below, levels)),
    ];
    writes[below(writes.length)]?.();
  }

  /** What is stored changes only where it must; `doneNight` is the last night that is done with this. */
  evaluate({ records, stored, log, ...owner }: Owner, asOf: number, doneNight = this.lastNight): void {
    this.looked += 1;
    const before = new Map([...stored].map(([id, value]) => [id, settledUpTo(value, this.lastNight)]));
    const { category, creditHold, churnRisk } = records;
    const found = new Map<string, Level>(churnRisk === undefined ? [] : [["churn-risk", churnRisk]]);
    const facts = ownerFacts({ ownerType: "company", card: { category, creditHold }, levels: found, records });
    const { settled, failed } = evaluateOwner({ book: this.book, facts, before, asOf: dayNumber(asOf) });
    this.failed.push(...failed.values());
    for (const [statusId, { value, turns }] of settled) {
      log.push(...turns.map(({ type, on: day }) => `${statusId} ${type} ${day}`));
      if (!isUnchanged(stored.get(statusId), value, doneNight)) stored.set(statusId, value);
    }
    this.evaluateInFull({ records, stored, log, ...owner }, asOf);
  }

  evaluateInFull({ records, full, fullLog }: Owner, asOf: number): void {
    const definitions: Definitions = {
      criteria: this.criteria,
      periods: this.settings.periods.company,
      classes: this.settings.amountClasses,
    };
    for (const statusId of STATUS_IDS) {
      const before = full.get(statusId);
      const { on: isOn, since, log: turns } = plainSettle(statusId, records, definitions, before, asOf);
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
      if (below(4) === 0) {
        this.write(owner.records, today);
        this.evaluate(owner, today - 1);
      }
    if (below(9) === 0) {
      if (below(6) === 0) this.setting();
      else this.define(STATUS_IDS[below(STATUS_IDS.length)] ?? "a");
      for (const owner of this.owners) this.evaluate(owner, today - 1);
    }
    if (below(5) > 0) this.night(today);
  }
}

const valuesOf = (values: ReadonlyMap<string, StatusValue>) =>
  STATUS_IDS.map((id) => [id, values.get(id)?.on, values.get(id)?.since]);

describe.each(Array.from({ length: 12 }, (_, index) => index + 1))("history %i", (seed) => {
  it("BX09: incremental evaluation equals full on each of 400 days, in values, since and events", () => {
    const simulation = new Simulation(seed, FIRST - 1);
    const different: number[] = [];
    for (let today: number = FIRST; today < FIRST + DAYS; today += 1) {
      simulation.day(today);
      const isEqual = simulation.owners.every(
        ({ stored, full }) => JSON.stringify(valuesOf(stored)) === JSON.stringify(valuesOf(full)),
      );
      if (!isEqual) different.push(today - FIRST);
    }
    const { owners, failed, looked } = simulation;
    expect([different, failed]).toEqual([[], []]);
    expect(owners.map(({ log }) => log.toSorted())).toEqual(owners.map(({ fullLog }) => fullLog.toSorted()));
    expect(owners.flatMap(({ log }) => log).length).toBeGreaterThan(20);
    expect(looked).toBeLessThan((OWNERS * DAYS) / 2);
  });
});
