import { type DayNumber, customerIdSchema, dayNumber } from "../platform/values.ts";
import type { CustomerLog } from "./customer-log.ts";
import { seeded } from "../platform/random.ts";

/** Options for generated regular customers, about whom the truth is known. */
interface GeneratorOptions {
  readonly seed: number;
  readonly customers: number;
  readonly from: DayNumber;
  readonly days: number;
  /** Share of the customers that leave, at some time in the middle third. */
  readonly leavingShare: number;
  /** Share of the regularly bought items that a customer stops ordering while it orders others. */
  readonly droppedShare: number;
}

/**
 * Two years of business customers: weekly to monthly orders, at steady to irregular intervals, each with a dozen usual
 * items.
 */
export const usualGenerator = (seed: number): GeneratorOptions => ({
  seed,
  customers: 400,
  from: dayNumber(20_000),
  days: 730,
  leavingShare: 0.15,
  droppedShare: 0.08,
});

/**
 * Intervals are gamma distributed, with a mean between 5 and 30 days and a standard deviation of 30 to 80 % of the
 * mean.
 */
const GAP_DAYS = { least: 5, most: 30 };
const SPREAD = { least: 0.3, most: 0.8 };
const ITEMS = 12;
/** An item is in one of 1 to 6 orders, at random; one in seven items is in nearly every order. */
const ITEM_SHARE = { least: 0.15, most: 0.95 };

/** Generates customers; the same options give the same customers. */
export function generateLogs(options: GeneratorOptions): readonly CustomerLog[] {
  return Array.from({ length: options.customers }, (_, i) => generateLog(options, i));
}

function generateLog({ seed, from, days, leavingShare, droppedShare }: GeneratorOptions, nth: number): CustomerLog {
  const random = seeded(seed * 100_003 + nth * 7_919 + 1);
  const between = ({ least, most }: { least: number; most: number }): number => least + random() * (most - least);
  const to = from + days - 1;
  const middle = (): number => from + Math.floor(days * (1 / 3 + random() / 3));
  const [meanGap, spread] = [between(GAP_DAYS), between(SPREAD)];
  const leftOn = random() < leavingShare ? middle() : undefined;
  const items = Array.from({ length: ITEMS }, (_, item) => ({
    item,
    share: between(ITEM_SHARE),
    droppedOn: random() < droppedShare ? middle() : undefined,
  }));
  const orderDays: number[] = [];
  const bought = new Map<number, number[]>(items.map(({ item }) => [item, []]));
  const last = Math.min(to, (leftOn ?? to + 1) - 1);
  for (let on = from + Math.floor(random() * meanGap); on <= last; on += gapOf(random, meanGap, spread)) {
    orderDays.push(on);
    for (const { item, share, droppedOn } of items)
      if (random() < share && (droppedOn === undefined || on < droppedOn)) bought.get(item)?.push(on);
  }
  return {
    customerId: customerIdSchema.parse(`made-${String(nth).padStart(5, "0")}`),
    orderDays,
    netMinor: orderDays.map(() => 10_000),
    items: bought,
    source: { leftOn, droppedOn: droppedItems(items, leftOn) },
  };
}

/** Items of a customer that left earlier are lost with the customer, and are not counted. */
function droppedItems(
  items: readonly { readonly item: number; readonly droppedOn: number | undefined }[],
  leftOn: number | undefined,
): Map<number, number> {
  return new Map(
    items.flatMap(({ item, droppedOn }) =>
      droppedOn === undefined || (leftOn !== undefined && leftOn <= droppedOn) ? [] : [[item, droppedOn] as const],
    ),
  );
}

/**
 * A gap in whole days, at least one, from a gamma distribution with this mean, and this standard deviation as a share
 * of the mean.
 */
function gapOf(random: () => number, meanGap: number, spread: number): number {
  const shape = 1 / spread ** 2;
  return Math.max(1, Math.round((gamma(random, shape) * meanGap) / shape));
}

/** A gamma variate with a shape of at least 1 (Marsaglia and Tsang). */
function gamma(random: () => number, shape: number): number {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normal(random);
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(Math.max(random(), 1e-300)) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

const normal = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(Math.max(random(), 1e-300))) * Math.cos(2 * Math.PI * random());
