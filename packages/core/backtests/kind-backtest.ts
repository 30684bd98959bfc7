import type { CustomerLog, LogSpan } from "./customer-log.ts";
import type { RfmScores } from "./rfm.ts";

/** A rule that raises alerts: ours, the seed's literal rule, or a common practice. */
export interface RuleTitle {
  readonly id: string;
  readonly title: string;
  /** Whether the product alerts by it; the others are for comparison. */
  readonly isOurs: boolean;
}

/** The counts of one rule at one customer. */
export interface RuleCount {
  alerts: number;
  hits: number;
  /** Per hit, the days by which it came before a silence of the horizon's length would have shown. */
  readonly leadDays: number[];
}

/** What there was to find at one customer, and the counts of each rule, in the rules' order. */
export interface CustomerTrial {
  /** Whether the customer has enough history for the kind. */
  readonly isEligible: boolean;
  readonly truths: number;
  readonly rules: readonly RuleCount[];
}

/** How a kind's rule is tested on the past. It is in the kind's folder and uses the kind's own rule. */
export interface KindBacktest {
  readonly kind: string;
  readonly title: string;
  /** Explanation for the report: what counts as right, and what there was to find. */
  readonly says: string;
  readonly rules: readonly RuleTitle[];
  readonly tryOn: (log: CustomerLog, span: LogSpan, rfm: RfmScores) => CustomerTrial;
}

export const noCount = (): RuleCount => ({ alerts: 0, hits: 0, leadDays: [] });
