import type { User } from "./user.ts";
import type { PlanId } from "../platform/ids.ts";
import type { Right } from "./rights.ts";

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
 * Who sends something, for their idempotency keys and for what they added: all API keys of a name are one sender, so that
 * a key can be replaced.
 */
export const senderOf = (actor: Actor): string =>
  actor.type === "user" ? `user:${actor.user.userId}` : `machine:${actor.name}`;

/** An actor's id in logs and rows: "user:anna", "key:k1". */
export const actorId = (actor: Actor): string =>
  actor.type === "user" ? `user:${actor.user.userId}` : `key:${actor.keyId}`;
