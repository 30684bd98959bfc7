import { confirmFall } from "@regulars/core/code-red/confirm";
import type { Period } from "@regulars/core/platform/period";
import { plan, settings } from "./question.ts";

const within = ({ from, to }: Period): string => `day BETWEEN ${from} AND ${to}`;
const { percent, minInvoices } = settings;
const columns = plan.columns.map((column, i) => ({ ...column, i }));

/** The .90 quantile of Student's t after so many months. */
function thresholdOf(monthsBefore: number): number {
  const test = confirmFall([0, ...Array<number>(monthsBefore).fill(1)], 1);
  return "threshold" in test ? test.threshold : Infinity;
}

const NAMES = { current: "c", previous: "p" } as const;
const valuesOf = (side: keyof typeof NAMES): string[] =>
  columns.map((column) => {
    const [name, days] = [NAMES[side], within(column[side])];
    const sum = (field: string): string => `coalesce(sum(${field}) FILTER (${days}), 0)::BIGINT`;
    return `${sum("sales")} AS s${name}${column.i}, ${sum("credits")} AS k${name}${column.i},
      ${sum("ordered")} AS o${name}${column.i}`;
  });

/** The mean, squares and test of the months before, of the values as they are and of those per working day. */
interface Test {
  readonly k: number;
  readonly name: string;
  readonly month: (i: number) => string;
}
const tests: readonly Test[] = columns.flatMap(({ months, i }) => [
  { k: months, name: `v${i}`, month: (m: number) => `m${m}` },
  { k: months, name: `d${i}`, month: (m: number) => `(m${m}::DOUBLE / ${Math.max(1, plan.monthWorkingDays[m] ?? 1)})` },
]);
const indexes = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);
const before = (k: number): number[] => indexes(k, Math.min(k + 12, plan.months.length));
const count = (k: number): string => `(least(known, ${k + 12}) - ${k})`;
const mean = ({ k, name, month }: Test): string =>
  `(${before(k).map(month).join(" + ")})::DOUBLE / greatest(1, ${count(k)}) AS b${name},
   (${indexes(0, k).map(month).join(" + ")})::DOUBLE / ${k} AS c${name}`;
const variance = ({ k, name, month }: Test): string =>
  `(${before(k)
    .map((m) => `CASE WHEN known > ${m} THEN (${month(m)} - b${name}) * (${month(m)} - b${name}) ELSE 0 END`)
    .join(" + ")}) / greatest(1, ${count(k)} - 1) AS q${name}`;
const threshold = (k: number): string =>
  `CASE ${count(k)} ${indexes(6, 13)
    .map((n) => `WHEN ${n} THEN ${thresholdOf(n)}`)
    .join(" ")} END`;
const passes = ({ k, name }: Pick<Test, "k" | "name">): string =>
  `(${count(k)} >= 6 AND CASE WHEN q${name} <= (b${name} * 1e-9) * (b${name} * 1e-9)
    THEN b${name} - c${name} > abs(b${name}) * 1e-9
    ELSE (b${name} - c${name}) / sqrt(q${name} * (1.0 / ${k} + 1.0::DOUBLE / ${count(k)})) >= ${threshold(k)} END)`;

const rounded = (value: string): string => `floor((${value})::DOUBLE + 0.5)`;
const assessed = columns.map(({ i, workingDays, months: k }) => {
  const kept = `CASE WHEN np${i} > 0 THEN nc${i}::DOUBLE / np${i} ELSE 1 END`;
  const days = rounded(`p${i} * (1 - ${workingDays.current}::DOUBLE / ${workingDays.previous})`);
  const orders = `CASE WHEN bop${i} > 0 THEN boc${i}::DOUBLE / bop${i} ELSE 1 END`;
  const sales = `CASE WHEN bsp${i} > 0 THEN bsc${i}::DOUBLE / bsp${i} ELSE 1 END`;
  const expected = `CASE WHEN op${i} = 0 THEN 0 ELSE (sp${i}::DOUBLE / op${i}) * ((${sales}) / (${orders})) END`;
  const red = (text: string): string => `CASE WHEN l${i} = 0 THEN ${text} ELSE 0 END`;
  return `l${i} = 0 AND ${passes({ k, name: `v${i}` })} AND ${passes({ k, name: `d${i}` })} AS f${i},
    l${i} = 0 AND np${i} > 0 AND c${i}::HUGEINT * np${i} >= p${i}::HUGEINT * nc${i} AS w${i},
    ${red(`greatest(0, ${rounded(`p${i} * least(1, greatest(0, ${kept}))`)} - c${i})`)} AS y${i},
    ${red(days)} AS x1${i}, ${red(`${rounded(`p${i} * (1 - ${kept})`)} - ${days}`)} AS x2${i},
    ${red(rounded(`(op${i} * (${orders}) - oc${i}) * (${expected})`))} AS x3${i},
    ${red(`CASE WHEN oc${i} = 0 THEN 0 ELSE ${rounded(`oc${i} * (${expected})`)} - sc${i} END`)} AS x4${i},
    ${red(`kc${i} - ${rounded(`kp${i} * (${kept})`)}`)} AS x5${i}`;
});

/** Values, lights, confirmations, causes and places of the columns. */
export const columnsQuery = `WITH days AS (
    SELECT customer, day, coalesce(sum(net) FILTER (NOT credit), 0)::BIGINT AS sales,
      -coalesce(sum(net) FILTER (credit), 0)::BIGINT AS credits, bool_or(NOT credit AND quantity > 0)::INTEGER AS ordered
    FROM lines WHERE goods GROUP BY customer, day),
  sums AS (SELECT customer, min(day) AS first, ${[...valuesOf("current"), ...valuesOf("previous")].join(", ")},
    ${plan.months.map((month, m) => `coalesce(sum(sales - credits) FILTER (${within(month)}), 0)::BIGINT AS m${m}`).join(", ")}
    FROM days GROUP BY customer),
  nets AS (SELECT *, ${columns.map(({ i }) => `sc${i} - kc${i} AS c${i}, sp${i} - kp${i} AS p${i}`).join(", ")},
    ${plan.months.map(({ to }) => `(${to} >= first)::INTEGER`).join(" + ")} AS known FROM sums),
  lights AS (SELECT *, ${columns
    .map(
      ({ i, previous }) => `CASE WHEN first > ${previous.from} OR p${i} <= 0 THEN 3
    WHEN (p${i} - c${i}) * 100 >= ${percent} * p${i} THEN 0 WHEN (p${i} - c${i}) * 200 >= ${percent} * p${i} THEN 1
    ELSE 2 END AS l${i}`,
    )
    .join(", ")}, ${tests.map(mean).join(", ")} FROM nets),
  variances AS (SELECT *, ${tests.map(variance).join(", ")} FROM lights),
  book AS (SELECT ${columns
    .flatMap(({ i }) =>
      ["sc", "sp", "oc", "op"]
        .map((field) => `(sum(${field}${i}) FILTER (l${i} <> 3))::BIGINT AS b${field}${i}`)
        .concat(["c", "p"].map((field) => `(sum(${field}${i}) FILTER (l${i} <> 3))::BIGINT AS n${field}${i}`)),
    )
    .join(", ")} FROM lights),
  assessed AS (SELECT v.*, ${assessed.join(", ")} FROM variances v, book)
  SELECT customer, ${columns
    .map(
      ({ i }) => `c${i}, p${i}, l${i}, f${i}::INTEGER, w${i}::INTEGER, y${i}, x1${i}, x2${i}, x3${i}, x4${i}, x5${i},
    CASE WHEN l${i} = 0 THEN p${i} - c${i} - x1${i} - x2${i} - x3${i} - x4${i} - x5${i} ELSE 0 END`,
    )
    .join(", ")},
    row_number() OVER (ORDER BY (${columns.map(({ i }) => `f${i}`).join(" OR ")}) AND NOT marked DESC, marked,
      greatest(${columns.map(({ i }) => `y${i}`).join(", ")}) DESC, 'C' || customer) - 1
  FROM (SELECT *, (${columns.map(({ i }) => `l${i} = 0`).join(" OR ")})
    AND ${columns.map(({ i }) => `(l${i} <> 0 OR w${i})`).join(" AND ")} AS marked FROM assessed)`;

const { current, previous } = plan.items;
const logChoose = "lgamma(oc + op + 1) - lgamma(k + 1) - lgamma(oc + op - k + 1)";

/** Red and confirmed items; the chances of a binomial distribution, and Benjamini and Hochberg's procedure. */
export const itemsQuery = `WITH documents AS (
    SELECT customer, item, document, day, sum(quantity)::BIGINT AS q, bool_or(NOT credit AND quantity > 0) AS ordered
    FROM lines WHERE goods AND day BETWEEN ${previous.from} AND ${current.to} GROUP BY customer, item, document, day),
  items AS (SELECT customer, item, coalesce(sum(q) FILTER (${within(current)}), 0) AS qc,
    coalesce(sum(q) FILTER (${within(previous)}), 0) AS qp, count(*) FILTER (ordered AND ${within(current)}) AS oc,
    count(*) FILTER (ordered AND ${within(previous)}) AS op FROM documents GROUP BY customer, item),
  own AS (SELECT customer, count(*) FILTER (${within(current)})::DOUBLE / count(*) AS share
    FROM (SELECT DISTINCT customer, document, day FROM documents WHERE ordered) GROUP BY customer),
  compared AS (SELECT i.*, qp > 0 AND (qc <= 0 OR (qp - qc) * 100 >= ${percent} * qp) AS red,
    CASE WHEN share <= 0 OR op = 0 THEN 1 WHEN share >= 1 THEN 0 ELSE least(1, list_sum(list_transform(range(0, oc + 1),
      lambda k: exp(${logChoose} + k * ln(share) + (oc + op - k) * ln(1 - share))))) END AS chance
    FROM items i JOIN own USING (customer) WHERE op >= ${minInvoices} AND (qc > 0 OR qp > 0)),
  ranked AS (SELECT *, row_number() OVER (PARTITION BY customer ORDER BY chance) AS nth,
    count(*) OVER (PARTITION BY customer) AS n FROM compared),
  limits AS (SELECT *, max(CASE WHEN chance <= nth::DOUBLE / n * 0.1 THEN chance END) OVER (PARTITION BY customer) AS most
    FROM ranked)
  SELECT customer, count(*) FILTER (red), coalesce(sum(item) FILTER (red), 0),
    count(*) FILTER (red AND chance <= most) FROM limits GROUP BY customer`;

/** Red links. */
export const linksQuery = `WITH bought AS (
    SELECT customer, item, greatest(0, sum(quantity))::BIGINT AS q FROM lines
    WHERE goods AND ${within(plan.links)} GROUP BY customer, item)
  SELECT a.customer, count(*), sum(number) FROM bought a JOIN links ON a.item = links.item
    LEFT JOIN bought b ON b.customer = a.customer AND b.item = links.linked
  WHERE a.q > 0 AND abs(a.q * linked_ratio - coalesce(b.q, 0) * ratio) * 100 >= ${percent} * a.q * linked_ratio
  GROUP BY a.customer`;
