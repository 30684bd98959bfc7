import type { Actor } from "./actor.ts";
import { may } from "./may.ts";
import { type Right, rightsOf } from "./rights.ts";
import { type User, isActive } from "./user.ts";

type Standing = Pick<User, "role" | "dealRights" | "isActive">;

/** The rights that somebody has as this user: none once they have left. */
const rightsAs = (user: Standing | undefined): readonly Right[] =>
  user === undefined || !isActive(user) ? [] : [...rightsOf(user.role), ...(user.dealRights ?? [])];

/** The field of a user with which an actor would give rights that they do not have themselves; `undefined` if none. */
export function fieldBeyond(
  actor: Actor,
  before: Standing | undefined,
  after: Standing,
): "role" | "dealRights" | "isActive" | undefined {
  const had = new Set(rightsAs(before));
  const gives = (standing: Standing): boolean =>
    !may(actor, "rights.give", { rights: rightsAs(standing).filter((right) => !had.has(right)) });
  if (!gives(after)) return undefined;
  if (before !== undefined && !isActive(before)) return "isActive";
  return gives({ ...after, dealRights: undefined }) ? "role" : "dealRights";
}
