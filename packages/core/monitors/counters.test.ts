import { expect, it } from "vitest";
import { toDay } from "../platform/values.ts";
import { compileLeaf } from "./compile-leaf.ts";
import { counterNames, parseCounter, recordKinds } from "./counter.ts";
import { type CounterSettings, counterSettingsSchema } from "./counter-settings.ts";
import { recordQuery } from "./owner-records.ts";
import { statusesOf } from "./status-book.ts";
import { type OwnerFixture, TEST_FIELDS, anOwner, on } from "./testing.ts";

const D = "2026-11-22";

interface Asked {
  readonly asOf?: string;
  readonly settings?: CounterSettings;
  readonly includeAutomatic?: boolean;
}

const valueOf = (field: string, owner: OwnerFixture, { asOf = D, settings, includeAutomatic }: Asked = {}) => {
  const leaf = { field, op: "isNotNull", ...(includeAutomatic === true ? { includeAutomatic } : {}) } as const;
  const context = settings === undefined ? TEST_FIELDS : { ...TEST_FIELDS, settings };
  const compiled = compileLeaf({ leaf, path: "" }, context);
  const value = compiled.value(statusesOf({ criteria: new Map() }, anOwner(owner)), on(asOf));
  return compiled.field.type === "day" && typeof value === "number" ? toDay(value) : value;
};

const sold = { sales: ["2026-10-24", "2026-10-23", "2026-09-20", "2026-08-24"] };

it("SA15: sales of 29, 30, 63 and 90 days ago count 1, 2, 3 and 4 in periods of 30, 60, 90 days and in all", () => {
  const values = ["totalIn1", "totalIn2", "totalIn3", "total", "lastCompleted"];
  expect(values.map((value) => valueOf(`sale.sold.${value}`, sold))).toEqual([1, 2, 3, 4, "2026-10-24"]);
});

it("SA12: a record is in a period from its day until exactly so many days later", () => {
  const sale = { sales: ["2026-11-22"] };
  const on30 = ["2026-11-21", "2026-11-22", "2026-12-21", "2026-12-22"].map((asOf) =>
    valueOf("sale.sold.totalIn1", sale, { asOf }),
  );
  expect(on30).toEqual([0, 1, 1, 0]);
  expect(["last", "lastRegistered", "lastCompleted"].map((value) => valueOf(`sale.sold.${value}`, sold))).toEqual([
    "2026-10-24",
    "2026-10-24",
    "2026-10-24",
  ]);
});

it("SA12: records of a later day are in no counter but nextOpen", () => {
  const planned = {
    activities: [
      { on: "2026-11-20", completed: false },
      { on: "2026-11-25", completed: false },
      { on: "2026-11-24", completed: true },
    ],
  };
  const read = (asOf: string) =>
    ["total", "totalIn1", "open", "lastRegistered", "lastOpen", "firstOpen", "nextOpen"].map((value) =>
      valueOf(`activity.${value}`, planned, { asOf }),
    );
  expect(read("2026-11-22")).toEqual([1, 1, 1, "2026-11-20", "2026-11-20", "2026-11-20", "2026-11-25"]);
  expect(read("2026-11-25")).toEqual([3, 3, 2, "2026-11-25", "2026-11-25", "2026-11-20", undefined]);
  expect(read("2026-11-19")).toEqual([0, 0, 0, undefined, undefined, undefined, "2026-11-20"]);
});

it("SA13: activities are counted by type, direction and state", () => {
  const owner: OwnerFixture = {
    activities: [
      { on: "2026-11-01", type: "call", direction: "out" },
      { on: "2026-11-02", type: "call", direction: "in" },
      { on: "2026-11-03", type: "email", direction: "out" },
      { on: "2026-11-04", type: "task", direction: "none", completed: false },
    ],
  };
  const counts = Object.fromEntries(
    ["", ".call", ".call.out", ".out", ".planned", ".completed", ".task.completed"].map((filter) => [
      filter,
      valueOf(`activity${filter}.total`, owner),
    ]),
  );
  expect(counts).toEqual({
    "": 4,
    ".call": 2,
    ".call.out": 1,
    ".out": 2,
    ".planned": 1,
    ".completed": 3,
    ".task.completed": 0,
  });
  expect(valueOf("activity.lastCompleted", owner)).toBe("2026-11-03");
});

it("SA13: sales are counted by status and amount class; without the class's currency they are in none", () => {
  const settings = counterSettingsSchema.parse({
    amountClasses: [
      { class: 1, currency: "EUR", fromMinor: 0, toMinor: 10_000 },
      { class: 2, currency: "EUR", fromMinor: 10_000 },
      { class: 2, currency: "DKK", fromMinor: 75_000 },
    ],
  });
  const owner: OwnerFixture = {
    sales: [
      { on: "2026-11-01", status: "open", minor: 9_999 },
      { on: "2026-11-02", status: "sold", minor: 10_000 },
      { on: "2026-11-03", status: "lost", minor: 75_000, currency: "DKK" },
      { on: "2026-11-04", status: "sold", minor: 74_999, currency: "DKK" },
      { on: "2026-11-05", status: "sold", minor: 50_000, currency: "SEK" },
      { on: "2026-11-06", status: "sold" },
    ],
  };
  const count = (filter: string) => valueOf(`sale${filter}.total`, owner, { settings });
  expect(["", ".class1", ".class2", ".sold.class2", ".open", ".sold", ".lost"].map(count)).toEqual([
    6, 1, 2, 1, 1, 4, 1,
  ]);
  expect([".class0", ".class0.sold", ".sold.class0"].map(count)).toEqual([6, 4, 4]);
  expect(["sale.class0.totalIn1", "sale.class0.lastOpen"].map((name) => valueOf(name, owner, { settings }))).toEqual([
    6,
    "2026-11-01",
  ]);
  expect(valueOf("sale.lastCompleted", owner, { settings })).toBe("2026-11-06");
  expect(valueOf("sale.open", owner, { settings })).toBe(1);
});

it("SA13: a new open sale in class 2 counts among the open, in its class, and in both together", () => {
  const settings = counterSettingsSchema.parse({ amountClasses: [{ class: 2, currency: "EUR", fromMinor: 100 }] });
  const owner: OwnerFixture = { sales: [{ on: D, status: "open", minor: 100 }] };
  const fields = ["sale.total", "sale.open.total", "sale.class2.total", "sale.open.class2.total", "sale.sold.total"];
  expect(fields.map((field) => valueOf(field, owner, { settings }))).toEqual([1, 1, 1, 1, 0]);
});

it("SA13: a request is open until the day on which it is closed", () => {
  const owner: OwnerFixture = {
    requests: [["2026-10-01"], ["2026-09-01", "2026-11-22"], ["2026-11-21", "2026-11-23"]],
  };
  const read = (asOf: string) =>
    ["open", "open.total", "closed.total", "firstOpen", "lastCompleted", "openIn2"].map((value) =>
      valueOf(`request.${value}`, owner, { asOf }),
    );
  expect(read("2026-11-21")).toEqual([3, 3, 0, "2026-09-01", undefined, 2]);
  expect(read("2026-11-22")).toEqual([2, 2, 1, "2026-10-01", "2026-09-01", 2]);
  expect(read("2026-11-23")).toEqual([1, 1, 2, "2026-10-01", "2026-11-21", 1]);
});

it("SA12: what a program did counts only with includeAutomatic", () => {
  const owner: OwnerFixture = {
    activities: ["2026-11-01", { on: "2026-11-20", type: "email", isAutomatic: true }],
  };
  expect([valueOf("activity.total", owner), valueOf("activity.last", owner)]).toEqual([1, "2026-11-01"]);
  expect(valueOf("activity.total", owner, { includeAutomatic: true })).toBe(2);
  expect(valueOf("activity.last", owner, { includeAutomatic: true })).toBe("2026-11-20");
});

it("SA14: a criterion names the period by its number, so its days may change", () => {
  const settings = (company: number[]) => counterSettingsSchema.parse({ periods: { company } });
  const count = (company: number[]) => valueOf("sale.sold.totalIn1", sold, { settings: settings(company) });
  expect([count([30]), count([45]), count([3650])]).toEqual([1, 2, 4]);
});

it("gives every filter a place of its own, of as many as their words allow", () => {
  const { amountClasses } = TEST_FIELDS.settings;
  const classes = [1, 2, 3, 4, 5, 6, 7, 8, 9];
  const places = recordKinds.map((kind) => {
    const filters = counterNames(kind, [], classes).map((name) => parseCounter(name, [])?.filter ?? { records: kind });
    const placesOf = () =>
      [true, false].flatMap((includeAutomatic) =>
        filters.map((filter) => recordQuery(filter, { includeAutomatic, amountClasses }).place),
      );
    const first = new Set(placesOf());
    expect(new Set(placesOf())).toEqual(first);
    return first;
  });
  expect(places.map((some) => some.size)).toEqual([120, 80, 6]);
  expect(Math.max(...places.flatMap((some) => [...some]))).toBeLessThan(206);
});
