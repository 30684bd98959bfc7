import type { CustomerLog, LogSpan } from "./customer-log.ts";
import type { RfmScores } from "./rfm.ts";

/** One way to raise alerts: ours, the seed's words, or what people do without either. */
export interface RuleTitle {
  readonly id: string;
  readonly title: string;
  /** One that the product tells by; the others are what it is compared with. */
  readonly isOurs: boolean;
}

/** What one rule did at one customer. */
export interface RuleCount {
  alerts: number;
  hits: number;
  /** Days by which each hit came before a silence as long as the horizon would have told. */
  readonly leadDays: number[];
}

/** What there was to find at one customer, and what each rule did, in the rules' order. */
export interface CustomerTrial {
  /** Whether the customer has enough history for the kind to say anything. */
  readonly isEligible: boolean;
  readonly truths: number;
  readonly rules: readonly RuleCount[];
}

/** How a kind's rule is tried on the past; it lies in the kind's folder, and uses the kind's own rule. */
export interface KindBacktest {
  readonly kind: string;
  readonly title: string;
  /** What counts as right, and what there was to find, in words for the report. */
  readonly says: string;
  readonly rules: readonly RuleTitle[];
  readonly tryOn: (log: CustomerLog, span: LogSpan, rfm: RfmScores) => CustomerTrial;
}

export const noCount = (): RuleCount => ({ alerts: 0, hits: 0, leadDays: [] });
