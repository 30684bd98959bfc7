import type { Level, State } from "@regulars/core/insights/finding";

/** An item that only one story's customer buys, so that nothing but the story decides about it. */
export interface DemoItem {
  readonly itemId: string;
  /** Bought on every n-th order day, … */
  readonly everyOrders: number;
  /** … but for the latest order days, as many as this. */
  readonly missedOrders: number;
  /** The item bought on each of the missed order days instead. */
  readonly replacedBy?: string;
  readonly isDiscontinued?: boolean;
}

/** Invoices the customer leaves unpaid: the latest ones that are at least so many days past due. */
export interface UnpaidPlan {
  readonly daysPastDue: number;
  readonly invoices: number;
  /** Percent of each that has been paid all the same. */
  readonly paidPercent?: number;
  readonly disputed?: boolean;
}

/** What is planted in one customer's history. */
export interface DemoPlan {
  /** The silence at the as-of day, within a day; the rhythm before it is a steady one. */
  readonly silentDays?: number;
  /** Documents on every order day. */
  readonly ordersPerDay?: number;
  readonly item?: DemoItem;
  /** Closed every year from and to these days, both included; it orders to the day while open. */
  readonly closed?: { readonly from: string; readonly to: string };
  readonly unpaid?: UnpaidPlan;
  /** One credit memo that was never set off against an invoice. */
  readonly unappliedCredit?: boolean;
  /** Its documents are in Swedish kronor, each with its rate. */
  readonly inKronor?: boolean;
}

/** What a kind says about the customer (or the item): at a level, or nothing at all. */
export interface Expectation {
  readonly kind: "overdue-payments" | "churn-risk" | "lost-items";
  readonly itemId?: string;
  readonly level: Level | "none";
  /** `open` where not said. */
  readonly state?: State;
}

/** One customer with a reason to be in the demo. */
export interface Story {
  readonly customerId: string;
  /** What happened, in a sentence. */
  readonly planted: string;
  readonly plan: DemoPlan;
  readonly found: readonly Expectation[];
}
