import {
  type Deal,
  type LogEntry,
  addedDeal,
  briefOf,
  closingOf,
  isOpenDeal,
  loggedWhenAdded,
} from "@regulars/core/deals/deal";
import { isAwaitingAssignment } from "@regulars/core/assignment/assign-batch";
import type { AssignmentCommit } from "@regulars/core/leads/assignment-store";
import type { PlanId } from "@regulars/core/platform/ids";
import type { Instant } from "@regulars/core/platform/values";
import { ClosingCounterDelta } from "../deals/closing-counts.ts";
import { CounterDelta } from "../deals/deal-counts.ts";
import { eventMark } from "../deals/deal-events.ts";
import { personWrites, putClosing, putDeal, putLog, unchanged } from "../deals/deal-writes.ts";
import { DirtyBlocks } from "../deals/dirty-blocks.ts";
import { mustBeNew } from "../engine/own-write.ts";
import type { TransactWrite } from "../engine/transact-write.ts";
import type { Keys } from "../keys.ts";

/** The writes of leads that are assigned in one transaction, and what they change together. */
export class AssignmentWrites {
  readonly #keys: Keys;
  readonly #isSubscribed: boolean;
  readonly #counts = new CounterDelta();
  readonly #dirtyBlocks = new DirtyBlocks();
  readonly #closings: ClosingCounterDelta;

  /** `isSubscribed`: an active webhook exists. */
  constructor(keys: Keys, zone: string, isSubscribed: boolean) {
    this.#keys = keys;
    this.#isSubscribed = isSubscribed;
    this.#closings = new ClosingCounterDelta(keys, zone);
  }

  /** A lead's deal with its log, its place in the unassigned queue, and its closed outcome. */
  added(at: Instant, { queueEntry, outcome }: AssignmentCommit["added"][number]): TransactWrite[] {
    const { assignment } = outcome;
    const deal = addedDeal(queueEntry, assignment, at);
    this.#counts.change(undefined, deal);
    this.#dirtyBlocks.note(deal);
    const { dealId, planId, version } = deal;
    const after = loggedWhenAdded(deal);
    const { actorId, requestId } = queueEntry;
    const entry: LogEntry = { dealId, version, action: "added", at, actorId, requestId, after, assignment };
    const mark = this.#isSubscribed ? eventMark(this.#keys, entry, { after: deal }) : {};
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
      this.#closings.note(closing);
      writes.push(putClosing(this.#keys, closing), ...personWrites(this.#keys, undefined, deal));
    }
    return writes;
  }

  /** A deal of the unassigned queue with its manager. */
  handedOut(at: Instant, { deal: before, assignment }: AssignmentCommit["handedOut"][number]): TransactWrite[] {
    const { managerId } = assignment;
    const deal: Deal = {
      ...before,
      managerId,
      assignment: briefOf(assignment),
      version: before.version + 1,
      changedAt: at,
    };
    this.#counts.change(before, deal);
    this.#dirtyBlocks.note(deal);
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
      putLog(this.#keys, entry, this.#isSubscribed ? eventMark(this.#keys, entry, { before, after: deal }) : {}),
      { Delete: { Key: this.#keys.unassignedLead(planId, sequence) } },
    ];
  }

  /** The counters and board blocks of all leads that were added or handed out before. */
  shared(planId: PlanId): TransactWrite[] {
    return [
      ...this.#counts.writes(this.#keys, planId),
      ...this.#closings.writes(),
      ...this.#dirtyBlocks.writes(this.#keys),
    ];
  }
}
