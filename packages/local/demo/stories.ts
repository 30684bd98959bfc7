import type { Story } from "./story.ts";

const churn = (level: "high" | "medium" | "watch") => [{ kind: "churn-risk", level }] as const;
const lost = (itemId: string, level: "high" | "medium" | "none") => [{ kind: "lost-items", itemId, level }] as const;
const overdue = (level: "high" | "medium") => [{ kind: "overdue-payments", level }] as const;
const silence = [{ kind: "churn-risk", level: "none" }] as const;

/** What is planted in the demo company, customer by customer, and what the insight kinds find there. */
export const stories: readonly Story[] = [
  {
    customerId: "C1106",
    planted: "A bistro that ordered every two weeks has said nothing for more than five.",
    plan: { silentDays: 38 },
    found: churn("high"),
  },
  {
    customerId: "C1114",
    planted: "A restaurant on a three-week rhythm has been silent for two months.",
    plan: { silentDays: 60 },
    found: churn("high"),
  },
  {
    customerId: "C1107",
    planted: "A café on a two-week rhythm is ten days late.",
    plan: { silentDays: 24 },
    found: churn("medium"),
  },
  {
    customerId: "C1115",
    planted: "A bakery on a three-week rhythm is two weeks late.",
    plan: { silentDays: 36 },
    found: churn("medium"),
  },
  {
    customerId: "C1108",
    planted: "A restaurant on a two-week rhythm is a few days late: longer than last time, nothing unusual.",
    plan: { silentDays: 18 },
    found: churn("watch"),
  },
  {
    customerId: "C1103",
    planted: "Espresso beans were in every weekly order; the last four went without.",
    plan: { item: { itemId: "ST-9001", everyOrders: 1, missedOrders: 4 } },
    found: lost("ST-9001", "high"),
  },
  {
    customerId: "C1101",
    planted: "Oat drink was in every second order of a busy canteen; the last six went without.",
    plan: { item: { itemId: "ST-9002", everyOrders: 2, missedOrders: 6 } },
    found: lost("ST-9002", "medium"),
  },
  {
    customerId: "C1109",
    planted: "Owes two invoices, the later one more than a month past due.",
    plan: { unpaid: { daysPastDue: 38, invoices: 2 } },
    found: overdue("high"),
  },
  {
    customerId: "C1110",
    planted: "Has paid half of an invoice and owes the rest.",
    plan: { unpaid: { daysPastDue: 4, invoices: 1, paidPercent: 50 } },
    found: overdue("medium"),
  },
  {
    customerId: "C1105",
    planted: "A bakery that orders twice on every order day: one order event a day, no gap of zero days.",
    plan: { ordersPerDay: 2, silentDays: 5 },
    found: silence,
  },
  {
    customerId: "C1202",
    planted: "Crème fraîche was in every weekly order; the last five went without.",
    plan: { item: { itemId: "ST-9003", everyOrders: 1, missedOrders: 5 } },
    found: lost("ST-9003", "high"),
  },
  {
    customerId: "C1203",
    planted: "The old fryer oil was replaced by a new one, which the hotel has bought ever since.",
    plan: { item: { itemId: "ST-9004", everyOrders: 1, missedOrders: 6, replacedBy: "ST-9005" } },
    found: lost("ST-9004", "none"),
  },
  {
    customerId: "C1205",
    planted: "A summer hotel, closed from October to mid-April, orders every week while open.",
    plan: { closed: { from: "10-01", to: "04-14" } },
    found: silence,
  },
  {
    customerId: "C1206",
    planted: "A restaurant on a two-week rhythm has said nothing for six weeks.",
    plan: { silentDays: 42 },
    found: churn("high"),
  },
  {
    customerId: "C1207",
    planted: "A country inn on a two-week rhythm is ten days late.",
    plan: { silentDays: 24 },
    found: churn("medium"),
  },
  {
    customerId: "C1218",
    planted: "A restaurant on a four-week rhythm is more than three weeks late.",
    plan: { silentDays: 52 },
    found: churn("medium"),
  },
  {
    customerId: "C1208",
    planted: "Ordered every two weeks and stopped eight months ago: lapsed, no longer a churn risk to be told.",
    plan: { silentDays: 240 },
    found: [{ kind: "churn-risk", level: "high", state: "lapsed" }],
  },
  {
    customerId: "C1209",
    planted: "Owes three invoices, the latest one two months past due.",
    plan: { unpaid: { daysPastDue: 62, invoices: 3 } },
    found: overdue("high"),
  },
  {
    customerId: "C1210",
    planted: "Forgot one invoice last week.",
    plan: { unpaid: { daysPastDue: 3, invoices: 1 } },
    found: overdue("medium"),
  },
  {
    customerId: "C1211",
    planted: "Disputes an invoice that is long past due: listed, not told.",
    plan: { unpaid: { daysPastDue: 40, invoices: 1, disputed: true } },
    found: [{ kind: "overdue-payments", level: "watch", state: "disputed" }],
  },
  {
    customerId: "C1303",
    planted: "Cardamom buns were in every weekly order; the last four went without.",
    plan: { item: { itemId: "ST-9006", everyOrders: 1, missedOrders: 4 } },
    found: lost("ST-9006", "high"),
  },
  {
    customerId: "C1304",
    planted: "Bought a muesli every week until it was discontinued: our doing, not the hotel's.",
    plan: { item: { itemId: "ST-9007", everyOrders: 1, missedOrders: 5, isDiscontinued: true } },
    found: lost("ST-9007", "none"),
  },
  {
    customerId: "C1305",
    planted: "A winter lodge, closed from mid-April to September, orders every week while open.",
    plan: { closed: { from: "04-16", to: "09-30" } },
    found: silence,
  },
  {
    customerId: "C1318",
    planted: "A manor hotel on a monthly rhythm has been silent for almost three months.",
    plan: { silentDays: 84 },
    found: churn("high"),
  },
  {
    customerId: "C1306",
    planted: "Pays in Swedish kronor, orders every two weeks and is ten days late.",
    plan: { silentDays: 24, inKronor: true },
    found: churn("medium"),
  },
  {
    customerId: "C1314",
    planted: "A restaurant on a three-week rhythm is two weeks late.",
    plan: { silentDays: 36 },
    found: churn("medium"),
  },
  {
    customerId: "C1307",
    planted: "A bakery on a two-week rhythm is a few days late: longer than last time, nothing unusual.",
    plan: { silentDays: 18 },
    found: churn("watch"),
  },
  {
    customerId: "C1308",
    planted: "Owes an invoice and holds a credit memo that nobody set off against it: the debt stays whole.",
    plan: { unpaid: { daysPastDue: 5, invoices: 1 }, unappliedCredit: true },
    found: overdue("medium"),
  },
  {
    customerId: "C1309",
    planted: "Owes an invoice of more than six weeks ago.",
    plan: { unpaid: { daysPastDue: 45, invoices: 1 } },
    found: overdue("high"),
  },
];

/** The story of a customer; most customers have none. */
export const storyOf = (customerId: string): Story | undefined =>
  stories.find((story) => story.customerId === customerId);
