import type { DayNumber, PersonId } from "../platform/values.ts";

/** A support request as a customer snapshot holds it: without its id and its times of day; open without `closedOn`. */
export interface RequestView {
  readonly createdOn: DayNumber;
  readonly closedOn?: DayNumber | undefined;
  readonly personId?: PersonId | undefined;
}
