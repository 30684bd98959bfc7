import * as z from "zod";
import { type UserId, userIdSchema } from "../platform/values.ts";

/** Who gets the open deals of a removed member: they keep them, another member, or as the balance rule says. */
export type LeavingDeals =
  { readonly to: "keep" | "distribute" } | { readonly to: "manager"; readonly managerId: UserId };

const choices = ["keep", "distribute"] as const;

/** The same as callers write it: `keep`, `distribute`, or the id of another member. */
export const transferToSchema = z.union([z.enum(choices), userIdSchema]);

export function leavingDeals(transferTo: z.output<typeof transferToSchema>): LeavingDeals {
  const to = choices.find((one) => one === transferTo);
  return to === undefined ? { to: "manager", managerId: userIdSchema.parse(transferTo) } : { to };
}
