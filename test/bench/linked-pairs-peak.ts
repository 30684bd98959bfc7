import { countPairs } from "@regulars/core/code-red/pairs";
import { Purchases } from "@regulars/core/code-red/purchases";
import { seeded } from "@regulars/core/platform/random";
import { dayNumber, itemIdSchema } from "@regulars/core/platform/values";
import type { ItemInfo } from "@regulars/core/snapshots/history";
import { peakBytes } from "../fixtures/peak-memory.mjs";

/** Counts the pairs of a tenant of 20,000 items in a process of its own, and prints its peak memory. */
const ITEMS = 20_000;
const CUSTOMERS = 10_000;
const ORDERS = 20;
const LINES = 5;
const USUAL_ITEMS = 25;
const COMMON = 16;
const GROUP = 40;
const MIN_JOINT = 10;
const UNTIL = 20_772;

const cards: readonly ItemInfo[] = Array.from({ length: ITEMS }, (_, number) => ({
  itemId: itemIdSchema.parse(`I${number}`),
  isGoods: true,
}));
const [unknownItem] = cards;

function itemOf(number: number): ItemInfo {
  const card = cards[number] ?? unknownItem;
  if (card === undefined) throw new Error("there are no items");
  return card;
}

const random = seeded(31);
const lineCount = ORDERS * LINES;
/** The same arrays for each customer, as a reader has them. */
const documents = {
  count: ORDERS,
  day: Int32Array.from({ length: ORDERS }, (_, d) => UNTIL - 18 * (ORDERS - 1 - d)),
  isCredit: new Uint8Array(ORDERS),
  firstLine: Int32Array.from({ length: ORDERS + 1 }, (_, d) => d * LINES),
  ids: [],
  item: new Int32Array(lineCount),
  quantity: new Float64Array(lineCount).fill(1),
  netMinor: new Float64Array(lineCount).fill(100),
  costMinor: new Float64Array(lineCount).fill(Number.NaN),
};

/** Forty customers each have 16 items in common, and 9 more are one's own: nearly all items are in enough orders. */
function buy(customer: number): void {
  const group = seeded(1 + Math.floor(customer / GROUP));
  const usual = Array.from({ length: USUAL_ITEMS }, (_, i) => Math.floor((i < COMMON ? group() : random()) * ITEMS));
  for (let l = 0; l < lineCount; l += 1) documents.item[l] = usual[Math.floor(random() * usual.length)] ?? 0;
}

const year = { from: dayNumber(UNTIL - 364), to: dayNumber(UNTIL) };
const purchases = new Purchases(year, { from: dayNumber(1), to: dayNumber(0) });
for (let customer = 0; customer < CUSTOMERS; customer += 1) {
  buy(customer);
  purchases.add({ documents, itemOf, orderDays: new Int32Array() });
}
let pairs = 0;
const started = process.cpuUsage();
for (const { joint } of countPairs(purchases.baskets(), MIN_JOINT)) if (joint >= MIN_JOINT) pairs += 1;
const { user, system } = process.cpuUsage(started);
console.log(JSON.stringify({ pairs, cpuMs: (user + system) / 1_000, peakMb: peakBytes() / 1_048_576 }));
