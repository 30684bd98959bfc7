import { rowAs } from "@regulars/core/platform/unreadable-row";
import type { AssignmentStore } from "@regulars/core/leads/assignment-store";
import * as z from "zod";
import { dealSchema } from "@regulars/core/deals/deal";
import type { DealId, PlanId, StatusId } from "@regulars/core/platform/ids";
import type { AssignmentCommit, Lease, UnassignedLead } from "@regulars/core/leads/assignment-store";
import { type QueueEntry, queuedEntrySchema } from "@regulars/core/leads/queued-lead";
import { assignmentStateSchema } from "@regulars/core/assignment/assignment-state";
import type { Instant, UserId } from "@regulars/core/platform/values";
import { dealIdSchema } from "@regulars/core/platform/ids";
import { type Key, managerOfKey } from "../engine/key.ts";
import type { Keys } from "../keys.ts";
import type { Operations } from "../engine/operations.ts";
import { type StoredItem, mustBeNew } from "../engine/own-write.ts";
import type { PublishedEvents } from "../engine/published-events.ts";
import { openDealsIn } from "../deals/deal-counts.ts";
import { AssignmentWrites } from "./assignment-writes.ts";

export const leaseSchema = z.object({
  assignmentState: assignmentStateSchema,
  fence: z.int(),
  leaseUntil: z.number(),
  hasUnassigned: z.boolean(),
});
/** What of it waiting callers ask for again and again. */
const progressSchema = z.object({
  leaseUntil: z.number(),
  assignmentState: assignmentStateSchema.pick({ lastSequence: true }),
});
const NOBODY = { leaseUntil: 0, assignmentState: { lastSequence: 0 } };
const unassignedSchema = z.object({ sequence: z.int(), dealId: dealIdSchema });

/** Queue entries that are read together to be forgotten, and the most that one call removes: the next goes on. */
const FORGOTTEN_TOGETHER = 100;
const MOST_FORGOTTEN = 5_000;

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
    return item === undefined ? undefined : rowAs(queuedEntrySchema, item);
  }

  async queuedAfter(planId: PlanId, lastSequence: number, limit: number): Promise<QueueEntry[]> {
    const items = await this.#after(this.#keys.entries(planId), this.#keys.sequence(planId, lastSequence).sk, limit);
    return items.map((item) => rowAs(queuedEntrySchema, item));
  }

  async forgetAssigned(planId: PlanId, before: Instant): Promise<number> {
    const state = await this.assignmentStateOf(planId);
    if (state === undefined) return 0;
    const old: Key[] = [];
    for await (const item of this.#operations.query({
      KeyConditionExpression: "pk = :pk AND sk <= :last",
      ExpressionAttributeValues: {
        ":pk": this.#keys.entries(planId),
        ":last": this.#keys.sequence(planId, state.assignmentState.lastSequence).sk,
      },
      ConsistentRead: true,
      Limit: FORGOTTEN_TOGETHER,
    })) {
      const entry = rowAs(queuedEntrySchema, item);
      // In the order in which they came: all that follow are younger.
      if (old.length === MOST_FORGOTTEN || (entry.kind === "lead" && entry.deal.createdAt >= before)) break;
      old.push(this.#keys.sequence(planId, entry.sequence));
    }
    await this.#operations.batchDelete(old);
    return old.length;
  }

  async unassigned(planId: PlanId, limit: number, after = 0): Promise<UnassignedLead[]> {
    const items = await this.#after(this.#keys.unassigned(planId), this.#keys.unassignedLead(planId, after).sk, limit);
    return items.map((item) => rowAs(unassignedSchema, item));
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
    return item === undefined ? undefined : { planId, ...rowAs(leaseSchema, item) };
  }

  async assignmentStateOf(planId: PlanId): Promise<(Lease & { readonly leaseUntil: number }) | undefined> {
    const item = await this.#operations.get(this.#keys.assignmentState(planId));
    return item === undefined ? undefined : { planId, ...rowAs(leaseSchema, item) };
  }

  async release({ planId, fence, hasUnassigned }: Lease): Promise<void> {
    await this.#operations.update({
      Key: this.#keys.assignmentState(planId),
      UpdateExpression: "SET leaseUntil = :past, hasUnassigned = :hasUnassigned",
      ConditionExpression: "fence = :fence",
      ExpressionAttributeValues: { ":past": 0, ":fence": fence, ":hasUnassigned": hasUnassigned },
    });
  }

  async readWithLease(planId: PlanId, dealId: DealId): ReturnType<AssignmentStore["readWithLease"]> {
    const items = await this.#operations.batchGet([this.#keys.deal(dealId), this.#keys.assignmentState(planId)]);
    const deal = items.find((item) => item["sk"] === "DEAL");
    const state = items.find((item) => item["sk"] === "ASSIGNMENT");
    const { leaseUntil, assignmentState } = state === undefined ? NOBODY : rowAs(progressSchema, state);
    return {
      deal: deal === undefined ? undefined : rowAs(dealSchema, deal),
      leaseUntil,
      lastSequence: assignmentState.lastSequence,
    };
  }

  /** Number of open deals of each manager, over the given statuses. */
  async loads(planId: PlanId, openStatuses: ReadonlySet<StatusId>): Promise<Map<UserId, number>> {
    const loads = new Map<UserId, number>();
    for await (const item of this.#operations.partition(this.#keys.dealCounts(planId))) {
      const managerId = managerOfKey(String(item["sk"]));
      if (managerId !== undefined) loads.set(managerId, openDealsIn(item, openStatuses));
    }
    return loads;
  }

  async commit(commit: AssignmentCommit): Promise<"saved" | "stale" | "lost"> {
    const { lease, assignmentState, hasUnassigned, leaseUntil } = commit;
    const writes = new AssignmentWrites(this.#keys, this.#zone, await this.#events.isWanted());
    const failed = await this.#operations.transactOrFailed([
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
      ...commit.added.flatMap((added) => writes.added(commit.at, added)),
      ...commit.handedOut.flatMap((handedOut) => writes.handedOut(commit.at, handedOut)),
      ...writes.shared(lease.planId),
    ]);
    if (failed.length === 0) return "saved";
    return failed.includes(0) ? "lost" : "stale";
  }
}
