import type { ActivityView } from "../snapshots/activity-view.ts";
import type { RequestView } from "../snapshots/request-view.ts";
import type { SaleView } from "../snapshots/sale-view.ts";
import type { AmountClass } from "./counter-settings.ts";
import { type CounterFilter, counterName } from "./counter.ts";
import { type DaysInOrder, type RecordDays, inOrder, noRecords } from "./record-days.ts";

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
  /** Index of the filter: equal filters have the same, and `OwnerFacts` keeps their days under it. */
  readonly place: number;
  readonly includeAutomatic: boolean;
  readonly amountClasses: readonly AmountClass[];
}

/**
 * Filters by name, with their index, as long as the process runs. Only some 200 filters exist, whatever tenants ask
 * for.
 */
const places = new Map<string, number>();

export function recordQuery(
  filter: CounterFilter,
  { includeAutomatic, amountClasses }: Pick<RecordQuery, "includeAutomatic" | "amountClasses">,
): RecordQuery {
  const name = `${counterName({ filter, value: "total" })}${includeAutomatic ? "+" : ""}`;
  const place = places.get(name) ?? places.size;
  places.set(name, place);
  return { ...filter, includeAutomatic, amountClasses, place };
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
  return sorted(days);
}

interface SortedOut {
  readonly open: number[];
  readonly done: number[];
}

function sorted({ open, done }: SortedOut): RecordDays {
  if (open.length + done.length === 0) return noRecords;
  const [openDays, doneDays] = [inOrder(open), inOrder(done)];
  const all = open.length === 0 ? doneDays : done.length === 0 ? openDays : inOrder([...open, ...done]);
  return { ...all, open: openDays, done: doneDays };
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

/** The days on which a record of a request enters a counter or leaves it: when it was made, and closed. */
export const requestChangeDays = (requests: readonly CountedRequest[]): DaysInOrder =>
  inOrder(
    requests.flatMap(({ createdOn, closedOn }) => (closedOn === undefined ? [createdOn] : [createdOn, closedOn])),
  );
