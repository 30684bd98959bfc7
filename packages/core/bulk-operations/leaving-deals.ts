import * as z from "zod";
import { type UserId, userIdSchema } from "../platform/values.ts";

/** Who gets the open deals of a removed member: they keep them, another member, or as the balance rule says. */
export type LeavingDeals =
  { readonly to: "keep" | "distribute" } | { readonly to: "manager"; readonly managerId: UserId };

const choices = ["keep", "distribute"] as const;

/**
 * The same as callers write it: `keep`, `distribute`, or the id of another member; in an object a member of any id, also
 * of one that is such a word.
 */
export const transferToSchema = z.union([z.enum(choices), userIdSchema, z.strictObject({ userId: userIdSchema })]);

export function leavingDeals(transferTo: z.output<typeof transferToSchema>): LeavingDeals {
  if (typeof transferTo === "object") return { to: "manager", managerId: transferTo.userId };
  const to = choices.find((one) => one === transferTo);
  return to === undefined ? { to: "manager", managerId: userIdSchema.parse(transferTo) } : { to };
}
