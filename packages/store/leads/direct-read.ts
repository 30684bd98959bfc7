import { rowAs } from "@regulars/core/platform/unreadable-row";
import { userSchema } from "@regulars/core/access/user";
import type { DirectInput } from "@regulars/core/leads/direct-input";
import type { PlanId } from "@regulars/core/platform/ids";
import type { UserId } from "@regulars/core/platform/values";
import { salesPlanSchema } from "@regulars/core/sales-plans/sales-plan";
import { idsOfKind } from "@regulars/core/sales-plans/status";
import * as z from "zod";
import { openDealsIn } from "../deals/deal-counts.ts";
import type { Key } from "../engine/key.ts";
import type { StoredItem } from "../engine/own-write.ts";
import type { Keys } from "../keys.ts";
import { leaseSchema } from "./assignment.ts";

/** The items that a sales plan's next assignments depend on. */
export class DirectRead {
  readonly #planId: PlanId;
  readonly #plan: Key;
  readonly #state: Key;
  readonly #counter: Key;
  readonly #managers: readonly { readonly userId: UserId; readonly user: Key; readonly counts: Key }[];

  constructor(keys: Keys, planId: PlanId, managerIds: readonly UserId[]) {
    this.#planId = planId;
    this.#plan = keys.plan(planId);
    this.#state = keys.assignmentState(planId);
    this.#counter = keys.sequenceCounter(planId);
    this.#managers = managerIds.map((userId) => ({
      userId,
      user: keys.user(userId),
      counts: keys.dealCount(planId, userId),
    }));
  }

  get keys(): Key[] {
    const managers = this.#managers.flatMap(({ user, counts }) => [user, counts]);
    return [this.#plan, this.#state, this.#counter, ...managers];
  }

  /** `undefined` if there is no such plan. */
  inputOf(stored: readonly StoredItem[]): DirectInput | undefined {
    const items = new Map(stored.map((item) => [placeOf(item), item]));
    const itemOf = (key: Key) => items.get(placeOf(key));
    const [plan, state] = [itemOf(this.#plan), itemOf(this.#state)];
    if (plan === undefined || state === undefined) return undefined;
    const read = rowAs(salesPlanSchema, plan);
    const open = idsOfKind(read, "intermediate");
    const users = this.#managers.flatMap(({ user }) => itemOf(user) ?? []).map((item) => rowAs(userSchema, item));
    return {
      plan: read,
      lease: { planId: this.#planId, ...rowAs(leaseSchema, state) },
      lastReserved: z.int().parse(itemOf(this.#counter)?.["n"] ?? 0),
      users: new Map(users.map((user) => [user.userId, user])),
      loads: new Map(this.#managers.map(({ userId, counts }) => [userId, openDealsIn(itemOf(counts), open)])),
    };
  }
}

const placeOf = ({ pk, sk }: { readonly pk?: unknown; readonly sk?: unknown }): string => `${String(pk)} ${String(sk)}`;
