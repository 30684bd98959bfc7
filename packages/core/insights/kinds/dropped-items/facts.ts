import * as z from "zod";
import { heldSince, lastMonthOn } from "../../../code-red/last-month.ts";
import { lastDocuments } from "../../../code-red/documents-with.ts";
import { type ItemRow, comparedItems } from "../../../code-red/items.ts";
import { type Comparison, comparisonOn } from "../../../code-red/periods.ts";
import { type CodeRedSettings, columnMonths } from "../../../code-red/settings.ts";
import { addDays } from "../../../platform/period.ts";
import { type Day, daySchema, itemIdSchema, toDay, toDayNumber } from "../../../platform/values.ts";
import type { History } from "../../../snapshots/history.ts";
import type { Detection } from "../../define.ts";

export const factsSchema = z.object({
  itemId: itemIdSchema,
  since: daySchema,
  lastMonth: z.string(),
  months: z.literal(columnMonths),
  seasonal: z.boolean(),
  percent: z.int(),
  minInvoices: z.int(),
  currentFrom: daySchema,
  currentTo: daySchema,
  previousFrom: daySchema,
  previousTo: daySchema,
  quantity: z.number(),
  quantityBefore: z.number(),
  /** Order days with the item, and all of the customer. */
  orders: z.int(),
  ordersBefore: z.int(),
  allOrders: z.int(),
  allOrdersBefore: z.int(),
  chance: z.number(),
  chanceLimit: z.number(),
  itemsCompared: z.int(),
  valueMinor: z.number(),
  valueBeforeMinor: z.number(),
  lastOrderOn: daySchema,
  /** No other customer buys the item any more (docs/reference/insights.md 2.3, "Nobody buys it"). */
  unwanted: z.literal(true).optional(),
  documents: z.array(z.string()),
});
export type Facts = z.infer<typeof factsSchema>;

/** Items whose share of the customer's own orders fell; `undefined` while no item can be compared. */
export function detect(
  history: History,
  asOf: Day,
  settings: CodeRedSettings,
): readonly Detection<Facts>[] | undefined {
  const items = comparisonOf(asOf, settings, history);
  const rows = comparedItems(history, { items, settings });
  if (rows.length === 0) return undefined;
  return rows.filter(({ isConfirmed }) => isConfirmed).flatMap((row) => detectionOf(history, asOf, settings, row));
}

/** Complete months, whichever mode the settings have. */
const comparisonOf = (asOf: Day, settings: CodeRedSettings, { closures }: History): Comparison =>
  comparisonOn(asOf, settings.itemMonths, { ...settings, mode: "completeMonths" }, closures);

function detectionOf(history: History, asOf: Day, settings: CodeRedSettings, row: ItemRow): Detection<Facts>[] {
  const { current, previous, months } = comparisonOf(asOf, settings, history);
  const { itemId, test, lastOrderOn } = row;
  if (test === undefined || lastOrderOn === undefined) return [];
  const facts: Facts = {
    itemId,
    since: sinceDay(history, asOf, settings, row),
    lastMonth: lastMonthOn(asOf, settings.closeDays).month,
    months,
    seasonal: settings.seasonal,
    percent: settings.percent,
    minInvoices: settings.minInvoices,
    currentFrom: toDay(current.from),
    currentTo: toDay(current.to),
    previousFrom: toDay(previous.from),
    previousTo: toDay(previous.to),
    quantity: row.current,
    quantityBefore: row.previous,
    orders: row.ordersCurrent,
    ordersBefore: row.ordersPrevious,
    allOrders: test.allCurrent,
    allOrdersBefore: test.allPrevious,
    chance: test.chance,
    chanceLimit: test.limit,
    itemsCompared: test.compared,
    valueMinor: row.currentMinor,
    valueBeforeMinor: row.previousMinor,
    lastOrderOn,
    documents: lastDocuments(history, { from: previous.from, to: current.to }, [itemId]),
  };
  return [{ subject: { type: "item", id: itemId }, episode: facts.since, facts }];
}

/** Since when it is found: an item that was out of stock in between, only since it can be had again. */
function sinceDay(history: History, asOf: Day, settings: CodeRedSettings, { itemId }: ItemRow): Day {
  const holdsOn = (on: Day): boolean => {
    const past = { ...history, asOf: toDayNumber(on) };
    const rows = comparedItems(past, { items: comparisonOf(on, settings, history), settings });
    return rows.some((row) => row.itemId === itemId && row.isConfirmed);
  };
  const since = heldSince(asOf, settings.closeDays, holdsOn);
  const outUntil = outOfStockTo(history, itemId);
  return outUntil !== undefined && outUntil >= since && outUntil < asOf && !holdsOn(outUntil)
    ? addDays(outUntil, 1)
    : since;
}

function outOfStockTo({ documents, itemOf }: History, itemId: string): Day | undefined {
  for (let d = documents.count - 1; d >= 0; d -= 1)
    for (let l = documents.firstLine[d] ?? 0; l < (documents.firstLine[d + 1] ?? 0); l += 1) {
      const card = itemOf(documents.item[l] ?? -1);
      if (card.itemId === itemId) return card.outOfStockTo;
    }
  return undefined;
}
