import * as z from "zod";
import { type User, isActive, roles } from "../access/user.ts";
import type { Immutable } from "../platform/immutable.ts";
import { idTextSchema } from "../platform/id-text.ts";
import { type UserId, instantSchema } from "../platform/values.ts";

/** Who is out: a user, all of a team or of a role, or a person at a customer. */
export const optOutSubjectSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("user"), id: idTextSchema }),
  z.strictObject({ type: z.literal("team"), id: idTextSchema }),
  z.strictObject({ type: z.literal("role"), id: z.enum(roles) }),
  z.strictObject({ type: z.literal("person"), id: idTextSchema }),
]);
export type OptOutSubject = Immutable<z.output<typeof optOutSubjectSchema>>;

/** An opt-out as it is stored (docs/reference/relationships.md 7). */
export const optOutSchema = z.object({ subject: optOutSubjectSchema, at: instantSchema, by: z.string() });
export type OptOut = Immutable<z.output<typeof optOutSchema>>;

/** The persons at customers who are out. */
export const outPersonsOf = (optOuts: readonly Pick<OptOut, "subject">[]): ReadonlySet<string> =>
  new Set(optOuts.flatMap(({ subject: { type, id } }) => (type === "person" ? id : [])));

/** Who may be named in an answer; asked again for each one. */
export interface Speakable {
  /** Not out, whether gone or not. */
  readonly named: (userId: UserId) => boolean;
  /** Neither gone nor out. A user of whom only activities are known is neither. */
  readonly colleague: (userId: UserId) => boolean;
  /** Gone, and not out before they went. */
  readonly formerColleague: (userId: UserId) => boolean;
  readonly person: (personId: string | undefined) => boolean;
}

export function speakable(optOuts: readonly Pick<OptOut, "subject">[], users: readonly User[]): Speakable {
  const out = new Set(optOuts.map(({ subject: { type, id } }) => `${type} ${id}`));
  const known = new Map(users.map((user) => [user.userId, user]));
  const isOut = (userId: UserId): boolean => {
    const user = known.get(userId);
    const subjects = [`user ${userId}`, `role ${user?.role ?? ""}`, `team ${user?.teamId ?? ""}`];
    return subjects.some((subject) => out.has(subject));
  };
  const hasLeft = (userId: UserId): boolean => {
    const user = known.get(userId);
    return user !== undefined && !isActive(user);
  };
  return {
    named: (userId) => !isOut(userId),
    colleague: (userId) => !hasLeft(userId) && !isOut(userId),
    formerColleague: (userId) => hasLeft(userId) && !isOut(userId),
    person: (personId) => personId === undefined || !out.has(`person ${personId}`),
  };
}
