import * as z from "zod";
import { currencySchema, customerIdSchema, itemIdSchema, userIdSchema } from "../platform/values.ts";
import { MAX_TEXT } from "../platform/text.ts";

/** What a schema says of itself in the OpenAPI document. */
export const about = (description: string, example: unknown) => ({ description, example });

/** A text that may be absent or `null`. */
export const textField = (description: string, example: string) =>
  z.string().max(MAX_TEXT, `is longer than ${MAX_TEXT} characters`).nullish().meta(about(description, example));

export const momentField = z.string().min(1, "is not a date").max(40, "is not a date");
export const MOMENT =
  "An instant with an offset or Z, or a local time or day of the tenant's zone: 2026-11-23T09:30:00Z, 2026-11-23 09:30, 2026-11-23";

export const choiceField = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.enum(values, { error: `is not one of ${values.join(", ")}` });

const HOW_TO_WRITE = 'write an amount as a decimal string like "11.90" or as { "minor": 1190, "currency": "EUR" }';

/** Decimal text or minor units; a JSON number would pass through floating point on its way, and cents with it. */
export const amountField = z.union(
  [
    z.string().max(64, `is too long: ${HOW_TO_WRITE}`),
    z.strictObject({
      minor: z.int("is not a whole number of minor units").meta(about("Whole minor units (cents)", 1190)),
      currency: currencySchema.in.meta(about("ISO 4217", "EUR")),
    }),
  ],
  {
    error: ({ input }) => `${typeof input === "number" ? "is a JSON number" : "is not an amount"}: ${HOW_TO_WRITE}`,
  },
);
export const AMOUNT = "Decimal string, or minor units with their currency; never a JSON number";

/** A quantity, a rate, a ratio. */
export const numberField = z.union([z.number(), z.string().max(64, "is not a number: write it like 1234.56")], {
  error: "is not a number: write a JSON number or a decimal string",
});

export const customerIdInput = customerIdSchema.in.meta(about("The customer, a company", "ACME"));
export const currencyField = currencySchema.in
  .nullish()
  .meta(about("ISO 4217; the tenant's base currency when it is absent", "EUR"));
export const userIdInput = (description: string) => userIdSchema.in.nullish().meta(about(description, "R1"));
export const itemIdInput = itemIdSchema.in.meta(about("The item, as the ERP calls it", "COFFEE-1KG"));
