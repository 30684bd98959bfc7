import type { History } from "../snapshots/history.ts";
import type { DayNumber, FindingId } from "../platform/values.ts";
import type { EvaluationContext, ConfiguredKind } from "./define.ts";
import { type EvaluatedFinding, reevaluate } from "./evaluate.ts";
import type { Json } from "./finding.ts";

const RECENT_DAYS = 30;
const BEFORE_DAYS = 90;
/** So many other customers make an item one that was wanted. */
const WANTED_BY = 3;

interface Count {
  /** Customers who ordered the item in the last 30 days, and in the 90 before; and the last customer counted in each. */
  recent: number;
  before: number;
  recentBy: number;
  beforeBy: number;
}

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
  readonly #counts = new Map<number, Count>();
  #customers = 0;

  constructor(asOf: DayNumber) {
    this.#asOf = asOf;
  }

  add({ documents }: Pick<History, "documents">): void {
    this.#customers += 1;
    for (
      let d = documents.count - 1;
      d >= 0 && (documents.day[d] ?? 0) > this.#asOf - RECENT_DAYS - BEFORE_DAYS;
      d -= 1
    ) {
      if (documents.isCredit[d] === 1) continue;
      const isRecent = (documents.day[d] ?? 0) > this.#asOf - RECENT_DAYS;
      for (let l = documents.firstLine[d] ?? 0; l < (documents.firstLine[d + 1] ?? 0); l += 1)
        if ((documents.quantity[l] ?? 0) > 0) this.#count(documents.item[l] ?? -1, isRecent);
    }
  }

  /** Adds what was counted of other customers. */
  join(state: DemandState): void {
    for (const [item, recent, before] of state) {
      const count = this.#countOf(item);
      count.recent += recent;
      count.before += before;
    }
  }

  state(): DemandState {
    return [...this.#counts].map(([item, { recent, before }]) => [item, recent, before]);
  }

  #countOf(item: number): Count {
    const count = this.#counts.get(item) ?? { recent: 0, before: 0, recentBy: 0, beforeBy: 0 };
    this.#counts.set(item, count);
    return count;
  }

  #count(item: number, isRecent: boolean): void {
    const count = this.#countOf(item);
    if (isRecent && count.recentBy !== this.#customers) {
      count.recent += 1;
      count.recentBy = this.#customers;
    }
    if (!isRecent && count.beforeBy !== this.#customers) {
      count.before += 1;
      count.beforeBy = this.#customers;
    }
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
    const count = this.#counts.get(item);
    if (count === undefined) return false;
    return count.recent - Number(recent) === 0 && count.before - Number(before) >= WANTED_BY;
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

const isRecord = (facts: Json): facts is { readonly [name: string]: Json | undefined } =>
  typeof facts === "object" && facts !== null && !Array.isArray(facts);
