import { randomUUID } from "node:crypto";
import type { Deal } from "@regulars/core/deals/deal";
import { type ReasonId, type StatusId, reasonIdSchema, statusIdSchema } from "@regulars/core/platform/ids";
import type { DealCount } from "@regulars/core/boards/board-store";
import { type Currency, type Minor, type UserId, currencySchema, minorSum } from "@regulars/core/platform/values";
import { type Key, keyOfManager, managerOfKey } from "../engine/key.ts";
import type { Keys } from "../keys.ts";
import type { StoredItem } from "../engine/own-write.ts";
import type { TransactWrite } from "../engine/transact-write.ts";
import type { WireItem } from "../engine/wire.ts";

/** The counters and the amount that a deal is counted with. */
export interface CounterChange {
  readonly managerId: UserId | undefined;
  readonly count: string;
  readonly sum: string;
  readonly amount: number;
}

/** A deal or its board row, as far as counters need it. */
interface Countable {
  readonly managerId?: UserId | undefined;
  readonly statusId: StatusId;
  readonly reasonId?: ReasonId | undefined;
  readonly currency: Currency;
  readonly amountMinor: Minor;
}

/**
 * Attributes: `n:<status>` (number) and `m:<status>:<currency>` (sum). For deals lost for a reason:
 * `n:<status>:<reason>` and `m:<status>:<reason>:<currency>`.
 */
export function counterChangeOf({ managerId, statusId, reasonId, currency, amountMinor }: Countable): CounterChange {
  const place = reasonId === undefined ? statusId : `${statusId}:${reasonId}`;
  return { managerId, count: `n:${place}`, sum: `m:${place}:${currency}`, amount: amountMinor };
}

const adding = (changes: readonly (readonly [string, number])[]) => ({
  UpdateExpression: `ADD ${changes.map((_, i) => `#a${i} :a${i}`).join(", ")}`,
  ExpressionAttributeNames: Object.fromEntries(changes.map(([name], i) => [`#a${i}`, name])),
  ExpressionAttributeValues: Object.fromEntries(changes.map(([, change], i) => [`:a${i}`, change])),
});

/** Collects changes of one row of counters. */
export class CounterUpdate {
  readonly #by = new Map<string, number>();

  add({ count, sum, amount }: CounterChange, sign: 1 | -1): void {
    this.#by.set(count, (this.#by.get(count) ?? 0) + sign);
    this.#by.set(sum, (this.#by.get(sum) ?? 0) + sign * amount);
  }

  /** One update, or none if nothing changes. */
  writes(key: Key): TransactWrite[] {
    const changes = [...this.#by].filter(([, change]) => change !== 0);
    return changes.length === 0 ? [] : [{ Update: { Key: key, ...adding(changes) } }];
  }

  /** One update that counts itself. */
  countedWrite(key: Key): TransactWrite {
    const changes = [...this.#by].filter(([, change]) => change !== 0);
    const { UpdateExpression, ExpressionAttributeValues, ...names } = adding([...changes, ["v", 1]]);
    return {
      Update: {
        Key: key,
        UpdateExpression: `SET b = if_not_exists(b, :generation) ${UpdateExpression}`,
        ExpressionAttributeValues: { ...ExpressionAttributeValues, ":generation": randomUUID() },
        ...names,
      },
    };
  }
}

/**
 * Collects changes of the counters of a sales plan: one update for each manager, also where no number changes. Its
 * attribute `v` counts the changes of the manager's deals since the row was made, which `b` names.
 */
export class CounterDelta {
  readonly #rows = new Map<string, { userId: UserId | undefined; row: CounterUpdate }>();

  /** Moves a deal from the counters of `before` to those of `after`; `undefined` is not counted. */
  change(before: Deal | undefined, after: Deal | undefined): void {
    if (before !== undefined) this.#add(before, -1);
    if (after !== undefined) this.#add(after, 1);
  }

  /** Removed deals are not counted. */
  #add({ closing, removedAt, ...deal }: Deal, sign: 1 | -1): void {
    if (removedAt !== undefined) return;
    const counted = counterChangeOf({ ...deal, reasonId: closing?.reasonId });
    const name = keyOfManager(counted.managerId);
    const known = this.#rows.get(name) ?? { userId: counted.managerId, row: new CounterUpdate() };
    known.row.add(counted, sign);
    this.#rows.set(name, known);
  }

  writes(keys: Keys, planId: Deal["planId"]): TransactWrite[] {
    return [...this.#rows.values()].map(({ userId, row }) => row.countedWrite(keys.dealCount(planId, userId)));
  }
}

/**
 * Splits a row into one count for each status and reason. `manager` is a user id, or the sign for no manager or for all
 * deals.
 */
export function dealCountsOf(item: StoredItem, manager: string): DealCount[] {
  const managerId = managerOfKey(manager);
  const sums = new Map<string, Record<Currency, Minor>>();
  for (const [name, sum] of Object.entries(item)) {
    if (!name.startsWith("m:") || sum === 0) continue;
    const place = name.slice(2, -4);
    const known = sums.get(place) ?? {};
    known[currencySchema.parse(name.slice(-3))] = minorSum(Number(sum));
    sums.set(place, known);
  }
  return Object.entries(item).flatMap(([name, count]) => {
    if (!name.startsWith("n:") || count === 0) return [];
    const [status, reason] = name.slice(2).split(":");
    return {
      managerId,
      statusId: statusIdSchema.parse(status),
      ...(reason === undefined ? {} : { reasonId: reasonIdSchema.parse(reason) }),
      count: Number(count),
      sums: sums.get(name.slice(2)) ?? {},
    };
  });
}

/** Number of deals of a row of counters in the given statuses. */
export function openDealsIn(item: StoredItem | undefined, openStatuses: ReadonlySet<StatusId>): number {
  let open = 0;
  for (const statusId of openStatuses) open += Number(item?.[`n:${statusId}`] ?? 0);
  return open;
}

/** Adds up rows of counters, for example the days of a manager, straight from the wire format. */
export class CounterSum {
  /** By manager, then by attribute. */
  readonly #managers = new Map<string, Map<string, number>>();

  add(item: WireItem, manager: string): void {
    const known = this.#managers.get(manager) ?? new Map<string, number>();
    for (const [name, value] of Object.entries(item))
      if (name.startsWith("n:") || name.startsWith("m:")) known.set(name, (known.get(name) ?? 0) + Number(value.N));
    this.#managers.set(manager, known);
  }

  counts(): DealCount[] {
    return [...this.#managers].flatMap(([manager, by]) => dealCountsOf(Object.fromEntries(by), manager));
  }
}
