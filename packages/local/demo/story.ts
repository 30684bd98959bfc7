import type { Level, State } from "@regulars/core/insights/finding";

/** An item that only this story's customer buys, so that no other order affects its findings. */
export interface DemoItem {
  readonly itemId: string;
  /** Bought on every n-th order day, … */
  readonly everyOrders: number;
  /** … but for the latest order days, as many as this. */
  readonly missedOrders: number;
  /** The item bought on each of the missed order days instead. */
  readonly replacedBy?: string;
  readonly isDiscontinued?: boolean;
  /** How it is bought in the last three complete months and since: on every n-th order day, and how much. */
  readonly latest?: { readonly everyOrders: number; readonly quantity: number };
}

/** Two items that belong together, as many of the one as of the other. */
interface DemoLink {
  readonly itemId: string;
  readonly linkedItemId: string;
}

/** Unpaid invoices: the latest ones that are at least `daysPastDue` days past due. */
export interface UnpaidPlan {
  readonly daysPastDue: number;
  readonly invoices: number;
  /** Percent of each that has been paid. */
  readonly paidPercent?: number;
  readonly disputed?: boolean;
}

/** The scenario of one customer's history. */
export interface DemoPlan {
  /** The silence at the as-of day, within a day; the rhythm before it is a steady one. */
  readonly silentDays?: number;
  /** Ordered nothing for so many days, until so many days before the as-of day, and then as before. */
  readonly paused?: { readonly days: number; readonly untilDaysAgo: number };
  /** Documents on every order day. */
  readonly ordersPerDay?: number;
  readonly items?: readonly DemoItem[];
  readonly link?: DemoLink;
  /** Orders as often as before, but in the last three complete months and since only so many percent of the quantities. */
  readonly smallerPercent?: number;
  /** Closed every year from and to these days, both included; it orders to the day while open. */
  readonly closed?: { readonly from: string; readonly to: string };
  readonly unpaid?: UnpaidPlan;
  /** One credit memo that is not offset against an invoice. */
  readonly unappliedCredit?: boolean;
  /** Its documents are in Swedish kronor, each with its rate. */
  readonly inKronor?: boolean;
}

/** The expected result of one kind for the customer (or item): a level, or no finding. */
export interface Expectation {
  readonly kind:
    "overdue-payments" | "churn-risk" | "lost-items" | "falling-value" | "dropped-items" | "linked-products";
  readonly itemId?: string;
  readonly level: Level | "none";
  /** Default: `open`. */
  readonly state?: State;
}

/** One customer with a scenario. */
export interface Story {
  readonly customerId: string;
  /** What happened, in a sentence. */
  readonly planted: string;
  readonly plan: DemoPlan;
  readonly found: readonly Expectation[];
}
