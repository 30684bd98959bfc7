import type { ActivityView } from "../snapshots/activity-view.ts";
import type { RequestView } from "../snapshots/request-view.ts";
import type { SaleView } from "../snapshots/sale-view.ts";
import type { AmountClass } from "./counter-settings.ts";
import type { CounterFilter } from "./counter.ts";
import { type RecordDays, noRecords } from "./record-days.ts";

/** An activity as counters count it. */
export type CountedActivity = Pick<ActivityView, "day" | "type" | "direction" | "completed"> & {
  /** A program did it: no contact, unless a criterion says `includeAutomatic`. */
  readonly isAutomatic?: boolean | undefined;
};

export type CountedSale = Pick<SaleView, "day" | "status" | "amountMinor" | "currency">;

export type CountedRequest = Pick<RequestView, "createdOn" | "closedOn">;

/** The records of one owner, of any day and in any order. */
export interface OwnerRecords {
  readonly activities: readonly CountedActivity[];
  readonly sales: readonly CountedSale[];
  readonly requests: readonly CountedRequest[];
}

/** What a filter asks for, with what the amount classes are now. */
export interface RecordQuery extends CounterFilter {
  readonly includeAutomatic: boolean;
  readonly amountClasses: readonly AmountClass[];
}

/** The days of the records that a filter takes in. Of requests, those that are open or closed on `on`. */
export function recordDays(records: OwnerRecords, query: RecordQuery, on: number): RecordDays {
  const days: SortedOut = { open: [], done: [] };
  switch (query.records) {
    case "activity":
      for (const one of records.activities)
        if (isActivityOf(one, query)) (one.completed ? days.done : days.open).push(one.day);
      break;
    case "sale":
      for (const one of records.sales)
        if (isSaleOf(one, query)) (one.status === "open" ? days.open : days.done).push(one.day);
      break;
    case "request":
      for (const one of records.requests) {
        const isClosed = isClosedOn(one, on);
        if (query.state === undefined || isClosed === (query.state === "closed"))
          (isClosed ? days.done : days.open).push(one.createdOn);
      }
  }
  return inOrder(days);
}

interface SortedOut {
  readonly open: number[];
  readonly done: number[];
}

function inOrder({ open, done }: SortedOut): RecordDays {
  if (open.length + done.length === 0) return noRecords;
  const [openDays, doneDays] = [ascending(open), ascending(done)];
  if (open.length === 0) return { all: doneDays, open: openDays, done: doneDays };
  if (done.length === 0) return { all: openDays, open: openDays, done: doneDays };
  return { all: ascending([...open, ...done]), open: openDays, done: doneDays };
}

const isActivityOf = (activity: CountedActivity, { type, direction, state, includeAutomatic }: RecordQuery): boolean =>
  (includeAutomatic || activity.isAutomatic !== true) &&
  (type === undefined || activity.type === type) &&
  (direction === undefined || activity.direction === direction) &&
  (state === undefined || activity.completed === (state === "completed"));

const isSaleOf = (sale: CountedSale, { state, amountClass, amountClasses }: RecordQuery): boolean =>
  (state === undefined || sale.status === state) &&
  (amountClass === undefined || amountClasses.some((range) => range.class === amountClass && isInRange(sale, range)));

/** A sale without an amount, or in another currency, is in no range. */
const isInRange = ({ amountMinor, currency }: CountedSale, range: AmountClass): boolean =>
  amountMinor !== undefined &&
  currency === range.currency &&
  amountMinor >= range.fromMinor &&
  (range.toMinor === undefined || amountMinor < range.toMinor);

/** A request that is made after `on` is open. */
const isClosedOn = ({ createdOn, closedOn }: CountedRequest, on: number): boolean =>
  createdOn <= on && closedOn !== undefined && closedOn <= on;

/** Records mostly come in order already. */
function ascending(days: readonly number[]): readonly number[] {
  for (let index = 1; index < days.length; index += 1)
    if ((days[index] ?? 0) < (days[index - 1] ?? 0)) return days.toSorted((a, b) => a - b);
  return days;
}

/** The days on which a record of a request enters a counter or leaves it: when it was made, and closed. */
export const requestChangeDays = (requests: readonly CountedRequest[]): readonly number[] =>
  ascending(
    requests.flatMap(({ createdOn, closedOn }) => (closedOn === undefined ? [createdOn] : [createdOn, closedOn])),
  );
