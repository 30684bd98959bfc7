import type { AssignmentStore } from "@regulars/core/leads/assignment-store";
import * as z from "zod";
import {
  type Deal,
  type LogEntry,
  addedDeal,
  briefOf,
  closingOf,
  dealSchema,
  isOpenDeal,
  loggedWhenAdded,
} from "@regulars/core/deals/deal";
import type { DealId, PlanId, StatusId } from "@regulars/core/platform/ids";
import type { AssignmentCommit, Lease, UnassignedLead } from "@regulars/core/leads/assignment-store";
import { type QueueEntry, queuedEntrySchema } from "@regulars/core/leads/queued-lead";
import { assignmentStateSchema } from "@regulars/core/assignment/assignment-state";
import { isAwaitingAssignment } from "@regulars/core/assignment/assign-batch";
import type { UserId } from "@regulars/core/platform/values";
import { dealIdSchema } from "@regulars/core/platform/ids";
import { managerOfKey } from "../engine/key.ts";
import type { Keys } from "../keys.ts";
import { type TransactWrite, type Operations, type StoredItem, mustBeNew } from "../engine/operations.ts";
import { DirtyBlocks } from "../deals/dirty-blocks.ts";
import { eventMark } from "../deals/deal-events.ts";
import type { PublishedEvents } from "../engine/published-events.ts";
import { ClosingCounterDelta } from "../deals/closing-counts.ts";
import { CounterDelta } from "../deals/deal-counts.ts";
import { personWrites, putClosing, putDeal, putLog, unchanged } from "../deals/deal-writes.ts";

const leaseSchema = z.object({
  assignmentState: assignmentStateSchema,
  fence: z.int(),
  leaseUntil: z.number(),
  hasUnassigned: z.boolean(),
});
const unassignedSchema = z.object({ sequence: z.int(), dealId: dealIdSchema });

/** What the leads of one commit change together. */
interface Shared {
  readonly counts: CounterDelta;
  readonly dirtyBlocks: DirtyBlocks;
  readonly closings: ClosingCounterDelta;
  /** Whether an active webhook exists. */
  readonly isSubscribed: boolean;
}

/** Sequence numbers, leases, assignment states and the commits of assignment runs. */
export class Assignments implements AssignmentStore {
  readonly #operations: Operations;
  readonly #keys: Keys;
  readonly #events: PublishedEvents;
  readonly #zone: string;

  constructor(operations: Operations, keys: Keys, events: PublishedEvents, zone: string) {
    this.#operations = operations;
    this.#keys = keys;
    this.#events = events;
    this.#zone = zone;
  }

  async reserveSequences(planId: PlanId, count: number): Promise<number> {
    const item = await this.#operations.updateReturning({
      Key: this.#keys.sequenceCounter(planId),
      UpdateExpression: "ADD n :count",
      ExpressionAttributeValues: { ":count": count },
    });
    return z.int().parse(item?.["n"]) - count + 1;
  }

  async lastReserved(planId: PlanId): Promise<number> {
    return z.int().parse((await this.#operations.get(this.#keys.sequenceCounter(planId)))?.["n"] ?? 0);
  }

  voidSequence(planId: PlanId, sequence: number): Promise<boolean> {
    return this.#operations.put({ ...this.#keys.sequence(planId, sequence), kind: "void", sequence }, mustBeNew);
  }

  async sequence(planId: PlanId, sequence: number): Promise<QueueEntry | undefined> {
    const item = await this.#operations.get(this.#keys.sequence(planId, sequence));
    return item === undefined ? undefined : queuedEntrySchema.parse(item);
  }

  async queuedAfter(planId: PlanId, lastSequence: number, limit: number): Promise<QueueEntry[]> {
    const items = await this.#after(this.#keys.entries(planId), this.#keys.sequence(planId, lastSequence).sk, limit);
    return items.map((item) => queuedEntrySchema.parse(item));
  }

  async unassigned(planId: PlanId, limit: number, after = 0): Promise<UnassignedLead[]> {
    const items = await this.#after(this.#keys.unassigned(planId), this.#keys.unassignedLead(planId, after).sk, limit);
    return items.map((item) => unassignedSchema.parse(item));
  }

  async #after(pk: string, sk: string, limit: number): Promise<StoredItem[]> {
    const items: StoredItem[] = [];
    const query = this.#operations.query({
      KeyConditionExpression: "pk = :pk AND sk > :sk",
      ExpressionAttributeValues: { ":pk": pk, ":sk": sk },
      ConsistentRead: true,
      Limit: limit,
    });
    for await (const item of query) {
      items.push(item);
      if (items.length === limit) break;
    }
    return items;
  }

  /** Takes a lease that is free or expired, with a fence larger than every earlier one. */
  async takeLease(planId: PlanId, now: number, until: number): Promise<Lease | undefined> {
    const item = await this.#operations.updateReturning({
      Key: this.#keys.assignmentState(planId),
      UpdateExpression: "SET leaseUntil = :until ADD fence :one",
      ConditionExpression: "leaseUntil <= :now",
      ExpressionAttributeValues: { ":until": until, ":now": now, ":one": 1 },
    });
    return item === undefined ? undefined : { planId, ...leaseSchema.parse(item) };
  }

  async assignmentStateOf(planId: PlanId): Promise<(Lease & { readonly leaseUntil: number }) | undefined> {
    const item = await this.#operations.get(this.#keys.assignmentState(planId));
    return item === undefined ? undefined : { planId, ...leaseSchema.parse(item) };
  }

  async release({ planId, fence, hasUnassigned }: Lease): Promise<void> {
    await this.#operations.update({
      Key: this.#keys.assignmentState(planId),
      UpdateExpression: "SET leaseUntil = :past, hasUnassigned = :hasUnassigned",
      ConditionExpression: "fence = :fence",
      ExpressionAttributeValues: { ":past": 0, ":fence": fence, ":hasUnassigned": hasUnassigned },
    });
  }

  async readWithLease(
    planId: PlanId,
    dealId: DealId,
  ): Promise<{ readonly deal?: Deal | undefined; readonly leaseUntil: number }> {
    const items = await this.#operations.batchGet([this.#keys.deal(dealId), this.#keys.assignmentState(planId)]);
    const deal = items.find((item) => item["sk"] === "DEAL");
    const assignmentState = items.find((item) => item["sk"] === "ASSIGNMENT");
    return {
      deal: deal === undefined ? undefined : dealSchema.parse(deal),
      leaseUntil: z.number().parse(assignmentState?.["leaseUntil"] ?? 0),
    };
  }

  /** Number of open deals of each manager, over the given statuses. */
  async loads(planId: PlanId, openStatuses: ReadonlySet<StatusId>): Promise<Map<UserId, number>> {
    const loads = new Map<UserId, number>();
    for await (const item of this.#operations.partition(this.#keys.dealCounts(planId))) {
      const managerId = managerOfKey(String(item["sk"]));
      if (managerId === undefined) continue;
      let open = 0;
      for (const statusId of openStatuses) open += Number(item[`n:${statusId}`] ?? 0);
      loads.set(managerId, open);
    }
    return loads;
  }

  async commit(commit: AssignmentCommit): Promise<"saved" | "stale" | "lost"> {
    const { lease, assignmentState, hasUnassigned, leaseUntil } = commit;
    const isSubscribed = await this.#events.isWanted();
    const closings = new ClosingCounterDelta(this.#keys, this.#zone);
    const shared: Shared = { counts: new CounterDelta(), dirtyBlocks: new DirtyBlocks(), closings, isSubscribed };
    const writes: TransactWrite[] = [
      {
        Update: {
          Key: this.#keys.assignmentState(lease.planId),
          UpdateExpression:
            "SET assignmentState = :assignmentState, hasUnassigned = :hasUnassigned, leaseUntil = :until",
          ConditionExpression: "fence = :fence",
          ExpressionAttributeValues: {
            ":assignmentState": assignmentState,
            ":hasUnassigned": hasUnassigned,
            ":until": leaseUntil,
            ":fence": lease.fence,
          },
        },
      },
      ...commit.added.flatMap((added) => this.#addWrites(commit, added, shared)),
      ...commit.handedOut.flatMap((handedOut) => this.#handOutWrites(commit, handedOut, shared)),
    ];
    const { counts, dirtyBlocks } = shared;
    writes.push(...counts.writes(this.#keys, lease.planId), ...closings.writes(), ...dirtyBlocks.writes(this.#keys));
    const failed = await this.#operations.transactOrFailed(writes);
    if (failed.length === 0) return "saved";
    return failed.includes(0) ? "lost" : "stale";
  }

  #addWrites(
    { at }: AssignmentCommit,
    { queueEntry, outcome }: AssignmentCommit["added"][number],
    { counts, dirtyBlocks, closings, isSubscribed }: Shared,
  ): TransactWrite[] {
    const { assignment } = outcome;
    const deal = addedDeal(queueEntry, assignment, at);
    counts.change(undefined, deal);
    dirtyBlocks.note(deal);
    const { dealId, planId, version } = deal;
    const after = loggedWhenAdded(deal);
    const { actorId, requestId } = queueEntry;
    const entry: LogEntry = { dealId, version, action: "added", at, actorId, requestId, after, assignment };
    const mark = isSubscribed ? eventMark(this.#keys, entry, { after: deal }) : {};
    const writes = [putDeal(this.#keys, deal, mustBeNew), putLog(this.#keys, entry, mark)];
    if (isAwaitingAssignment(assignment) && isOpenDeal(deal))
      writes.push({
        Put: {
          Item: { ...this.#keys.unassignedLead(planId, queueEntry.sequence), sequence: queueEntry.sequence, dealId },
        },
      });
    // A deal that arrives closed gets its closed outcome at once, and its row among the contact's closed deals.
    const closing = closingOf(deal, actorId);
    if (closing !== undefined) {
      closings.note(closing);
      writes.push(putClosing(this.#keys, closing), ...personWrites(this.#keys, undefined, deal));
    }
    return writes;
  }

  #handOutWrites(
    { at }: AssignmentCommit,
    { deal: before, assignment }: AssignmentCommit["handedOut"][number],
    { counts, dirtyBlocks, isSubscribed }: Shared,
  ): TransactWrite[] {
    const { managerId } = assignment;
    const deal: Deal = {
      ...before,
      managerId,
      assignment: briefOf(assignment),
      version: before.version + 1,
      changedAt: at,
    };
    counts.change(before, deal);
    dirtyBlocks.note(deal);
    const { dealId, planId, version, sequence = 0 } = deal;
    const entry: LogEntry = {
      dealId,
      version,
      action: "assigned",
      at,
      actorId: "schedule",
      requestId: `hand-out-${dealId}-${version}`,
      before: {},
      after: { managerId },
      assignment,
    };
    return [
      putDeal(this.#keys, deal, unchanged(before.version)),
      putLog(this.#keys, entry, isSubscribed ? eventMark(this.#keys, entry, { before, after: deal }) : {}),
      { Delete: { Key: this.#keys.unassignedLead(planId, sequence) } },
    ];
  }
}
