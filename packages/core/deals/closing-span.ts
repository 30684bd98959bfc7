import type { Instant } from "../platform/values.ts";
import type { ClosedOutcome } from "./deal.ts";

/** Closed outcomes from `from` to `to` (excluded), latest first; of all time without them. */
export interface ClosingSpan {
  readonly from?: Instant | undefined;
  readonly to?: Instant | undefined;
  /** Position of the closed outcome after which the page begins. */
  readonly after?: string | undefined;
  /** Page size of the read, for callers that may want only the first ones. */
  readonly page?: number | undefined;
}

/** A closed outcome's position: its time, then the deal and version. */
export const closingPlace = ({ at, dealId, version }: Pick<ClosedOutcome, "at" | "dealId" | "version">): string =>
  `${at}#${dealId}#${version}`;
