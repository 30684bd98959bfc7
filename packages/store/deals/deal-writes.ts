import { type ClosedOutcome, type Deal, type LogEntry, isOpenDeal } from "@regulars/core/deals/deal";
import { closingPlace } from "@regulars/core/deals/closing-span";
import type { IdempotencyRecordKey, NewIdempotencyRecord } from "@regulars/core/deals/idempotency-record";
import { closingCountOf } from "@regulars/core/deals/closing-count";
import { textHash } from "../engine/content-hash.ts";
import type { Key } from "../engine/key.ts";
import type { Keys } from "../keys.ts";
import { countedPlace } from "./closing-counts.ts";
import { type Condition, type StoredItem, mustBeNew } from "../engine/own-write.ts";
import type { TransactWrite } from "../engine/transact-write.ts";

/**
 * A deal's item, with its place in the column of its status and of its manager. A removed deal is in no column, but
 * among the removed ones of its plan. Both indexes are of the deal's own item: a move is one put, however many columns
 * it changes.
 */
export function dealItem(keys: Keys, deal: Deal): Key & StoredItem {
  const { dealId, planId, statusId, managerId, createdAt, removedAt } = deal;
  const place = `${createdAt}#${dealId}`;
  const column = {
    g1p: keys.dealColumn(planId, statusId),
    g1s: place,
    g2p: keys.managerColumn(planId, statusId, managerId),
    g2s: place,
  };
  const removed = { g1p: keys.removedDeals(planId), g1s: place };
  return { ...keys.deal(dealId), ...deal, ...(removedAt === undefined ? column : removed) };
}

export const putDeal = (keys: Keys, deal: Deal, condition: Condition = {}): TransactWrite => ({
  Put: { Item: dealItem(keys, deal), ...condition },
});

/** Holds if the deal has not changed since it was read. */
export const unchanged = (version: number): Condition => ({
  ConditionExpression: "version = :before",
  ExpressionAttributeValues: { ":before": version },
});

export const putLog = (keys: Keys, entry: LogEntry, mark: StoredItem = {}): TransactWrite => ({
  Put: { Item: { ...keys.dealLog(entry.dealId, entry.version), ...entry, ...mark }, ...mustBeNew },
});

export const putClosing = (keys: Keys, closing: ClosedOutcome): TransactWrite => ({
  Put: {
    Item: {
      ...keys.closing(closing.dealId, closing.version),
      ...closing,
      g1p: keys.planClosings(closing.planId),
      g1s: closingPlace(closing),
      g2p: countedPlace(keys, closingCountOf(closing)),
      g2s: closingPlace(closing),
    },
  },
});

/**
 * Writes an idempotency record. An expired one is replaced, because the time to live of the table deletes late
 * (docs/reference/sales-plans.md 7).
 */
export function putIdempotencyRecord(
  keys: Keys,
  { key, ...idempotencyRecord }: NewIdempotencyRecord,
  now: string,
): TransactWrite {
  return {
    Put: {
      Item: { ...idempotencyRecordKey(keys, key), ...idempotencyRecord },
      ConditionExpression: "attribute_not_exists(pk) OR expiresAt <= :now",
      ExpressionAttributeValues: { ":now": Math.floor(Date.parse(now) / 1000) },
    },
  };
}

export const idempotencyRecordKey = (keys: Keys, { scope, key }: IdempotencyRecordKey): Key =>
  keys.idempotencyRecord(textHash(`${scope}\n${key}`));

/**
 * Updates the contact's rows of open and closed deals after a change. A contact has one open deal per sales plan,
 * unless an extra one was requested.
 */
export function personWrites(keys: Keys, before: Deal | undefined, after: Deal): TransactWrite[] {
  const { personId, planId, dealId, isExtra } = after;
  const openKey = keys.openDeal(personId, planId, isExtra ? dealId : undefined);
  const writes: TransactWrite[] = [];
  const wasOpen = before !== undefined && isOpenDeal(before);
  if (isOpenDeal(after) && !wasOpen) writes.push({ Put: { Item: { ...openKey, dealId }, ...mustBeNew } });
  if (!isOpenDeal(after) && wasOpen) writes.push({ Delete: { Key: openKey } });
  if (before?.closing !== undefined && after.closing === undefined)
    writes.push({ Delete: { Key: keys.closedDeal(personId, before.closing.at, dealId) } });
  // A manager who closes a deal, or is given a closed one, had contact with its person.
  const isNewForManager = before?.closing === undefined || before.managerId !== after.managerId;
  if (after.closing !== undefined && isNewForManager && after.managerId !== undefined)
    writes.push({
      Put: { Item: { ...keys.closedDeal(personId, after.closing.at, dealId), dealId, managerId: after.managerId } },
    });
  return writes;
}
