import type { DirectAssignmentStore, DirectCommit, DirectOutcome } from "@regulars/core/leads/direct-assignment-store";
import type { DirectInput } from "@regulars/core/leads/direct-input";
import type { PlanId } from "@regulars/core/platform/ids";
import type { UserId } from "@regulars/core/platform/values";
import { ContentionError } from "@regulars/core/platform/contention-error";
import type { Operations } from "../engine/operations.ts";
import { TRANSACTION_WRITES, type TransactWrite } from "../engine/transact-write.ts";
import type { PublishedEvents } from "../engine/published-events.ts";
import type { Keys } from "../keys.ts";
import { AssignmentWrites } from "./assignment-writes.ts";
import { DirectRead } from "./direct-read.ts";
import type { LeadIntakes } from "./lead-intake.ts";

interface DirectParts {
  readonly leadIntakes: LeadIntakes;
  readonly events: PublishedEvents;
  readonly zone: string;
}

/** Leads that are stored and assigned in one transaction (docs/reference/sales-plans.md 8). */
export class DirectAssignments implements DirectAssignmentStore {
  readonly #operations: Operations;
  readonly #keys: Keys;
  readonly #parts: DirectParts;

  constructor(operations: Operations, keys: Keys, parts: DirectParts) {
    this.#operations = operations;
    this.#keys = keys;
    this.#parts = parts;
  }

  async read(planId: PlanId, managerIds: readonly UserId[]): Promise<DirectInput | undefined> {
    const read = new DirectRead(this.#keys, planId, managerIds);
    return read.inputOf(await this.#operations.batchGet(read.keys));
  }

  async commit({ lease, assignmentState, hasUnassigned, added, at }: DirectCommit): Promise<DirectOutcome> {
    const { leadIntakes, events, zone } = this.#parts;
    const [isSubscribed, hmac] = await Promise.all([events.isWanted(), leadIntakes.hmac()]);
    const writes = new AssignmentWrites(this.#keys, zone, isSubscribed);
    const next = this.#nextState({ lease, assignmentState, hasUnassigned, at });
    const all = [
      ...next,
      ...added.flatMap(({ intake, outcome }) => [
        ...leadIntakes.intakeWrites(intake, hmac),
        ...writes.added(at, { queueEntry: intake.queueEntry, outcome }),
      ]),
      ...writes.shared(lease.planId),
    ];
    // Many managers, or many leads that nobody can take: the queue takes them in smaller pieces.
    if (all.length > TRANSACTION_WRITES) return "busy";
    const failed = await this.#tried(all);
    if (failed === undefined) return "busy";
    if (failed.length === 0) return "saved";
    return failed.some((place) => place < next.length) ? "busy" : "overtaken";
  }

  /** `undefined` after a conflict with another transaction: whoever tries again is in its way. */
  async #tried(writes: readonly TransactWrite[]): Promise<number[] | undefined> {
    try {
      return await this.#operations.transactOrFailed(writes, 0);
    } catch (error) {
      if (error instanceof ContentionError) return undefined;
      throw error;
    }
  }

  /** The state after these leads, if nobody has the lease and nobody took a sequence number since it was read. */
  #nextState({ lease, assignmentState, hasUnassigned, at }: Omit<DirectCommit, "added">): TransactWrite[] {
    const { planId, fence } = lease;
    const last = lease.assignmentState.lastSequence;
    return [
      {
        Update: {
          Key: this.#keys.assignmentState(planId),
          UpdateExpression: "SET assignmentState = :assignmentState, hasUnassigned = :hasUnassigned ADD fence :one",
          ConditionExpression: "fence = :fence AND leaseUntil <= :now",
          ExpressionAttributeValues: {
            ":assignmentState": assignmentState,
            ":hasUnassigned": hasUnassigned,
            ":fence": fence,
            ":now": Date.parse(at),
            ":one": 1,
          },
        },
      },
      {
        Update: {
          Key: this.#keys.sequenceCounter(planId),
          UpdateExpression: "SET n = :next",
          ConditionExpression: last === 0 ? "attribute_not_exists(n) OR n = :last" : "n = :last",
          ExpressionAttributeValues: { ":next": assignmentState.lastSequence, ":last": last },
        },
      },
    ];
  }
}
