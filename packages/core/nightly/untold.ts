import * as z from "zod";
import { recipientOf } from "../access/recipient.ts";
import { type Owned, type Users, scopesOf } from "../customers/list-scope.ts";
import type { Immutable } from "../platform/immutable.ts";
import { type UserId, customerIdSchema, userIdSchema } from "../platform/values.ts";

/** Why nobody gets a digest about a customer (docs/reference/messages.md 1). */
export const untoldReasons = ["no-user", "unknown-user", "user-left", "no-address", "edition"] as const;
export type UntoldReason = (typeof untoldReasons)[number];

/** Entries to act on that are in nobody's digest for one reason; `first` and `users` are the first by id. */
const untoldGroupSchema = z.object({
  reason: z.enum(untoldReasons),
  entries: z.int(),
  customers: z.int(),
  first: z.array(customerIdSchema),
  users: z.array(userIdSchema),
});
export const untoldSchema = z.array(untoldGroupSchema);
export type UntoldGroup = Immutable<z.output<typeof untoldGroupSchema>>;

/** Why a customer's entries are in nobody's digest, and the users whom this is about. */
export interface Untold {
  readonly reason: UntoldReason;
  readonly users: readonly UserId[];
}

/** `undefined` when somebody gets a digest about the customer. */
export function untoldOf(customer: Owned, users: Users): Untold | undefined {
  const reps = scopesOf(customer, users).flatMap((scope) => (scope.type === "rep" ? [scope.userId] : []));
  const recipients = reps.map((userId) => recipientOf(userId, users, customer)).filter((user) => user !== undefined);
  if (recipients.some(({ email }) => email !== undefined)) return undefined;
  if (recipients.length > 0) return { reason: "no-address", users: recipients.map(({ userId }) => userId) };
  if (reps.length > 0) return { reason: "user-left", users: reps };
  const named = [customer.repId, customer.assignedUserId].filter((userId) => userId !== undefined);
  return { reason: named.length === 0 ? "no-user" : "unknown-user", users: named };
}

const SENTENCES: Readonly<Record<UntoldReason, (users: string) => string>> = {
  "no-user": () =>
    "no user has these customers: name one as their repId or assignedUserId, or a rep of their territoryId or teamId",
  "unknown-user": (users) => `their repId or assignedUserId names nobody: import the users ${users}, or name others`,
  "user-left": (users) => `${users} left, and their team has no manager: name another repId`,
  "no-address": (users) => `${users} has no e-mail address: give one with "regulars import users FILE"`,
  edition: () => "this tenant's edition has no messages: they come with pro and enterprise",
};

/** The reason as a sentence that says what to do. */
export const untoldText = ({ reason, users }: Pick<UntoldGroup, "reason" | "users">): string =>
  SENTENCES[reason](users.join(", "));

/** A group as answers have it, with the reason in words. */
export const untoldJson = (group: UntoldGroup) => ({
  ...group,
  why: untoldText(group),
  first: [...group.first],
  users: [...group.users],
});
