import { rowAs } from "@regulars/core/platform/unreadable-row";
import { localDay } from "@regulars/core/platform/period";
import type { BoardRow } from "@regulars/core/boards/board-row";
import { type DealId, type PlanId, type ReasonId, dealIdSchema, statusIdSchema } from "@regulars/core/platform/ids";
import type { ColumnPage, DaySpan, DealCount, ReasonPlace } from "@regulars/core/boards/board-store";
import { type UserId, userIdSchema } from "@regulars/core/platform/values";
import * as z from "zod";
import { EVERYBODY, type Key, keyOfManager } from "../engine/key.ts";
import type { Keys } from "../keys.ts";
import type { Operations } from "../engine/operations.ts";
import type { TransactWrite } from "../engine/transact-write.ts";
import { wirePages } from "../engine/wire.ts";
import { columnRange } from "../deals/column-range.ts";
import { type CounterChange, CounterUpdate, CounterSum, counterChangeOf } from "../deals/deal-counts.ts";

const placeSchema = z.object({
  sk: z.string(),
  dealId: dealIdSchema,
  statusId: statusIdSchema,
  managerId: userIdSchema.optional(),
});

/** A deal's row before and after a change; `undefined` where the board does not have the deal. */
export interface RowChange {
  readonly dealId: DealId;
  readonly before?: BoardRow | undefined;
  readonly after?: BoardRow | undefined;
}

/**
 * Board counters that are updated with each change of a block: how many deals of a sales plan were created on each
 * local day, and which were lost for each reason. Their writes must be in the transaction that writes the block.
 */
export class BoardCounters {
  readonly #operations: Operations;
  readonly #keys: Keys;
  readonly #zone: string;

  constructor(operations: Operations, keys: Keys, zone: string) {
    this.#operations = operations;
    this.#keys = keys;
    this.#zone = zone;
  }

  writes(planId: PlanId, changes: readonly RowChange[]): TransactWrite[] {
    const rows = new Map<string, { key: Key; row: CounterUpdate }>();
    const add = (one: BoardRow | undefined, sign: 1 | -1): void => {
      if (one === undefined) return;
      const counted: CounterChange = counterChangeOf(one);
      const day = localDay(one.createdAt, this.#zone);
      for (const manager of [keyOfManager(counted.managerId), EVERYBODY]) {
        const key = this.#keys.dealDay(planId, manager, day);
        const known = rows.get(key.sk) ?? { key, row: new CounterUpdate() };
        known.row.add(counted, sign);
        rows.set(key.sk, known);
      }
    };
    const places = changes.flatMap(({ before, after }) => {
      add(before, -1);
      add(after, 1);
      return this.#reasonWrites(planId, before, after);
    });
    return [...places, ...[...rows.values()].flatMap(({ key, row }) => row.writes(key))];
  }

  #reasonWrites(planId: PlanId, before: BoardRow | undefined, after: BoardRow | undefined): TransactWrite[] {
    const keyOf = ({ reasonId, createdAt, dealId }: BoardRow): Key | undefined =>
      reasonId === undefined ? undefined : this.#keys.reasonDeal(planId, reasonId, createdAt, dealId);
    const [gone, there] = [before, after].map((row) => (row === undefined ? undefined : keyOf(row)));
    const writes: TransactWrite[] = [];
    if (gone !== undefined && gone.pk !== there?.pk) writes.push({ Delete: { Key: gone } });
    if (there !== undefined && after !== undefined) {
      const { dealId, statusId, managerId } = after;
      const isSame = gone?.pk === there.pk && before?.statusId === statusId && before?.managerId === managerId;
      if (!isSame) writes.push({ Put: { Item: { ...there, dealId, statusId, managerId } } });
    }
    return writes;
  }

  /**
   * Numbers and sums of the deals created on these days, both included: of the given managers (one may be "no
   * manager"), or of all deals.
   */
  async counts(
    planId: PlanId,
    { from, to }: DaySpan,
    managers: readonly (UserId | null)[] | undefined,
  ): Promise<DealCount[]> {
    const manager = managers?.map((managerId) => keyOfManager(managerId ?? undefined)) ?? [EVERYBODY];
    const closingCount = new CounterSum();
    await Promise.all(
      manager.map(async (one) => {
        const [low, high] = [from, to].map((day) => this.#keys.dealDay(planId, one, day).sk);
        const input = {
          KeyConditionExpression: "pk = :days AND sk BETWEEN :low AND :high",
          ExpressionAttributeValues: {
            ":days": { S: this.#keys.dealDays(planId) },
            ":low": { S: low ?? "" },
            ":high": { S: high ?? "" },
          },
          ConsistentRead: true,
        };
        for await (const items of wirePages(this.#operations.table, input, this.#operations.usage))
          for (const item of items) closingCount.add(item, one);
      }),
    );
    return closingCount.counts();
  }

  /** A page of the deals that were lost for a reason, ordered by creation time. */
  async places(planId: PlanId, reasonId: ReasonId, page: ColumnPage): Promise<ReasonPlace[]> {
    const places: ReasonPlace[] = [];
    const range = columnRange(page);
    if (range === undefined) return places;
    for await (const item of this.#operations.query({
      KeyConditionExpression: "pk = :reason AND sk BETWEEN :low AND :high",
      ExpressionAttributeValues: { ":reason": this.#keys.reasonDeals(planId, reasonId), ...range },
      ScanIndexForward: page.isAscending,
      ConsistentRead: true,
      Limit: page.limit + 1,
    })) {
      const { sk: place, ...rest } = rowAs(placeSchema, item);
      if (place !== page.after) places.push({ place, ...rest });
      if (places.length === page.limit) break;
    }
    return places;
  }
}
