import { activityTypes, directions } from "../customers/activity.ts";
import { saleStatuses } from "../customers/sale.ts";
import type { OwnerType } from "./owner.ts";

export const recordKinds = ["activity", "sale", "request"] as const;
export type RecordKind = (typeof recordKinds)[number];

const counterValues = [
  "total",
  "totalIn",
  "open",
  "openIn",
  "lastRegistered",
  "lastCompleted",
  "lastOpen",
  "firstOpen",
  "nextOpen",
] as const;
export type CounterValue = (typeof counterValues)[number];

/** Which records a counter counts; what is absent may be any. */
export interface CounterFilter {
  readonly records: RecordKind;
  readonly type?: string | undefined;
  readonly direction?: string | undefined;
  /** Of an activity `planned` or `completed`, of a sale its status, of a request `open` or `closed`. */
  readonly state?: string | undefined;
  readonly amountClass?: number | undefined;
}

/** A number or a day of one owner (docs/reference/monitors.md 1). */
export interface Counter {
  readonly filter: CounterFilter;
  readonly value: CounterValue;
  /** The number of the period of `totalIn` and `openIn`, 1 to 3. */
  readonly period?: number | undefined;
}

/** The records that each type of owner has: activities and requests name no project, sales no person. */
export const recordKindsOf: Readonly<Record<OwnerType, readonly RecordKind[]>> = {
  company: ["activity", "sale", "request"],
  person: ["activity", "request"],
  project: ["sale"],
};

type FilterPart = "type" | "direction" | "state";

/** The words of a filter, by record kind and part; they are in this order in a counter's name. */
const filterWords: Readonly<Record<RecordKind, Partial<Readonly<Record<FilterPart, readonly string[]>>>>> = {
  activity: { type: activityTypes, direction: directions, state: ["planned", "completed"] },
  sale: { state: saleStatuses },
  request: { state: ["open", "closed"] },
};

const PERIOD_VALUE = /^(totalIn|openIn)(?:(\d{1,4})|\((\d{1,4})\))$/;
/** Short for `lastRegistered`. */
const LAST = "last";
/** Class 0 are the sales of any class or none: it is left out of what a counter asks for. */
export const ANY_CLASS = "class0";
const CLASS = /^class([1-9])$/;

/**
 * The counter that a name means; `undefined` when it means none. `periods` are the owner type's: a number that is none
 * of 1 to 3 means the period with so many days.
 */
export function parseCounter(name: string, periods: readonly number[]): Counter | undefined {
  const [records, ...rest] = name.split(".");
  const kind = recordKinds.find((candidate) => candidate === records);
  const last = rest.pop();
  if (kind === undefined || last === undefined) return undefined;
  const value = parseValue(last, periods);
  const filter = parseFilter(kind, rest);
  return value === undefined || filter === undefined ? undefined : { ...value, filter };
}

function parseValue(word: string, periods: readonly number[]): Omit<Counter, "filter"> | undefined {
  if (word === LAST) return { value: "lastRegistered" };
  const inPeriod = PERIOD_VALUE.exec(word);
  if (inPeriod === null) {
    const value = counterValues.find((candidate) => candidate === word);
    return value === undefined || value === "totalIn" || value === "openIn" ? undefined : { value };
  }
  const given = Number(inPeriod[2] ?? inPeriod[3]);
  const period = given >= 1 && given <= periods.length ? given : periods.indexOf(given) + 1;
  return period === 0 ? undefined : { value: inPeriod[1] === "openIn" ? "openIn" : "totalIn", period };
}

function parseFilter(records: RecordKind, words: readonly string[]): CounterFilter | undefined {
  const filter: { -readonly [Part in keyof CounterFilter]: CounterFilter[Part] } = { records };
  const isAnyClass = records === "sale" && words.includes(ANY_CLASS);
  const rest = isAnyClass ? words.toSpliced(words.indexOf(ANY_CLASS), 1) : words;
  for (const word of rest) {
    const amountClass = records === "sale" ? CLASS.exec(word)?.[1] : undefined;
    const part = partOf(records, word);
    if (amountClass !== undefined && !isAnyClass && filter.amountClass === undefined)
      filter.amountClass = Number(amountClass);
    else if (part !== undefined && filter[part] === undefined) filter[part] = word;
    else return undefined;
  }
  return filter;
}

const filterParts: readonly FilterPart[] = ["type", "direction", "state"];

const partOf = (records: RecordKind, word: string): FilterPart | undefined =>
  filterParts.find((part) => filterWords[records][part]?.includes(word) === true);

/** The usual name of a counter. */
export function counterName({ filter, value, period }: Counter): string {
  const { records, type, direction, state, amountClass } = filter;
  const parts = [type, direction, state, amountClass === undefined ? undefined : `class${amountClass}`];
  return [records, ...parts.filter((part) => part !== undefined), `${value}${period ?? ""}`].join(".");
}

/** The names of all counters of a kind of records, for the periods and amount classes that there are. */
export function counterNames(records: RecordKind, periods: readonly number[], classes: readonly number[]): string[] {
  const values = counterValues.flatMap((value): Omit<Counter, "filter">[] =>
    value === "totalIn" || value === "openIn" ? periods.map((_, index) => ({ value, period: index + 1 })) : [{ value }],
  );
  const any = (part: FilterPart) => [undefined, ...(filterWords[records][part] ?? [])];
  const filters = any("type").flatMap((type) =>
    any("direction").flatMap((direction) =>
      any("state").flatMap((state) =>
        [undefined, ...(records === "sale" ? classes : [])].map((amountClass) => ({
          records,
          type,
          direction,
          state,
          amountClass,
        })),
      ),
    ),
  );
  return filters.flatMap((filter) => [
    ...values.map((value) => counterName({ filter, ...value })),
    counterName({ filter, value: "lastRegistered" }).replace(/lastRegistered$/, LAST),
  ]);
}

/** Whether the value is a number; else it is a day. */
export const isCount = (value: CounterValue): boolean =>
  value === "total" || value === "totalIn" || value === "open" || value === "openIn";
