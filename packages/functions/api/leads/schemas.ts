import { dealIdSchema, reasonIdSchema, statusIdSchema } from "@regulars/core/platform/ids";
import { contactDetailsSchema } from "@regulars/core/contacts/identity";
import { textSchema } from "@regulars/core/platform/text";
import * as z from "zod";
import { EXAMPLE_DEAL } from "../sales-plans/schemas.ts";

const dealSought = {
  dealId: dealIdSchema.optional().meta({ example: EXAMPLE_DEAL }),
  person: contactDetailsSchema.optional(),
  eventId: z.string().trim().min(1).max(200).optional(),
};

/** An integration's request to change a deal's status. */
export const statusBody = z.strictObject({
  ...dealSought,
  statusId: statusIdSchema,
  reasonId: reasonIdSchema.optional(),
  clarification: z.string().trim().max(500).optional(),
});

/** An integration's request to remove a deal from its plan. */
export const removalBody = z.strictObject({
  ...dealSought,
  comment: textSchema.pipe(z.string().max(500)).optional(),
});
