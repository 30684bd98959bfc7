import type { Level } from "../insights/finding.ts";
import { type HealthFacts, noHealth } from "./health-facts.ts";
import { type LevelsAhead, lastDayOf } from "./levels-ahead.ts";
import type { OwnerType } from "./owner.ts";
import { type OwnerRecords, type RecordQuery, recordDays, requestChangeDays } from "./owner-records.ts";
import type { RecordDays } from "./record-days.ts";

/** A value of a field; `undefined` where there is none. */
export type FieldValue = string | number | boolean | undefined;

/** What is given of one owner. Records, health and foretold findings depend on the day; everything else is as it is now. */
export interface OwnerInput {
  readonly ownerType: OwnerType;
  readonly card: Readonly<Record<string, FieldValue>>;
  readonly records: OwnerRecords;
  /** Open findings by kind. */
  readonly levels?: ReadonlyMap<string, Level> | undefined;
  /** Those of days to come, for who asks what will be. */
  readonly levelsAhead?: LevelsAhead | undefined;
  readonly health?: HealthFacts | undefined;
}

/** What criteria read of one owner. */
export interface OwnerFacts {
  readonly card: Readonly<Record<string, FieldValue>>;
  readonly health: HealthFacts;
  readonly levelOf: (kind: string, on: number) => Level | undefined;
  /** The last day whose findings are foretold: on later ones they are as on that day. */
  readonly findingsUntil: number;
  /** The days of the records of a query on a day, computed once; `key` is the query's. */
  readonly daysOf: (key: string, query: RecordQuery, on: number) => RecordDays;
  /** The days on which a counter of the query can change by records coming or closing. */
  readonly changeDaysOf: (key: string, query: RecordQuery) => readonly number[];
}

/** An owner's facts; days are collected when a criterion first asks for them. */
export function ownerFacts({ card, records, levels, levelsAhead, health = noHealth }: OwnerInput): OwnerFacts {
  const settled = new Map<string, RecordDays>();
  const ofRequests = new Map<string, { readonly on: number; readonly days: RecordDays }>();
  let requestChanges: readonly number[] | undefined;

  /** The state of a request depends on the day, so only the last day's answer is kept. */
  const requestDaysOf = (key: string, query: RecordQuery, on: number): RecordDays => {
    const kept = ofRequests.get(key);
    if (kept?.on === on) return kept.days;
    const days = recordDays(records, query, on);
    ofRequests.set(key, { on, days });
    return days;
  };

  const daysOf = (key: string, query: RecordQuery, on: number): RecordDays => {
    if (query.records === "request") return requestDaysOf(key, query, on);
    let days = settled.get(key);
    if (days === undefined) {
      days = recordDays(records, query, on);
      settled.set(key, days);
    }
    return days;
  };

  return {
    card,
    health,
    levelOf: (kind, on) => {
      const foretold = levelsAhead?.days[Math.min(on - levelsAhead.from, levelsAhead.days.length - 1)];
      return (foretold ?? levels)?.get(kind);
    },
    findingsUntil: lastDayOf(levelsAhead),
    daysOf,
    changeDaysOf: (key, query) => {
      if (query.records !== "request") return daysOf(key, query, 0).all;
      requestChanges ??= requestChangeDays(records.requests);
      return requestChanges;
    },
  };
}
