import { BookSums } from "@regulars/core/code-red/book";
import { causeNames } from "@regulars/core/code-red/causes";
import { isConfirmed } from "@regulars/core/code-red/columns";
import { netOf } from "@regulars/core/code-red/customer-values";
import { comparedItems } from "@regulars/core/code-red/items";
import { type CodeRedRow, compareRows, rowOf } from "@regulars/core/code-red/list";
import { type CustomerComparison, compareCustomer } from "@regulars/core/code-red/row";
import { currencySchema, customerIdSchema } from "@regulars/core/platform/values";
import type { Documents, History, ItemInfo } from "@regulars/core/snapshots/history";
import { FIRST_CHARGE, itemIds, links } from "./lines.ts";
import {
  type Answer,
  COLUMN_WIDTH,
  ColumnField,
  Field,
  LIGHTS,
  WIDTH,
  asOf,
  asOfDay,
  noAnswer,
  plan,
} from "./question.ts";

const EUR = currencySchema.parse("EUR");
const cards: readonly ItemInfo[] = itemIds.map((itemId, number) => ({ itemId, isGoods: number < FIRST_CHARGE }));
const numbers = new Map<string, number>(itemIds.map((itemId, number) => [itemId, number]));
const numberOfLink = new Map<string, number>(links.map(({ itemId }, number) => [itemId, number]));

const itemOf = (number: number): ItemInfo => {
  const card = cards[number];
  if (card === undefined) throw new Error(`there is no item ${number}`);
  return card;
};

/** A customer as a nightly run has it decoded. */
export const historyOf = (documents: Documents, customer: number): History => ({
  customerId: customerIdSchema.parse(`C${customer}`),
  currency: EUR,
  closures: [],
  asOf,
  documents,
  orderDays: new Int32Array(),
  orderDayCount: 0,
  receivables: [],
  itemOf,
});

/** The call list as the product computes it of histories in memory. */
export function ourList(histories: readonly History[]): readonly CodeRedRow[] {
  const book = new BookSums();
  const compared: (CustomerComparison | undefined)[] = [];
  for (const history of histories) {
    const one = compareCustomer(history, plan, links, comparedItems);
    compared.push(one);
    if (one !== undefined) book.add(one.columns);
  }
  const sums = book.book();
  const rows: CodeRedRow[] = [];
  for (let customer = 0; customer < histories.length; customer += 1) {
    const [history, one] = [histories[customer], compared[customer]];
    if (history === undefined || one === undefined) continue;
    const given = { customerId: history.customerId, compared: one, stamps: [], lastRecords: {} };
    rows.push(rowOf(given, plan, asOfDay, sums));
  }
  return rows.toSorted(compareRows);
}

/** The list as numbers; not part of what is timed. */
export function answerOf(rows: readonly CodeRedRow[], customers: number): Answer {
  const answer = noAnswer(customers);
  for (const [place, row] of rows.entries()) {
    const at = Number(row.customerId.slice(1)) * WIDTH;
    for (const [i, column] of row.columns.entries()) {
      const own = at + i * COLUMN_WIDTH;
      answer[own + ColumnField.current] = netOf(column.current);
      answer[own + ColumnField.previous] = netOf(column.previous);
      answer[own + ColumnField.light] = LIGHTS.indexOf(column.light.light);
      answer[own + ColumnField.confirmed] = Number(isConfirmed(column));
      answer[own + ColumnField.withMarket] = Number(column.isWithMarket);
      answer[own + ColumnField.beyond] = column.lostBeyondMarket;
      for (const [c, name] of causeNames.entries()) answer[own + ColumnField.causes + c] = column.causes?.[name] ?? 0;
    }
    const red = row.items.filter(({ isRed }) => isRed);
    answer[at + Field.redItems] = red.length;
    answer[at + Field.redItemNumbers] = red.reduce((sum, { itemId }) => sum + (numbers.get(itemId) ?? 0), 0);
    answer[at + Field.confirmedItems] = red.filter(({ isConfirmed: is }) => is).length;
    const redLinks = row.links.filter(({ light }) => light.light === "red");
    answer[at + Field.redLinks] = redLinks.length;
    answer[at + Field.redLinkNumbers] = redLinks.reduce((sum, { itemId }) => sum + (numberOfLink.get(itemId) ?? 0), 0);
    answer[at + Field.place] = place;
  }
  return answer;
}
