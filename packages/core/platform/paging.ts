import type { Day } from "./values.ts";

/** A document's position among its customer's: by day, then by id. */
export interface DocumentPlace<Id> {
  readonly on: Day;
  readonly id: Id;
}

/** The number of documents to read, and the position before which the page begins; the newest without it. */
export interface PageRequest<Id> {
  readonly limit: number;
  readonly before?: DocumentPlace<Id> | undefined;
}

/** Documents, newest first. `next` is the `before` of the following page, absent on the last one. */
export interface DocumentPage<Doc, Id> {
  readonly documents: readonly Doc[];
  readonly next?: DocumentPlace<Id> | undefined;
}

/** A range of days, both included; open on a side that is absent. */
export interface DayRange {
  readonly from?: Day | undefined;
  readonly to?: Day | undefined;
}
