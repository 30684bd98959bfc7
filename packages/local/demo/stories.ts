import type { Level } from "@regulars/core/insights/finding";
import { type ItemLink, itemLinkSchema } from "@regulars/core/catalog/item-link";
import type { Expectation, DemoPlan, Story, DemoItem, UnpaidPlan } from "./story.ts";

const story = (customerId: string, plan: DemoPlan, expected: Expectation, planted: string): Story => ({
  customerId,
  planted,
  plan,
  found: [expected],
});

const silent = (customerId: string, silentDays: number, level: Level, planted: string, more: DemoPlan = {}): Story =>
  story(customerId, { silentDays, ...more }, { kind: "churn-risk", level }, planted);

const unflagged = (customerId: string, plan: DemoPlan, planted: string): Story =>
  story(customerId, plan, { kind: "churn-risk", level: "none" }, planted);

/** A customer who left long ago: what a backtest finds that the rules would have told in time. */
const gone = (customerId: string, silentDays: number, planted: string): Story =>
  story(customerId, { silentDays }, { kind: "churn-risk", level: "high", state: "lapsed" }, planted);

const missing = (customerId: string, item: DemoItem, level: Level | "none", planted: string): Story =>
  story(customerId, { items: [item] }, { kind: "lost-items", itemId: item.itemId, level }, planted);

const owing = (customerId: string, unpaid: UnpaidPlan, level: Level, planted: string, more: DemoPlan = {}): Story =>
  story(customerId, { unpaid, ...more }, { kind: "overdue-payments", level }, planted);

/** A customer that still orders as often, and less each time. */
const shrinking = (customerId: string, smallerPercent: number, planted: string): Story =>
  story(customerId, { smallerPercent }, { kind: "falling-value", level: "high" }, planted);

const everyOrder = (itemId: string, missedOrders: number): DemoItem => ({ itemId, everyOrders: 1, missedOrders });

const copenhagen: readonly Story[] = [
  silent("C1106", 52, "high", "A bistro that ordered every two weeks has said nothing for more than seven."),
  silent("C1114", 75, "high", "A restaurant on a three-week rhythm has been silent for more than ten weeks."),
  silent("C1107", 42, "medium", "A café on a two-week rhythm is four weeks late."),
  silent("C1115", 57, "medium", "A bakery on a three-week rhythm is five weeks late."),
  silent("C1108", 19, "watch", "A restaurant on a two-week rhythm is late by a few days, as anyone may be."),
  missing("C1103", everyOrder("ST-9001", 4), "high", "Espresso beans came weekly; the last four orders had none."),
  missing(
    "C1101",
    { itemId: "ST-9002", everyOrders: 2, missedOrders: 6 },
    "watch",
    "Oat drink was in every second order of a busy canteen; the last six went without, which may be chance.",
  ),
  owing("C1109", { daysPastDue: 38, invoices: 2 }, "high", "Owes two invoices, both more than a month past due."),
  owing("C1110", { daysPastDue: 4, invoices: 1, paidPercent: 50 }, "medium", "Has paid half of an invoice, no more."),
  story(
    "C1102",
    {
      items: [everyOrder("ST-9009", 0), { ...everyOrder("ST-9010", 0), latest: { everyOrders: 1, quantity: 2 } }],
      link: { itemId: "ST-9009", linkedItemId: "ST-9010" },
    },
    { kind: "linked-products", level: "medium" },
    "Took a lid with each cup; for three months a third of them, so somebody else sells it the rest.",
  ),
  unflagged("C1105", { ordersPerDay: 2, silentDays: 5 }, "Orders twice a day: one order event, no gap of zero days."),
];

const zealand: readonly Story[] = [
  silent("C1206", 56, "high", "A restaurant on a two-week rhythm has said nothing for eight weeks."),
  silent("C1207", 42, "medium", "A country inn on a two-week rhythm is four weeks late."),
  silent("C1218", 76, "medium", "A restaurant on a four-week rhythm is almost seven weeks late."),
  story(
    "C1208",
    { silentDays: 240 },
    { kind: "churn-risk", level: "high", state: "lapsed" },
    "Ordered every two weeks and stopped eight months ago: lapsed, no longer shown as a risk.",
  ),
  missing("C1202", everyOrder("ST-9003", 5), "high", "Crème fraîche came weekly; the last five orders had none."),
  missing(
    "C1203",
    { ...everyOrder("ST-9004", 6), replacedBy: "ST-9005" },
    "none",
    "The old fryer oil was replaced by a new one, which the hotel has bought ever since.",
  ),
  owing("C1209", { daysPastDue: 62, invoices: 3 }, "high", "Owes three invoices, all two months or more past due."),
  owing("C1210", { daysPastDue: 3, invoices: 1 }, "medium", "Forgot one invoice lately."),
  story(
    "C1211",
    { unpaid: { daysPastDue: 40, invoices: 1, disputed: true } },
    { kind: "overdue-payments", level: "watch", state: "disputed" },
    "Disputes an invoice that is long past due: listed, but no message is sent.",
  ),
  shrinking("C1204", 45, "A café still orders every week, but for three months less than half as much."),
  unflagged("C1205", { closed: { from: "10-01", to: "04-14" } }, "A summer hotel: orders every week while it is open."),
];

const skane: readonly Story[] = [
  silent("C1318", 98, "high", "A manor hotel on a monthly rhythm has been silent for more than three months."),
  silent("C1306", 42, "medium", "Pays in kronor, orders every two weeks and is four weeks late.", { inKronor: true }),
  silent("C1314", 57, "medium", "A restaurant on a three-week rhythm is five weeks late."),
  silent("C1307", 19, "watch", "A bakery on a two-week rhythm is late by a few days, as anyone may be."),
  missing("C1303", everyOrder("ST-9006", 4), "high", "Cardamom buns came weekly; the last four orders had none."),
  missing(
    "C1304",
    { ...everyOrder("ST-9007", 5), isDiscontinued: true },
    "none",
    "A muesli was bought weekly until it was discontinued: our doing, not the hotel's.",
  ),
  owing(
    "C1308",
    { daysPastDue: 5, invoices: 1 },
    "medium",
    "Owes an invoice and holds a credit memo that is not offset against it: the debt stays whole.",
    { unappliedCredit: true },
  ),
  owing("C1309", { daysPastDue: 45, invoices: 1 }, "high", "Owes an invoice that is more than six weeks past due."),
  story(
    "C1302",
    { items: [{ ...everyOrder("ST-9008", 0), latest: { everyOrders: 15, quantity: 6 } }] },
    { kind: "dropped-items", level: "medium" },
    "Passata was in every order; for three months in one of fifteen, too seldom for chance.",
  ),
  unflagged("C1305", { closed: { from: "04-16", to: "09-30" } }, "A winter lodge: orders weekly while it is open."),
];

const past: readonly Story[] = [
  gone("C1111", 205, "A canteen that ordered every two weeks until its kitchen was closed."),
  gone("C1113", 290, "A café that ordered every two weeks and went to another wholesaler."),
  gone("C1116", 330, "A wine bar on a three-week rhythm that shut down."),
  gone("C1212", 230, "A restaurant on a two-week rhythm that was sold."),
  gone("C1213", 260, "A country inn on a two-week rhythm that went to another wholesaler."),
  gone("C1215", 370, "A café on a three-week rhythm that closed."),
  gone("C1310", 245, "A canteen that ordered every two weeks until its contract ended."),
  gone("C1311", 310, "A café that ordered every two weeks and went to another wholesaler."),
  gone("C1316", 350, "A pub on a three-week rhythm that shut down."),
  unflagged(
    "C1112",
    { silentDays: 6, paused: { days: 60, untilDaysAgo: 220 } },
    "Was away for two months of building work and came back: an alert then was a false one.",
  ),
  unflagged(
    "C1313",
    { silentDays: 5, paused: { days: 70, untilDaysAgo: 280 } },
    "Was shut for ten weeks and came back: an alert then was a false one.",
  ),
];

/** The scenarios in the demo company, one per customer, with the findings they must lead to. */
export const stories: readonly Story[] = [...copenhagen, ...zealand, ...skane, ...past];

/** The story of a customer; most customers have none. */
export const storyOf = (customerId: string): Story | undefined => stories.find((one) => one.customerId === customerId);

/** The links between items that stories need; the demo's tenant keeps them. */
export const demoLinks: readonly ItemLink[] = stories.flatMap(({ plan: { link } }) =>
  link === undefined ? [] : [itemLinkSchema.parse({ ...link, ratio: 1, linkedRatio: 1 })],
);

/** Whether a story is over: its customer left long ago, and owes nothing. */
export const isPast = (one: Story): boolean => past.includes(one);
