import type { User } from "./user.ts";
import type { PlanId } from "../platform/ids.ts";
import { type Right, planRights, rightsOf } from "./rights.ts";

/** Who makes a request: a signed-in user, or a machine with its API key. */
export type Actor =
  | { readonly type: "user"; readonly user: User }
  | {
      readonly type: "key";
      readonly keyId: string;
      readonly name: string;
      readonly actions: readonly Right[];
      /** The sales plans that the key is limited to; all when absent. */
      readonly planIds?: readonly PlanId[] | undefined;
      /** Leads with unknown fields are refused. */
      readonly strict?: boolean | undefined;
    };

/**
 * Whether an actor has a right. A key limited to some sales plans has none of the rights that reach the whole tenant.
 */
export const may = (actor: Actor, right: Right): boolean =>
  actor.type === "key"
    ? actor.actions.includes(right) && (reachesAll(actor) || planRights.includes(right))
    : rightsOf(actor.user.role).includes(right) || actor.user.dealRights?.some((extra) => extra === right) === true;

/** Whether an actor can access a sales plan: an API key may be limited to some of them. */
export const reaches = (actor: Actor, planId: PlanId): boolean =>
  actor.type === "user" || actor.planIds === undefined || actor.planIds.includes(planId);

/** Whether an actor can access every sales plan, future ones included. */
export const reachesAll = (actor: Actor): boolean => actor.type === "user" || actor.planIds === undefined;

/** An actor's id in logs and rows: "user:anna", "key:k1". */
export const actorId = (actor: Actor): string =>
  actor.type === "user" ? `user:${actor.user.userId}` : `key:${actor.keyId}`;
