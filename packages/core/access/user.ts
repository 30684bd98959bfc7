import * as z from "zod";
import type { Immutable } from "../platform/immutable.ts";
import { userIdSchema } from "../platform/values.ts";

export const roles = ["rep", "manager", "admin"] as const;
export type Role = (typeof roles)[number];

/** Rights over deals that a user may have in addition to their role's. */
export const dealRights = ["deals.edit_all", "deals.edit_bulk"] as const;

/** An employee of the tenant. */
export const userSchema = z.object({
  userId: userIdSchema,
  name: z.string(),
  email: z.string().optional(),
  phone: z.string().optional(),
  role: z.enum(roles),
  teamId: z.string().optional(),
  territoryId: z.string().optional(),
  timeZone: z.string().optional(),
  slackUserId: z.string().optional(),
  /** `false` once they have left the company: they may do nothing and get nothing. Absent means active. */
  isActive: z.boolean().optional(),
  dealRights: z.array(z.enum(dealRights)).optional(),
});
export type User = Immutable<z.output<typeof userSchema>>;

/** Whether a user is still with the company. Who has left may do nothing, and nothing is sent to them. */
export const isActive = ({ isActive: standing }: Pick<User, "isActive">): boolean => standing !== false;
