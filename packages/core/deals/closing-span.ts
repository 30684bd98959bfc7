import type { Instant } from "../platform/values.ts";
import type { ClosedOutcome } from "./deal.ts";

/** Closings of a time from and to (excluded), the latest first; of all time without. */
export interface ClosingSpan {
  readonly from?: Instant | undefined;
  readonly to?: Instant | undefined;
  /** The place of the closing after which it goes on. */
  readonly after?: string | undefined;
  /** How many are read at once, where only the first may be wanted. */
  readonly page?: number | undefined;
}

/** A closing's place among all: when it was, and which. */
export const closingPlace = ({ at, dealId, version }: Pick<ClosedOutcome, "at" | "dealId" | "version">): string =>
  `${at}#${dealId}#${version}`;
