import type { Day } from "./values.ts";

/** Where a document stands among its customer's: by day, then by id. */
export interface DocumentPlace<Id> {
  readonly on: Day;
  readonly id: Id;
}

/** How many documents to read, and before which one: without, from the newest on. */
export interface PageRequest<Id> {
  readonly limit: number;
  readonly before?: DocumentPlace<Id> | undefined;
}

/** Documents, newest first. `next` is the `before` of the page after, absent on the last one. */
export interface DocumentPage<Doc, Id> {
  readonly documents: readonly Doc[];
  readonly next?: DocumentPlace<Id> | undefined;
}

/** Days, both included; open where one is absent. */
export interface DayRange {
  readonly from?: Day | undefined;
  readonly to?: Day | undefined;
}
