import type { User } from "./user.ts";
import type { PlanId } from "../platform/ids.ts";
import { type Right, planRights, rightsOf } from "./rights.ts";

/** Who asks: a person who signed in, or a machine with its key. */
export type Actor =
  | { readonly type: "user"; readonly user: User }
  | {
      readonly type: "key";
      readonly keyId: string;
      readonly name: string;
      readonly actions: readonly Right[];
      /** The sales plans that it reaches; every one unless told. */
      readonly planIds?: readonly PlanId[] | undefined;
      /** Its leads may say nothing that nobody asked for. */
      readonly strict?: boolean | undefined;
    };

/** Whether an actor may do something; a key for some sales plans only does nothing that reaches the whole tenant. */
export const may = (actor: Actor, right: Right): boolean =>
  actor.type === "key"
    ? actor.actions.includes(right) && (reachesAll(actor) || planRights.includes(right))
    : rightsOf(actor.user.role).includes(right) || actor.user.dealRights?.some((extra) => extra === right) === true;

/** Whether a sales plan is there for an actor: a key may be made for some of them only. */
export const reaches = (actor: Actor, planId: PlanId): boolean =>
  actor.type === "user" || actor.planIds === undefined || actor.planIds.includes(planId);

/** Whether every sales plan is there for an actor, also those to come. */
export const reachesAll = (actor: Actor): boolean => actor.type === "user" || actor.planIds === undefined;

/** An actor's id in logs and rows: "user:anna", "key:k1". */
export const actorId = (actor: Actor): string =>
  actor.type === "user" ? `user:${actor.user.userId}` : `key:${actor.keyId}`;
