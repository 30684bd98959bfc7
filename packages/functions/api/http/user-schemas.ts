import { dealRights, roles } from "@regulars/core/access/user";
import { slackUserIdSchema, userEmailSchema, userNameSchema, userPhoneSchema } from "@regulars/core/access/user-fields";
import { isZone } from "@regulars/core/platform/period";
import { textSchema } from "@regulars/core/platform/text";
import * as z from "zod";

/** An employee's fields, except the id. */
export const userFields = {
  name: userNameSchema.optional().meta({ example: "Anna Berg" }),
  email: userEmailSchema.optional().meta({ format: "email", example: "anna@example.com" }),
  phone: userPhoneSchema.optional().meta({ example: "+45 12 34 56 78" }),
  role: z.enum(roles).optional().meta({ example: "rep" }),
  teamId: textSchema.optional(),
  territoryId: textSchema.optional(),
  timeZone: textSchema.refine(isZone, "is not an IANA time zone like Europe/Berlin").optional(),
  slackUserId: slackUserIdSchema.optional().meta({ example: "U02ABC" }),
  isActive: z
    .boolean()
    .optional()
    .meta({ description: "false after the user has left: they are not let in, and get no more leads and messages" }),
  dealRights: z.array(z.enum(dealRights)).max(2).optional().meta({
    description:
      "Rights over deals beyond the role's: over all deals, or over those of plans that the user is a member of",
  }),
};

export const userAnswerSchema = z
  .object({ userId: z.string(), ...userFields, name: z.string(), role: z.enum(roles) })
  .meta({ id: "User" });
