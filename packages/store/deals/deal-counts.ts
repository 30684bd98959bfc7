import type { Deal } from "@regulars/core/deals/deal";
import { type ReasonId, type StatusId, reasonIdSchema, statusIdSchema } from "@regulars/core/platform/ids";
import type { DealCount } from "@regulars/core/boards/board-store";
import {
  type Currency,
  type Minor,
  type UserId,
  currencySchema,
  minorSchema,
  userIdSchema,
} from "@regulars/core/platform/values";
import { EVERYBODY, type Key, NOBODY } from "../engine/key.ts";
import type { Keys } from "../keys.ts";
import type { TransactWrite, StoredItem } from "../engine/operations.ts";
import type { WireItem } from "../engine/wire.ts";

/** Where and as how much a deal counts. */
export interface CounterChange {
  readonly managerId: UserId | undefined;
  readonly count: string;
  readonly sum: string;
  readonly amount: number;
}

/** A deal, or its row, as a counter sees it. */
interface Countable {
  readonly managerId?: UserId | undefined;
  readonly statusId: StatusId;
  readonly reasonId?: ReasonId | undefined;
  readonly currency: Currency;
  readonly amountMinor: Minor;
}

/** Attributes are `n:<status>` and `m:<status>:<currency>`, of deals lost for a reason `n:<status>:<reason>` and so on. */
export function counterChangeOf({ managerId, statusId, reasonId, currency, amountMinor }: Countable): CounterChange {
  const place = reasonId === undefined ? statusId : `${statusId}:${reasonId}`;
  return { managerId, count: `n:${place}`, sum: `m:${place}:${currency}`, amount: amountMinor };
}

/** Changes of one row of counters, gathered. */
export class CounterUpdate {
  readonly #by = new Map<string, number>();

  add({ count, sum, amount }: CounterChange, sign: 1 | -1): void {
    this.#by.set(count, (this.#by.get(count) ?? 0) + sign);
    this.#by.set(sum, (this.#by.get(sum) ?? 0) + sign * amount);
  }

  /** One update, or none where nothing changes. */
  writes(key: Key): TransactWrite[] {
    const changes = [...this.#by].filter(([, change]) => change !== 0);
    if (changes.length === 0) return [];
    return [
      {
        Update: {
          Key: key,
          UpdateExpression: `ADD ${changes.map((_, i) => `#a${i} :a${i}`).join(", ")}`,
          ExpressionAttributeNames: Object.fromEntries(changes.map(([name], i) => [`#a${i}`, name])),
          ExpressionAttributeValues: Object.fromEntries(changes.map(([, change], i) => [`:a${i}`, change])),
        },
      },
    ];
  }
}

/** Changes of a plan's counts, gathered: one update for each manager that is concerned. */
export class CounterDelta {
  readonly #rows = new Map<string, { userId: UserId | undefined; row: CounterUpdate }>();

  /** A deal that was counted before, or not yet, and is counted afterwards, or no more. */
  change(before: Deal | undefined, after: Deal | undefined): void {
    if (before !== undefined) this.#add(before, -1);
    if (after !== undefined) this.#add(after, 1);
  }

  /** A removed deal counts nowhere. */
  #add({ closing, removedAt, ...deal }: Deal, sign: 1 | -1): void {
    if (removedAt !== undefined) return;
    const counted = counterChangeOf({ ...deal, reasonId: closing?.reasonId });
    const name = counted.managerId ?? NOBODY;
    const known = this.#rows.get(name) ?? { userId: counted.managerId, row: new CounterUpdate() };
    known.row.add(counted, sign);
    this.#rows.set(name, known);
  }

  writes(keys: Keys, planId: Deal["planId"]): TransactWrite[] {
    return [...this.#rows.values()].flatMap(({ userId, row }) => row.writes(keys.dealCount(planId, userId)));
  }
}

/** A row as one count for each status and reason; `manager` is a manager's id, or the sign of nobody or everybody. */
export function dealCountsOf(item: StoredItem, manager: string): DealCount[] {
  const managerId = manager === NOBODY || manager === EVERYBODY ? undefined : userIdSchema.parse(manager);
  const sums = new Map<string, Record<Currency, Minor>>();
  for (const [name, sum] of Object.entries(item)) {
    if (!name.startsWith("m:") || sum === 0) continue;
    const place = name.slice(2, -4);
    const known = sums.get(place) ?? {};
    known[currencySchema.parse(name.slice(-3))] = minorSchema.parse(sum);
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

/** Rows of counters, a manager's many days say, added up as they come over the wire. */
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
