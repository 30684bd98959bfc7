import { userSchema } from "@regulars/core/access/user";
import type {
  DirectAssignmentStore,
  DirectCommit,
  DirectInput,
  DirectOutcome,
} from "@regulars/core/leads/direct-assignment-store";
import type { PlanId } from "@regulars/core/platform/ids";
import type { UserId } from "@regulars/core/platform/values";
import { salesPlanSchema } from "@regulars/core/sales-plans/sales-plan";
import { idsOfKind } from "@regulars/core/sales-plans/status";
import * as z from "zod";
import { openDealsIn } from "../deals/deal-counts.ts";
import type { Key } from "../engine/key.ts";
import { type Operations, TRANSACTION_WRITES, type TransactWrite } from "../engine/operations.ts";
import type { PublishedEvents } from "../engine/published-events.ts";
import type { Keys } from "../keys.ts";
import { AssignmentWrites } from "./assignment-writes.ts";
import { leaseSchema } from "./assignment.ts";
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
    const planKey = this.#keys.plan(planId);
    const stateKey = this.#keys.assignmentState(planId);
    const counterKey = this.#keys.sequenceCounter(planId);
    const managers = managerIds.map((userId) => ({
      userId,
      user: this.#keys.user(userId),
      counts: this.#keys.dealCount(planId, userId),
    }));
    const keys = [planKey, stateKey, counterKey, ...managers.flatMap(({ user, counts }) => [user, counts])];
    const items = new Map((await this.#operations.batchGet(keys)).map((item) => [placeOf(item), item]));
    const itemOf = (key: Key) => items.get(placeOf(key));
    const [plan, state] = [itemOf(planKey), itemOf(stateKey)];
    if (plan === undefined || state === undefined) return undefined;
    const read = salesPlanSchema.parse(plan);
    const open = idsOfKind(read, "intermediate");
    const users = managers.flatMap(({ user }) => itemOf(user) ?? []).map((item) => userSchema.parse(item));
    return {
      plan: read,
      lease: { planId, ...leaseSchema.parse(state) },
      lastReserved: z.int().parse(itemOf(counterKey)?.["n"] ?? 0),
      users: new Map(users.map((user) => [user.userId, user])),
      loads: new Map(managers.map(({ userId, counts }) => [userId, openDealsIn(itemOf(counts), open)])),
    };
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
    const failed = await this.#operations.transactOrFailed(all);
    if (failed.length === 0) return "saved";
    return failed.some((place) => place < next.length) ? "busy" : "overtaken";
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

const placeOf = ({ pk, sk }: { readonly pk?: unknown; readonly sk?: unknown }): string => `${String(pk)} ${String(sk)}`;
