import type { Level } from "../insights/finding.ts";
import { type HealthFacts, noHealth } from "./health-facts.ts";
import { type LevelsAhead, lastDayOf } from "./levels-ahead.ts";
import type { OwnerType } from "./owner.ts";
import { type OwnerRecords, type RecordQuery, recordDays, requestChangeDays } from "./owner-records.ts";
import type { DaysInOrder, RecordDays } from "./record-days.ts";

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

/** What criteria read of one owner; days are collected when a criterion first asks for them. */
export class OwnerFacts {
  readonly card: OwnerInput["card"];
  /** By `RecordQuery.place`. */
  readonly #days: (RecordDays | undefined)[] = [];
  readonly health: HealthFacts;
  /** The last day whose findings are foretold: on later ones they are as on that day. */
  readonly findingsUntil: number;
  readonly #records: OwnerRecords;
  readonly #levels: OwnerInput["levels"];
  readonly #levelsAhead: OwnerInput["levelsAhead"];
  readonly #requestsOn: number[] = [];
  #requestChanges: DaysInOrder | undefined;

  constructor({ card, records, levels, levelsAhead, health = noHealth }: Omit<OwnerInput, "ownerType">) {
    this.card = card;
    this.health = health;
    this.findingsUntil = lastDayOf(levelsAhead);
    this.#records = records;
    this.#levels = levels;
    this.#levelsAhead = levelsAhead;
  }

  levelOf(kind: string, on: number): Level | undefined {
    const ahead = this.#levelsAhead;
    const foretold = ahead?.days[Math.min(on - ahead.from, ahead.days.length - 1)];
    return (foretold ?? this.#levels)?.get(kind);
  }

  /** The days of the records of a query on a day, computed once. */
  daysOf(query: RecordQuery, on: number): RecordDays {
    const known = this.#days[query.place];
    // The state of a request depends on the day, so only the last day's answer is kept.
    if (known !== undefined && (query.records !== "request" || this.#requestsOn[query.place] === on)) return known;
    const days = recordDays(this.#records, query, on);
    this.#days[query.place] = days;
    if (query.records === "request") this.#requestsOn[query.place] = on;
    return days;
  }

  /** The days on which a counter of the query can change by records coming or closing. */
  changeDaysOf(query: RecordQuery): DaysInOrder {
    if (query.records !== "request") return this.daysOf(query, 0);
    this.#requestChanges ??= requestChangeDays(this.#records.requests);
    return this.#requestChanges;
  }
}

export const ownerFacts = (input: OwnerInput): OwnerFacts => new OwnerFacts(input);
