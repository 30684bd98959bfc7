import { minimise } from "../platform/minimise.ts";
import type { CustomerLog } from "./customer-log.ts";

/**
 * A common model of customers who leave, for comparison: MBG/NBD (Batislam, Denizel and Filiztekin, 2007). Orders are
 * Poisson with a gamma distributed rate, and after each order, the first included, a customer leaves with a beta
 * distributed chance.
 */
export interface MbgNbd {
  readonly r: number;
  readonly alpha: number;
  readonly a: number;
  readonly b: number;
}

/** What the model knows of a customer: repeat orders, the day of the last one and today, counted from the first. */
interface Summary {
  readonly repeats: number;
  readonly last: number;
  readonly age: number;
}

/** Most customers that a fit looks at, evenly chosen. */
const MOST_CUSTOMERS = 1_000;
const STEPS = 150;

/** The model that fits the customers' orders up to a day best; `undefined` for fewer than 20 customers. */
export function fitMbgNbd(logs: readonly CustomerLog[], on: number): MbgNbd | undefined {
  const known = logs.filter(({ orderDays }) => (orderDays[0] ?? Infinity) < on);
  const every = Math.max(1, Math.ceil(known.length / MOST_CUSTOMERS));
  const summaries = known.filter((_, i) => i % every === 0).map((log) => summaryOf(log, on));
  if (summaries.length < 20) return undefined;
  const meanGap =
    summaries.reduce((days, { last }) => days + last, 0) /
    Math.max(
      1,
      summaries.reduce((orders, { repeats }) => orders + repeats, 0),
    );
  const start = [0, Math.log(Math.max(1, meanGap)), -0.5, 1];
  return modelOf(minimise((at) => -likelihood(modelOf(at), summaries), start, STEPS));
}

/** Parameters are positive: they are looked for by their logarithms. */
const modelOf = ([r = 0, alpha = 0, a = 0, b = 0]: readonly number[]): MbgNbd => ({
  r: Math.exp(r),
  alpha: Math.exp(alpha),
  a: Math.exp(a),
  b: Math.exp(b),
});

function summaryOf({ orderDays }: CustomerLog, on: number): Summary {
  const first = orderDays[0] ?? on;
  let orders = 0;
  while (orders < orderDays.length && (orderDays[orders] ?? Infinity) <= on) orders += 1;
  return { repeats: orders - 1, last: (orderDays[orders - 1] ?? first) - first, age: on - first };
}

function likelihood(model: MbgNbd, summaries: readonly Summary[]): number {
  const { r, alpha } = model;
  if (![r, alpha, model.a, model.b].every((x) => x > 1e-4 && x < 1e5)) return -Infinity;
  const most = summaries.reduce((max, { repeats }) => Math.max(max, repeats), 0);
  const rises: number[] = [0];
  for (let i = 0; i < most; i += 1) rises.push((rises[i] ?? 0) + Math.log(r + i));
  const chances = stayingAndLeaving(model, most);
  let total = 0;
  for (const { repeats, last, age } of summaries) {
    const { stayed = 0, left = 0 } = chances[repeats] ?? {};
    const alive = stayed - (r + repeats) * Math.log(alpha + age);
    const gone = left - (r + repeats) * Math.log(alpha + last);
    const more = Math.max(alive, gone);
    total += (rises[repeats] ?? 0) + r * Math.log(alpha) + more + Math.log1p(Math.exp(-Math.abs(alive - gone)));
  }
  return total;
}

/** By repeat orders, the logarithms of the chances to have stayed after each order, and to have left after the last. */
function stayingAndLeaving({ a, b }: MbgNbd, most: number): { readonly stayed: number; readonly left: number }[] {
  const chances: { readonly stayed: number; readonly left: number }[] = [];
  let before = 0;
  for (let x = 0; x <= most; x += 1) {
    chances.push({ stayed: before + Math.log((b + x) / (a + b + x)), left: before + Math.log(a / (a + b + x)) });
    before += Math.log((b + x) / (a + b + x));
  }
  return chances;
}

/** The chance that a customer with these orders and this silence orders nothing in the next days. */
export function mbgEmptyChance(
  { r, alpha, a, b }: MbgNbd,
  { repeats, last }: Pick<Summary, "repeats" | "last">,
  silentDays: number,
  days: number,
): number {
  const age = last + silentDays;
  const left = (a / (b + repeats)) * ((alpha + age) / (alpha + last)) ** (r + repeats);
  const alive = 1 / (1 + left);
  return 1 - alive * (1 - ((alpha + age) / (alpha + age + days)) ** (r + repeats));
}
