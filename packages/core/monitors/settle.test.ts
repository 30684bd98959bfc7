import { describe, expect, it } from "vitest";
import { toDay } from "../platform/values.ts";
import type { Criterion } from "./criteria.ts";
import { type StatusValue, evaluateOwner, settledUpTo } from "./settle.ts";
import { compileBook } from "./status-book.ts";
import { type OwnerFixture, TEST_FIELDS, anOwner, on } from "./testing.ts";

type Definitions = Readonly<Record<string, Criterion>>;

interface Given {
  readonly definitions: Definitions;
  readonly owner: OwnerFixture;
  readonly asOf: string;
  readonly before?: ReadonlyMap<string, StatusValue>;
  readonly pending?: readonly string[];
}

const evaluate = ({ definitions, owner, asOf, before = new Map(), pending = [] }: Given) =>
  evaluateOwner({
    book: compileBook(new Map(Object.entries(definitions)), TEST_FIELDS),
    facts: anOwner(owner),
    before,
    pending: new Set(pending),
    asOf: on(asOf),
  });

const valuesOf = ({ settled }: ReturnType<typeof evaluate>) =>
  new Map([...settled].map(([statusId, { value }]) => [statusId, value]));

/** Settles for each day in turn, as if a night ran on each. */
const nights = (given: Given, days: readonly string[]) => {
  let before = given.before ?? new Map<string, StatusValue>();
  const log: string[] = [];
  for (const asOf of days) {
    const evaluated = evaluate({ ...given, asOf, before });
    log.push(...textOf(evaluated));
    before = valuesOf(evaluated);
  }
  return { before, log };
};

const textOf = ({ settled }: ReturnType<typeof evaluate>): string[] =>
  [...settled].flatMap(([statusId, { turns }]) =>
    turns.map((turn) => `${statusId} ${turn.type} ${toDay(turn.on)} since ${toDay(turn.since)}`),
  );

const sinceOf = (value: StatusValue | undefined) => (value?.since === undefined ? undefined : toDay(value.since));

const nextOf = (value: StatusValue | undefined) =>
  value?.nextChangeOn === undefined ? undefined : toDay(value.nextChangeOn);

const neglected: Criterion = { field: "activity.last", op: "olderThan", value: 30, unit: "days" };
const noActivity: Criterion = { field: "activity.totalIn1", op: "=", value: 0 };

describe("a status of one owner", () => {
  it("knows the day it turns on by time alone, and is on from that day", () => {
    const given = { definitions: { neglected }, owner: { activities: ["2026-11-01"] } };
    const early = evaluate({ ...given, asOf: "2026-11-22" }).settled.get("neglected");
    expect([early?.value.on, nextOf(early?.value)]).toEqual([false, "2026-12-02"]);
    const later = nights({ ...given, asOf: "" }, ["2026-12-01", "2026-12-02"]);
    expect(later.log).toEqual(["neglected entered 2026-12-02 since 2026-12-02"]);
  });

  it("is looked back on when it is evaluated for the first time", () => {
    const first = evaluate({ definitions: { neglected }, owner: { activities: ["2026-03-01"] }, asOf: "2026-11-22" });
    expect(textOf(first)).toEqual(["neglected entered 2026-04-01 since 2026-04-01"]);
    const always = evaluate({
      definitions: { never: { field: "sale.total", op: "=", value: 0 } },
      owner: {},
      asOf: "2026-11-22",
    });
    expect(textOf(always)).toEqual(["never entered 2026-11-22 since 2026-11-22"]);
  });

  it("keeps since when the definition is edited and the owner stays on", () => {
    const owner = { activities: ["2026-03-01"] };
    const before = valuesOf(evaluate({ definitions: { neglected }, owner, asOf: "2026-11-22" }));
    const wider: Criterion = { field: "activity.last", op: "olderThan", value: 5, unit: "days" };
    const edited = evaluate({ definitions: { neglected: wider }, owner, asOf: "2026-11-22", before });
    expect(textOf(edited)).toEqual([]);
    expect(sinceOf(edited.settled.get("neglected")?.value)).toBe("2026-04-01");
    const again = evaluate({ definitions: { neglected }, owner, asOf: "2026-11-22", before: valuesOf(edited) });
    expect([textOf(again), sinceOf(again.settled.get("neglected")?.value)]).toEqual([[], "2026-04-01"]);
  });

  it("does not let late data rewrite since, while the owner stays on", () => {
    const definitions = { neglected };
    const before = valuesOf(evaluate({ definitions, owner: { activities: ["2026-03-01"] }, asOf: "2026-11-22" }));
    const late = { activities: ["2026-03-01", "2026-06-01"] };
    const evaluated = evaluate({ definitions, owner: late, asOf: "2026-11-22", before });
    expect([textOf(evaluated), sinceOf(evaluated.settled.get("neglected")?.value)]).toEqual([[], "2026-04-01"]);
  });

  it("enters again with a day after it left, also when the record that ended it is deleted", () => {
    const definitions = { neglected };
    const on1 = valuesOf(evaluate({ definitions, owner: { activities: ["2026-03-01"] }, asOf: "2026-11-21" }));
    const called = { activities: ["2026-03-01", "2026-11-22"] };
    const left = evaluate({ definitions, owner: called, asOf: "2026-11-22", before: on1 });
    expect(textOf(left)).toEqual(["neglected left 2026-11-22 since 2026-04-01"]);
    const deleted = evaluate({
      definitions,
      owner: { activities: ["2026-03-01"] },
      asOf: "2026-11-23",
      before: valuesOf(left),
    });
    expect(textOf(deleted)).toEqual(["neglected entered 2026-11-23 since 2026-11-23"]);
  });

  it("is not settled again for a day before the one it was settled for", () => {
    const definitions = { neglected };
    const owner = { activities: ["2026-03-01"] };
    const before = valuesOf(evaluate({ definitions, owner, asOf: "2026-11-22" }));
    const again = evaluate({ definitions, owner, asOf: "2026-05-01", before });
    expect([textOf(again), valuesOf(again)]).toEqual([[], before]);
  });

  it("needs no write when only the day it was settled for has moved on", () => {
    const definitions = { neglected };
    const owner = { activities: ["2026-11-01"] };
    const before = valuesOf(evaluate({ definitions, owner, asOf: "2026-11-10" })).get("neglected");
    const now = valuesOf(evaluate({ definitions, owner, asOf: "2026-11-22" })).get("neglected");
    if (before === undefined || now === undefined) throw new Error("the status was not evaluated");
    expect(settledUpTo(before, on("2026-11-22"))).toEqual(now);
    expect(settledUpTo(now, on("2026-11-10"))).toEqual(now);
  });
});

describe("several statuses of one owner", () => {
  it("scenario 2: those who do not meet a narrowed definition leave in the same run", () => {
    const owner = { sales: ["2026-01-01", "2026-02-01"] };
    const two: Criterion = { field: "sale.total", op: ">=", value: 2 };
    const before = valuesOf(evaluate({ definitions: { good: two }, owner, asOf: "2026-11-22" }));
    const narrowed = evaluate({
      definitions: { good: { field: "sale.total", op: ">=", value: 3 } },
      owner,
      asOf: "2026-11-22",
      before,
    });
    expect(textOf(narrowed)).toEqual(["good left 2026-11-22 since 2026-02-01"]);
  });

  it.each([
    ["a", "b"],
    ["z", "a"],
  ])('scenario 3: joining %s leaves %s, which is "not in" it, in the same evaluation', (one, other) => {
    const definitions: Definitions = {
      [one]: noActivity,
      [other]: { field: "status", op: "hasNotStatus", value: one },
    };
    const given: Given = { definitions, owner: { activities: ["2026-11-01"] }, asOf: "2026-11-22" };
    const before = valuesOf(evaluate(given));
    expect([before.get(one)?.on, before.get(other)?.on]).toEqual([false, true]);
    expect([nextOf(before.get(one)), nextOf(before.get(other))]).toEqual(["2026-12-01", "2026-12-01"]);
    const joined = evaluate({ ...given, asOf: "2026-12-01", before });
    expect(textOf(joined).toSorted()).toEqual(
      [`${one} entered 2026-12-01 since 2026-12-01`, `${other} left 2026-12-01 since 2026-11-01`].toSorted(),
    );
  });

  it("scenario 5: a date comparison with isNull, and a status that is broken, stop no other", () => {
    const definitions: Definitions = {
      broken: { field: "finding.no-such-kind", op: "is", value: "high" },
      never: { field: "sale.last", op: "isNull" },
      neglected,
    };
    const evaluated = evaluate({ definitions, owner: { activities: ["2026-03-01"] }, asOf: "2026-11-22" });
    expect([...valuesOf(evaluated)].map(([statusId, { on: isOn }]) => [statusId, isOn])).toEqual([
      ["neglected", true],
      ["never", true],
    ]);
    expect([...evaluated.failed]).toEqual([["broken", "finding.no-such-kind is no field of a company any more"]]);
  });

  it("scenario 5: two that lead to each other stop no other; who asks for them has their old values", () => {
    const asking = (statusId: string): Criterion => ({ field: "status", op: "hasStatus", value: statusId });
    const definitions: Definitions = { a: asking("b"), b: asking("c"), c: asking("a"), d: asking("a"), neglected };
    const before = new Map<string, StatusValue>([
      ["a", { on: true, since: on("2026-10-01"), settledOn: on("2026-11-21") }],
    ]);
    const owner = { activities: ["2026-03-01"] };
    const evaluated = evaluate({ definitions, owner, asOf: "2026-11-22", before });
    expect([...valuesOf(evaluated)].map(([statusId, { on: isOn }]) => [statusId, isOn])).toEqual([
      ["d", true],
      ["neglected", true],
    ]);
    expect([...evaluated.failed]).toEqual([
      ["a", "leads back to the status itself: a > b > c > a"],
      ["b", "leads back to the status itself: b > c > a > b"],
      ["c", "leads back to the status itself: c > a > b > c"],
    ]);
    expect(valuesOf(evaluate({ definitions, owner, asOf: "2026-11-22" })).get("d")?.on).toBe(false);
  });

  it("turns on no day that cannot be written, whatever records are dated", () => {
    const definitions: Definitions = {
      old: { field: "activity.lastOpen", op: "olderThan", value: 30, unit: "days" },
      due: { field: "activity.open", op: ">", value: 0 },
    };
    const owner: OwnerFixture = { activities: [{ on: "9999-12-31", completed: false }] };
    const values = valuesOf(evaluate({ definitions, owner, asOf: "2026-11-22" }));
    expect([nextOf(values.get("old")), nextOf(values.get("due"))]).toEqual([undefined, "9999-12-31"]);
  });

  it("counts a status that waits for its regeneration as its old value", () => {
    const definitions: Definitions = { a: noActivity, b: { field: "status", op: "hasStatus", value: "a" } };
    const owner = { activities: ["2026-11-20"] };
    const old = new Map<string, StatusValue>([
      ["a", { on: true, since: on("2026-10-01"), settledOn: on("2026-11-21") }],
    ]);
    const evaluated = evaluate({ definitions, owner, asOf: "2026-11-22", before: old, pending: ["a"] });
    expect(valuesOf(evaluated).get("b")?.on).toBe(true);
    expect(evaluated.settled.has("a")).toBe(false);
    expect(valuesOf(evaluate({ definitions, owner, asOf: "2026-11-22", before: old })).get("b")?.on).toBe(false);
  });
});

describe("nights", () => {
  it("scenario 8: a planned call becomes due and changes the status that night, without a write before", () => {
    const definitions: Definitions = { due: { field: "activity.open", op: ">=", value: 1 } };
    const owner: OwnerFixture = { activities: [{ on: "2026-11-25", completed: false }] };
    const { before } = nights({ definitions, owner, asOf: "" }, ["2026-11-22"]);
    expect([before.get("due")?.on, nextOf(before.get("due"))]).toEqual([false, "2026-11-25"]);
    expect(nights({ definitions, owner, asOf: "", before }, ["2026-11-25"]).log).toEqual([
      "due entered 2026-11-25 since 2026-11-25",
    ]);
  });

  it("scenario 9: after three missed nights since and events are as if every night had run", () => {
    const definitions: Definitions = {
      neglected,
      sleeping: {
        all: [
          { field: "status", op: "hasStatus", value: "neglected" },
          { field: "sale.totalIn2", op: "=", value: 0 },
        ],
      },
    };
    const owner = { activities: ["2026-10-20"], sales: ["2026-09-20"] };
    const days = ["2026-11-17", "2026-11-18", "2026-11-19", "2026-11-20", "2026-11-21"];
    const given = { definitions, owner, asOf: "" };
    const every = nights(given, days);
    const missed = nights(given, ["2026-11-17", "2026-11-21"]);
    expect(missed).toEqual(every);
    expect(every.log).toEqual([
      "neglected entered 2026-11-20 since 2026-11-20",
      "sleeping entered 2026-11-20 since 2026-11-20",
    ]);
  });

  it("a status that came and went between two nights leaves both events in the log and is not new", () => {
    const definitions = { neglected };
    const owner = { activities: ["2026-10-01", "2026-11-03"] };
    const { before } = nights({ definitions, owner, asOf: "" }, ["2026-10-30"]);
    const evaluated = evaluate({ definitions, owner, asOf: "2026-11-05", before });
    expect(textOf(evaluated)).toEqual([
      "neglected entered 2026-11-01 since 2026-11-01",
      "neglected left 2026-11-03 since 2026-11-01",
    ]);
    expect(evaluated.settled.get("neglected")?.isNew).toBe(false);
  });
});
