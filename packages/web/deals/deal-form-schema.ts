import { reasonIdSchema, statusIdSchema } from "@regulars/core/platform/ids";
import { userIdSchema } from "@regulars/core/platform/values";
import * as z from "zod";
import { idOrNone } from "../page/form-reason.ts";

const words = z
  .string()
  .trim()
  .max(500)
  .transform((text) => (text === "" ? undefined : text))
  .optional();
const given = { version: z.coerce.number().int().min(1) };

/** An action on a deal, as the page's forms send it. */
export const dealFormSchema = z.discriminatedUnion("action", [
  z.object({
    action: z.literal("move"),
    ...given,
    statusId: statusIdSchema,
    reasonId: idOrNone(reasonIdSchema).optional(),
    clarification: words,
  }),
  z.object({ action: z.literal("cancel"), ...given, comment: words }),
  z.object({ action: z.literal("transfer"), ...given, to: userIdSchema }),
]);

/** Names of the fields, as on the forms. */
export const LABELS = {
  statusId: "deal.moveTo",
  reasonId: "deal.reason",
  clarification: "deal.clarification",
  comment: "deal.comment",
  to: "deal.transferTo",
} as const;

export type DealForm = z.output<typeof dealFormSchema>;
