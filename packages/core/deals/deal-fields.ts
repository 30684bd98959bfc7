import * as z from "zod";
import { MOMENT, amount, currency, moment, same, text } from "../imports/fields/codecs.ts";
import { about, itemSchemaOf, optional, required, rowSchemaOf } from "../imports/fields/field.ts";
import { userIdOf } from "../imports/fields/shared.ts";
import { dealIdSchema, reasonIdSchema } from "../platform/ids.ts";

const shortText = (longest: number) => ({ cell: z.string().trim().max(longest), json: text.json });

/** A deal of another system: the columns of a file of deals, and the properties of a deal in a batch. */
export const dealFields = {
  dealId: required(same(dealIdSchema), "Its id in the system it comes from, unique in the tenant", "D-1001"),
  title: optional(shortText(200), "What it is about; the person's name when it is absent", "Course A"),
  externalId: optional(shortText(200), "The person's id there", "sub881"),
  name: optional(shortText(200), "The person's name", "Olena K."),
  email: optional(shortText(254), "E-mail; kept in lower case", "olena@example.com"),
  phone: optional(shortText(40), "Phone", "+380 67 123 4567"),
  amount: optional(
    // Read in the deal's currency: an amount of more decimals than that has is refused.
    { cell: z.string().trim().max(64), json: amount.json, isNumber: true },
    "What it is worth; the plan's average bill when it is absent. Never a JSON number",
    "199.00",
  ),
  currency: optional(currency, "ISO 4217; the plan's own when it is absent", "EUR"),
  status: optional(shortText(100), "Id or name of one of the plan's statuses; its first one when it is absent", "New"),
  managerId: userIdOf("Whose it is: a user"),
  reasonId: optional(same(reasonIdSchema), "Why it was lost", "rsn_price"),
  clarification: optional(shortText(500), "What the reason leaves open", "Too dear for a year"),
  createdAt: optional(moment, MOMENT, "2026-10-02 09:30"),
  closedAt: optional(moment, "When it was won or lost", "2026-10-20 12:00"),
} as const;

export const dealRowSchema = rowSchemaOf(dealFields);

export const dealItemSchema = itemSchemaOf(dealFields).meta(
  about("A deal of another system, with what became of it there", {
    dealId: "D-1001",
    title: "Course A",
    name: "Olena K.",
    email: "olena@example.com",
    amount: "199.00",
    createdAt: "2026-10-02 09:30",
  }),
);
