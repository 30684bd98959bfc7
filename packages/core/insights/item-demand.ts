import { isRecord } from "../platform/is-record.ts";
import type { History } from "../snapshots/history.ts";
import type { DayNumber, FindingId } from "../platform/values.ts";
import type { EvaluationContext, ConfiguredKind } from "./define.ts";
import { type EvaluatedFinding, reevaluate } from "./evaluate.ts";
import type { Json } from "./finding.ts";

const RECENT_DAYS = 30;
const BEFORE_DAYS = 90;
/** So many other customers make an item one that was wanted. */
const WANTED_BY = 3;

/** What a customer ordered of an item that a finding of theirs is about. */
interface OwnOrders {
  readonly item: number;
  readonly recent: boolean;
  readonly before: boolean;
}

/** How many customers ordered each item: its number, in the last 30 days, in the 90 before. */
export type DemandState = readonly (readonly [item: number, recent: number, before: number])[];

/** Findings about items with what the customer ordered of them; kept until all customers are counted. */
export type OwnOrdersOfItems = ReadonlyMap<FindingId, OwnOrders>;

/**
 * How many customers order each item, over one reading of all customers: an item that nobody buys any more is not one
 * customer's loss (docs/reference/insights.md 2.3, "Nobody buys it").
 */
export class ItemDemand {
  readonly #asOf: DayNumber;
  /** By item number: customers who ordered it in the last 30 days, and the last one counted; likewise in the 90 before. */
  readonly #recent = new CustomerCounts();
  readonly #before = new CustomerCounts();
  #customers = 0;

  constructor(asOf: DayNumber) {
    this.#asOf = asOf;
  }

  add({ documents }: Pick<History, "documents">): void {
    this.#customers += 1;
    const { count, day, isCredit, firstLine, item, quantity } = documents;
    const recentAfter = this.#asOf - RECENT_DAYS;
    for (let d = count - 1; d >= 0 && (day[d] ?? 0) > recentAfter - BEFORE_DAYS; d -= 1) {
      if (isCredit[d] === 1) continue;
      const counts = (day[d] ?? 0) > recentAfter ? this.#recent : this.#before;
      const end = firstLine[d + 1] ?? 0;
      for (let l = firstLine[d] ?? 0; l < end; l += 1)
        if ((quantity[l] ?? 0) > 0) counts.add(item[l] ?? 0, this.#customers);
    }
  }

  /** Adds what was counted of other customers. */
  join(state: DemandState): void {
    for (const [item, recent, before] of state) {
      this.#recent.join(item, recent);
      this.#before.join(item, before);
    }
  }

  state(): DemandState {
    const items = [...new Set([...this.#recent.items(), ...this.#before.items()])];
    return items.map((item) => [item, this.#recent.of(item), this.#before.of(item)]);
  }

  /** What the customer of these findings ordered of their items; empty without a finding about an item. */
  ownOrders({ documents, itemOf }: History, findings: readonly EvaluatedFinding[]): OwnOrdersOfItems {
    const byItem = new Map(findings.flatMap(({ subject, id }) => (subject.type === "item" ? [[subject.id, id]] : [])));
    const own = new Map<FindingId, OwnOrders>();
    if (byItem.size === 0) return own;
    for (let d = documents.count - 1; d >= 0; d -= 1) {
      if (documents.isCredit[d] === 1) continue;
      const age = this.#asOf - (documents.day[d] ?? 0);
      for (let l = documents.firstLine[d] ?? 0; l < (documents.firstLine[d + 1] ?? 0); l += 1) {
        const item = documents.item[l] ?? -1;
        const { itemId, isGoods } = itemOf(item);
        const id = byItem.get(itemId);
        if (id === undefined || !isGoods || (documents.quantity[l] ?? 0) <= 0) continue;
        const { recent = false, before = false } = own.get(id) ?? {};
        own.set(id, {
          item,
          recent: recent || age < RECENT_DAYS,
          before: before || (age >= RECENT_DAYS && age < RECENT_DAYS + BEFORE_DAYS),
        });
      }
    }
    return own;
  }

  /** The findings, those about items that no other customer buys any more marked as such. */
  marked(
    findings: readonly EvaluatedFinding[],
    own: OwnOrdersOfItems,
    kinds: readonly ConfiguredKind[],
    context: EvaluationContext,
  ): readonly EvaluatedFinding[] {
    return findings.map((finding) => {
      const orders = own.get(finding.id);
      return orders !== undefined && this.#isUnwanted(orders) ? asUnwanted(finding, kinds, context) : finding;
    });
  }

  #isUnwanted({ item, recent, before }: OwnOrders): boolean {
    return this.#recent.of(item) - Number(recent) === 0 && this.#before.of(item) - Number(before) >= WANTED_BY;
  }
}

/** How many customers ordered each item. */
class CustomerCounts {
  #counts = new Int32Array(4_096);
  #last = new Int32Array(4_096);

  of(item: number): number {
    return this.#counts[item] ?? 0;
  }

  items(): readonly number[] {
    return [...this.#counts.keys()].filter((item) => this.of(item) > 0);
  }

  /** Customers come one after the other, each with a number of its own, above 0. */
  add(item: number, customer: number): void {
    if (item >= this.#counts.length) this.#grow(item * 2);
    if (this.#last[item] === customer) return;
    this.#last[item] = customer;
    this.#counts[item] = (this.#counts[item] ?? 0) + 1;
  }

  /** Adds customers that were counted elsewhere. */
  join(item: number, customers: number): void {
    if (item >= this.#counts.length) this.#grow(item * 2);
    this.#counts[item] = (this.#counts[item] ?? 0) + customers;
  }

  #grow(length: number): void {
    const [counts, last] = [new Int32Array(length), new Int32Array(length)];
    counts.set(this.#counts);
    last.set(this.#last);
    [this.#counts, this.#last] = [counts, last];
  }
}

/** The finding with the fact that nobody buys the item any more. */
export function asUnwanted(
  finding: EvaluatedFinding,
  kinds: readonly ConfiguredKind[],
  context: EvaluationContext,
): EvaluatedFinding {
  const kind = kinds.find(({ id }) => id === finding.kind);
  if (kind === undefined || !isRecord(finding.facts)) return finding;
  return reevaluate({ ...finding, facts: { ...finding.facts, unwanted: true } }, kind, context);
}

/** Whether a stored finding has that fact. */
export const isMarkedUnwanted = (facts: Json | undefined): boolean =>
  facts !== undefined && isRecord(facts) && facts["unwanted"] === true;
