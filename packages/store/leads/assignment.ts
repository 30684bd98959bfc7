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
import type { DeskCommit, Lease, TrayLead } from "@regulars/core/leads/assignment-store";
import { type StoredTicket, queuedEntrySchema } from "@regulars/core/leads/queued-lead";
import { assignmentStateSchema } from "@regulars/core/assignment/assignment-state";
import { staysInTray } from "@regulars/core/assignment/assign-batch";
import { type UserId, userIdSchema } from "@regulars/core/platform/values";
import { dealIdSchema } from "@regulars/core/platform/ids";
import { NOBODY } from "../engine/key.ts";
import type { Keys } from "../keys.ts";
import { type NamelessWrite, type Operations, type StoredItem, mustBeNew } from "../engine/operations.ts";
import { BoardMarks } from "../deals/dirty-blocks.ts";
import { type DealTelling, eventMark } from "../deals/deal-events.ts";
import { ClosingChanges } from "../deals/closing-counts.ts";
import { CountChanges } from "../deals/deal-counts.ts";
import { personWrites, putClosing, putDeal, putLog, unchanged } from "../deals/deal-writes.ts";

const leaseSchema = z.object({
  desk: assignmentStateSchema,
  fence: z.int(),
  leaseUntil: z.number(),
  hasTray: z.boolean(),
});
const traySchema = z.object({ ticket: z.int(), dealId: dealIdSchema });

/** What the leads of one commit change together. */
interface Shared {
  readonly counts: CountChanges;
  readonly marks: BoardMarks;
  readonly closings: ClosingChanges;
  /** Somebody wants to be told of deals. */
  readonly isTold: boolean;
}

/** The desks at which plans give out their leads: tickets, leases, and what is done under them. */
export class Desks {
  readonly #operations: Operations;
  readonly #keys: Keys;
  readonly #telling: DealTelling;
  readonly #zone: string;

  constructor(operations: Operations, keys: Keys, telling: DealTelling, zone: string) {
    this.#operations = operations;
    this.#keys = keys;
    this.#telling = telling;
    this.#zone = zone;
  }

  async takeTickets(planId: PlanId, count: number): Promise<number> {
    const item = await this.#operations.updateReturning({
      Key: this.#keys.ticketCounter(planId),
      UpdateExpression: "ADD n :count",
      ExpressionAttributeValues: { ":count": count },
    });
    return z.int().parse(item?.["n"]) - count + 1;
  }

  async lastTicket(planId: PlanId): Promise<number> {
    return z.int().parse((await this.#operations.get(this.#keys.ticketCounter(planId)))?.["n"] ?? 0);
  }

  voidTicket(planId: PlanId, ticket: number): Promise<boolean> {
    return this.#operations.put({ ...this.#keys.ticket(planId, ticket), kind: "void", ticket }, mustBeNew);
  }

  async ticket(planId: PlanId, ticket: number): Promise<StoredTicket | undefined> {
    const item = await this.#operations.get(this.#keys.ticket(planId, ticket));
    return item === undefined ? undefined : queuedEntrySchema.parse(item);
  }

  async ticketsAfter(planId: PlanId, done: number, limit: number): Promise<StoredTicket[]> {
    const items = await this.#after(this.#keys.tickets(planId), this.#keys.ticket(planId, done).sk, limit);
    return items.map((item) => queuedEntrySchema.parse(item));
  }

  async tray(planId: PlanId, limit: number, after = 0): Promise<TrayLead[]> {
    const items = await this.#after(this.#keys.tray(planId), this.#keys.trayLead(planId, after).sk, limit);
    return items.map((item) => traySchema.parse(item));
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

  /** Takes a lease that nobody holds, with a fence that no earlier one had. */
  async takeLease(planId: PlanId, now: number, until: number): Promise<Lease | undefined> {
    const item = await this.#operations.updateReturning({
      Key: this.#keys.desk(planId),
      UpdateExpression: "SET leaseUntil = :until ADD fence :one",
      ConditionExpression: "leaseUntil <= :now",
      ExpressionAttributeValues: { ":until": until, ":now": now, ":one": 1 },
    });
    return item === undefined ? undefined : { planId, ...leaseSchema.parse(item) };
  }

  async deskOf(planId: PlanId): Promise<(Lease & { readonly leaseUntil: number }) | undefined> {
    const item = await this.#operations.get(this.#keys.desk(planId));
    return item === undefined ? undefined : { planId, ...leaseSchema.parse(item) };
  }

  async release({ planId, fence, hasTray }: Lease): Promise<void> {
    await this.#operations.update({
      Key: this.#keys.desk(planId),
      UpdateExpression: "SET leaseUntil = :past, hasTray = :hasTray",
      ConditionExpression: "fence = :fence",
      ExpressionAttributeValues: { ":past": 0, ":fence": fence, ":hasTray": hasTray },
    });
  }

  async peek(
    planId: PlanId,
    dealId: DealId,
  ): Promise<{ readonly deal?: Deal | undefined; readonly leaseUntil: number }> {
    const items = await this.#operations.batchGet([this.#keys.deal(dealId), this.#keys.desk(planId)]);
    const deal = items.find((item) => item["sk"] === "DEAL");
    const desk = items.find((item) => item["sk"] === "DESK");
    return {
      deal: deal === undefined ? undefined : dealSchema.parse(deal),
      leaseUntil: z.number().parse(desk?.["leaseUntil"] ?? 0),
    };
  }

  /** Open deals of each manager, summed over the statuses that are open. */
  async loads(planId: PlanId, openStatuses: ReadonlySet<StatusId>): Promise<Map<UserId, number>> {
    const loads = new Map<UserId, number>();
    for await (const item of this.#operations.partition(this.#keys.dealCounts(planId))) {
      const sk = String(item["sk"]);
      if (sk === NOBODY) continue;
      let open = 0;
      for (const statusId of openStatuses) open += Number(item[`n:${statusId}`] ?? 0);
      loads.set(userIdSchema.parse(sk), open);
    }
    return loads;
  }

  async commit(commit: DeskCommit): Promise<"saved" | "stale" | "lost"> {
    const { lease, desk, hasTray, leaseUntil } = commit;
    const isTold = await this.#telling.isWanted();
    const closings = new ClosingChanges(this.#keys, this.#zone);
    const shared: Shared = { counts: new CountChanges(), marks: new BoardMarks(), closings, isTold };
    const writes: NamelessWrite[] = [
      {
        Update: {
          Key: this.#keys.desk(lease.planId),
          UpdateExpression: "SET desk = :desk, hasTray = :hasTray, leaseUntil = :until",
          ConditionExpression: "fence = :fence",
          ExpressionAttributeValues: {
            ":desk": desk,
            ":hasTray": hasTray,
            ":until": leaseUntil,
            ":fence": lease.fence,
          },
        },
      },
      ...commit.added.flatMap((added) => this.#addWrites(commit, added, shared)),
      ...commit.handedOut.flatMap((handedOut) => this.#handOutWrites(commit, handedOut, shared)),
    ];
    const { counts, marks } = shared;
    writes.push(...counts.writes(this.#keys, lease.planId), ...closings.writes(), ...marks.writes(this.#keys));
    const failed = await this.#operations.transactOrFailed(writes);
    if (failed.length === 0) return "saved";
    return failed.includes(0) ? "lost" : "stale";
  }

  #addWrites(
    { at }: DeskCommit,
    { ticket, outcome }: DeskCommit["added"][number],
    { counts, marks, closings, isTold }: Shared,
  ): NamelessWrite[] {
    const { assignment } = outcome;
    const deal = addedDeal(ticket, assignment, at);
    counts.change(undefined, deal);
    marks.note(deal);
    const { dealId, planId, version } = deal;
    const after = loggedWhenAdded(deal);
    const { actorId, requestId } = ticket;
    const entry: LogEntry = { dealId, version, action: "added", at, actorId, requestId, after, assignment };
    const mark = isTold ? eventMark(this.#keys, entry, { after: deal }) : {};
    const writes = [putDeal(this.#keys, deal, mustBeNew), putLog(this.#keys, entry, mark)];
    if (staysInTray(assignment) && isOpenDeal(deal))
      writes.push({ Put: { Item: { ...this.#keys.trayLead(planId, ticket.ticket), ticket: ticket.ticket, dealId } } });
    // What comes in closed has its closing at once, and its place among its person's closed deals.
    const closing = closingOf(deal, actorId);
    if (closing !== undefined) {
      closings.note(closing);
      writes.push(putClosing(this.#keys, closing), ...personWrites(this.#keys, undefined, deal));
    }
    return writes;
  }

  #handOutWrites(
    { at }: DeskCommit,
    { deal: before, assignment }: DeskCommit["handedOut"][number],
    { counts, marks, isTold }: Shared,
  ): NamelessWrite[] {
    const { managerId } = assignment;
    const deal: Deal = {
      ...before,
      managerId,
      assignment: briefOf(assignment),
      version: before.version + 1,
      changedAt: at,
    };
    counts.change(before, deal);
    marks.note(deal);
    const { dealId, planId, version, ticket = 0 } = deal;
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
      putLog(this.#keys, entry, isTold ? eventMark(this.#keys, entry, { before, after: deal }) : {}),
      { Delete: { Key: this.#keys.trayLead(planId, ticket) } },
    ];
  }
}
