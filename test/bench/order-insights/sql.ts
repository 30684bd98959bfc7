import type { Period } from "@regulars/core/platform/period";
import {
  type Answers,
  Field,
  MIN_JOINT,
  MIN_ORDERS,
  addTo,
  asOf,
  lostRule,
  noAnswers,
  pairPeriod,
  plan,
  settings,
  sortedPairs,
  tenuredOn,
} from "./question.ts";

/** The table that all databases hold: a line of an order or credit each. Days and items are numbers. */
export const columns =
  "customer INTEGER, document INTEGER, day INTEGER, credit BOOLEAN, item INTEGER, goods BOOLEAN, quantity INTEGER, net BIGINT";

const within = ({ from, to }: Period): string => `day BETWEEN ${from} AND ${to}`;
const BOUGHT = "goods AND NOT credit AND quantity > 0";
const { current, previous } = plan.items;
const { lookbackDays, windowDays, moreThanOrders, minItemOrders } = lostRule;

const ORDER_DAYS = `order_days AS (
  SELECT customer, day, row_number() OVER (PARTITION BY customer ORDER BY day) AS nth
  FROM (SELECT DISTINCT customer, day FROM lines WHERE ${BOUGHT}) AS days)`;

/** Order days, and whether the customer is silent for longer than the gap before. */
const silence = `WITH ${ORDER_DAYS},
  ends AS (SELECT customer, count(*) AS days, min(day) AS first, max(day) AS last FROM order_days GROUP BY customer),
  before AS (SELECT o.customer, o.day FROM order_days o JOIN ends e ON o.customer = e.customer AND o.nth = e.days - 1)
  SELECT e.customer, e.days,
    CASE WHEN e.days >= ${MIN_ORDERS} AND e.first <= ${tenuredOn} AND ${asOf} - e.last > e.last - b.day THEN 1 ELSE 0 END
  FROM ends e LEFT JOIN before b ON b.customer = e.customer`;

/** Lost items by LI1 to LI5, of the customers who order often enough only. */
const lost = `WITH ${ORDER_DAYS},
  busy AS (SELECT customer, max(nth) AS orders, max(day) AS latest FROM order_days GROUP BY customer
    HAVING count(*) FILTER (WHERE day > ${asOf - windowDays}) > ${moreThanOrders}),
  item_days AS (SELECT DISTINCT l.customer, item, day, orders, latest FROM lines l JOIN busy b ON b.customer = l.customer
    WHERE ${BOUGHT} AND day > ${asOf - lookbackDays}),
  steps AS (SELECT i.customer, i.item, i.day, i.orders, i.latest, o.nth,
    i.day - lag(i.day) OVER (PARTITION BY i.customer, i.item ORDER BY i.day) AS gap
    FROM item_days i JOIN order_days o ON o.customer = i.customer AND o.day = i.day)
  SELECT customer, item FROM steps GROUP BY customer, item, orders, latest
  HAVING count(*) FILTER (WHERE day > ${asOf - windowDays}) >= ${minItemOrders}
    AND (orders - max(nth)) * (count(*) - 1) > 2 * (max(nth) - min(nth))
    AND ${asOf} - max(day) > max(gap) AND max(day) < latest`;

const sum = (period: Period): string => `coalesce(sum(net) FILTER (WHERE ${within(period)}), 0)`;
const values = plan.columns.flatMap((column, i) => [
  `${sum(column.current)} AS c${i}`,
  `${sum(column.previous)} AS p${i}`,
]);
const lights = plan.columns.map(
  (column, i) => `c${i}, p${i}, CASE WHEN first > ${column.previous.from} OR p${i} <= 0 THEN 3
    WHEN (p${i} - c${i}) * 100 >= ${settings.percent} * p${i} THEN 0
    WHEN (p${i} - c${i}) * 200 >= ${settings.percent} * p${i} THEN 1 ELSE 2 END`,
);
const codeRed = `SELECT customer, ${lights.join(", ")} FROM
  (SELECT customer, min(day) AS first, ${values.join(", ")} FROM lines WHERE goods GROUP BY customer) AS sums`;

const redItems = `SELECT customer, item FROM
  (SELECT customer, item, coalesce(sum(quantity) FILTER (WHERE ${within(current)}), 0) AS now,
    coalesce(sum(quantity) FILTER (WHERE ${within(previous)}), 0) AS before,
    count(DISTINCT document) FILTER (WHERE ${within(previous)} AND NOT credit AND quantity > 0) AS orders
    FROM lines WHERE goods AND (${within(current)} OR ${within(previous)}) GROUP BY customer, item) AS sums
  WHERE orders >= ${settings.minInvoices} AND before > 0
    AND (now <= 0 OR (before - now) * 100 >= ${settings.percent} * before)`;

const pairs = `WITH baskets AS (SELECT DISTINCT document, item FROM lines WHERE ${BOUGHT} AND ${within(pairPeriod)}),
  frequent AS (SELECT item FROM baskets GROUP BY item HAVING count(*) >= ${MIN_JOINT}),
  kept AS (SELECT document, item FROM baskets WHERE item IN (SELECT item FROM frequent))
  SELECT a.item, b.item, count(*) FROM kept a JOIN kept b ON a.document = b.document AND a.item < b.item
  GROUP BY a.item, b.item HAVING count(*) >= ${MIN_JOINT}`;

/** The questions in the order in which `answersOf` takes their rows. */
export const queries: readonly string[] = [silence, lost, codeRed, redItems, pairs];

type Rows = readonly (readonly number[])[];

export function answersOf(
  customers: number,
  [silent = [], missed = [], red = [], items = [], joint = []]: Rows[],
): Answers {
  const answers = noAnswers(customers);
  for (const [customer = 0, days = 0, isSilent = 0] of silent) {
    addTo(answers, customer, Field.orderDays, days);
    addTo(answers, customer, Field.isSilent, isSilent);
  }
  for (const [customer = 0, ...given] of red)
    for (const [i, value] of given.entries()) addTo(answers, customer, Field.columns + i, value);
  for (const [field, rows] of [[Field.lost, missed] as const, [Field.red, items] as const])
    for (const [customer = 0, item = 0] of rows) {
      addTo(answers, customer, field, 1);
      addTo(answers, customer, field + 1, item);
    }
  return { customers: answers, pairs: sortedPairs(joint.map(([a = 0, b = 0, count = 0]) => [a, b, count])) };
}
