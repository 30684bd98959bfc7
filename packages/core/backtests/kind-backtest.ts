import type { CustomerLog, LogSpan } from "./customer-log.ts";
import type { TenantPast } from "./tenant-past.ts";

/** A rule that raises alerts: ours, the seed's literal rule, or a common practice. */
export interface RuleTitle {
  readonly id: string;
  readonly title: string;
  /** Whether the product alerts by it; the others are for comparison. */
  readonly isOurs: boolean;
  /** The measure that the rule compares with a fixed limit, as an index of an episode's `degreeAt`. */
  readonly degree?: number | undefined;
}

/** The counts of one rule at one customer. */
export interface RuleCount {
  alerts: number;
  hits: number;
  /** Of what there was to find, how many it found. */
  found: number;
  /** Money of the alerts, and of those that were right, minor units. */
  valueMinor: number;
  hitValueMinor: number;
  /** Per hit, the days of silence on which it came, and those by which it came before the loss would have shown. */
  readonly silentDays: number[];
  readonly leadDays: number[];
}

export const noCount = (): RuleCount => ({
  alerts: 0,
  hits: 0,
  found: 0,
  valueMinor: 0,
  hitValueMinor: 0,
  silentDays: [],
  leadDays: [],
});

/** One silence on which every rule could be assessed. Days are counted from its beginning. */
export interface Episode {
  /** The day of the order that it began with. */
  readonly last: number;
  /** The first and the last of its days on which an alert was possible. */
  readonly from: number;
  readonly to: number;
  /** What is lost when it goes on, minor units. */
  readonly valueMinor: number;
  /** A measure of how long it is; it does not fall from day to day. */
  readonly degreeAt: (degree: number, day: number) => number;
  /** Whether an alert on that day was right. */
  readonly isRightOn: (day: number) => boolean;
  /** The day on which our rule `high` alerted. */
  readonly high: number | undefined;
}

export const statedLevels = ["high", "medium", "watch"] as const;
export type StatedLevel = (typeof statedLevels)[number];

/** A customer on a list of one day: what each ranking says of them, and what came. */
export interface Candidate {
  readonly on: number;
  /** The silence's first day: the customer is called once in each. */
  readonly episode: number;
  readonly repId: string;
  /** The stated chance, that of loss, and the money at stake that is stated. */
  readonly chance: number;
  readonly lossChance: number;
  readonly atStakeMinor: number;
  readonly valueMinor: number;
  readonly level: StatedLevel;
  /** By ranking, for the order of chance. */
  readonly scores: readonly number[];
  /** Whether nothing came in the horizon, and in 90 days; the latter may not be known yet. */
  readonly cameTrue: boolean;
  readonly isLost: boolean | undefined;
}

/** What there was to find at one customer, and the counts of each rule, in the rules' order. */
export interface CustomerTrial {
  /** Whether the customer has enough history for the kind. */
  readonly isEligible: boolean;
  readonly truths: number;
  readonly rules: readonly RuleCount[];
  readonly episodes?: readonly Episode[] | undefined;
  readonly candidates?: readonly Candidate[] | undefined;
  /** Silences that ended with an order, and how many of them had reached each level. */
  readonly ended?: { readonly count: number; readonly medium: number; readonly high: number } | undefined;
}

/** How a kind's rule is tested on the past. It is in the kind's folder and uses the kind's own rule. */
export interface KindBacktest {
  readonly kind: string;
  readonly title: string;
  /** Explanation for the report: what counts as right, and what there was to find. */
  readonly says: string;
  readonly rules: readonly RuleTitle[];
  /** Titles of the orders that are compared on every seventh day, ours first; absent without candidates. */
  readonly rankings?: readonly { readonly id: string; readonly title: string }[] | undefined;
  readonly tryOn: (log: CustomerLog, span: LogSpan, past: TenantPast) => CustomerTrial;
}
