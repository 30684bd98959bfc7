import { comparedColumns } from "@regulars/core/code-red/columns";
import { customerValues, netOf } from "@regulars/core/code-red/customer-values";
import { comparedItems } from "@regulars/core/code-red/items";
import { countPairs } from "@regulars/core/code-red/pairs";
import { Purchases } from "@regulars/core/code-red/purchases";
import { churnRisk } from "@regulars/core/insights/kinds/churn-risk/index";
import { lostItems } from "@regulars/core/insights/kinds/lost-items/index";
import { dayNumber, currencySchema, customerIdSchema, itemIdSchema } from "@regulars/core/platform/values";
import type { History, ItemInfo } from "@regulars/core/snapshots/history";
import { collectOrderDays } from "@regulars/core/snapshots/order-days";
import { FIRST_CHARGE, ITEM_NUMBERS, type MadeCustomer } from "./lines.ts";
import {
  type Answers,
  Field,
  LIGHTS,
  MIN_JOINT,
  WIDTH,
  addTo,
  asOf,
  asOfDay,
  lostRule,
  noAnswers,
  pairPeriod,
  plan,
  settings,
  sortedPairs,
} from "./question.ts";

const EUR = currencySchema.parse("EUR");
const churn = churnRisk.configure({});
const lost = lostItems.configure({ ...lostRule, gate: "rule" });
const NO_WINDOW = { from: dayNumber(1), to: dayNumber(0) };

const cards: readonly ItemInfo[] = Array.from({ length: ITEM_NUMBERS }, (_, number) => ({
  itemId: itemIdSchema.parse(`I${number}`),
  isGoods: number < FIRST_CHARGE,
}));
const [unknownItem] = cards;

const itemOf = (number: number): ItemInfo => {
  const card = cards[number] ?? unknownItem;
  if (card === undefined) throw new Error("there are no items");
  return card;
};
const numberOf = (itemId: string): number => Number(itemId.slice(1));

/** A made-up customer as a reader has them decoded; the order days are left to be computed. */
export const historyOf = ({ customer, documents }: MadeCustomer): History => ({
  customerId: customerIdSchema.parse(`C${customer}`),
  currency: EUR,
  closures: [],
  asOf,
  documents,
  orderDays: new Int32Array(documents.count),
  orderDayCount: 0,
  receivables: [],
  itemOf,
});

/** Answers by the product's own rules, customer by customer. */
export class OurAnswers {
  readonly #customers: Float64Array;
  readonly #purchases = new Purchases(pairPeriod, NO_WINDOW);

  constructor(customers: number) {
    this.#customers = noAnswers(customers);
  }

  add(customer: number, history: History): void {
    const at = customer * WIDTH;
    const answers = this.#customers;
    answers[at + Field.orderDays] = history.orderDayCount;
    answers[at + Field.isSilent] = churn.detect(history, asOfDay)?.length ?? 0;
    const columns = comparedColumns(customerValues(history, plan), plan);
    for (let i = 0; i < columns.length; i += 1) {
      const column = columns[i];
      if (column === undefined) continue;
      answers[at + Field.columns + 3 * i] = netOf(column.current);
      answers[at + Field.columns + 3 * i + 1] = netOf(column.previous);
      answers[at + Field.columns + 3 * i + 2] = LIGHTS.indexOf(column.light.light);
    }
    for (const { subject } of lost.detect(history, asOfDay) ?? []) {
      addTo(answers, customer, Field.lost, 1);
      addTo(answers, customer, Field.lostItems, subject?.type === "item" ? numberOf(subject.id) : 0);
    }
    for (const { isRed, itemId } of comparedItems(history, { items: plan.items, settings })) {
      if (!isRed) continue;
      addTo(answers, customer, Field.red, 1);
      addTo(answers, customer, Field.redItems, numberOf(itemId));
    }
    this.#purchases.add(history);
  }

  answers(): Answers {
    const names = this.#purchases;
    const pairs = Array.from(countPairs(names.baskets(), MIN_JOINT), ({ a, b, joint }): [number, number, number] => [
      numberOf(names.nameOf(a)),
      numberOf(names.nameOf(b)),
      joint,
    ]);
    return { customers: this.#customers, pairs: sortedPairs(pairs) };
  }
}

/** Answers about histories that are in memory, with the order days that a reader collects. */
export function oursInMemory(histories: readonly History[]): Answers {
  const ours = new OurAnswers(histories.length);
  for (let customer = 0; customer < histories.length; customer += 1) {
    const history = histories[customer];
    if (history === undefined) continue;
    const { documents, orderDays } = history;
    const orderDayCount = collectOrderDays(documents, (item) => itemOf(item).isGoods, orderDays);
    ours.add(customer, { ...history, orderDayCount });
  }
  return ours.answers();
}
