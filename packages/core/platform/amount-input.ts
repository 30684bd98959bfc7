import * as z from "zod";
import { type Currency, currencySchema } from "./values.ts";

const HOW_TO_WRITE = 'send a decimal string like "11.90", or { "minor": 1190, "currency": "EUR" }';

/**
 * An amount as JSON has it: a decimal string ("19.99"), or minor units with their currency. Never a JSON number: 1900
 * is nineteen to one sender and nineteen hundred to another, and fractions would pass through floating point.
 */
export const amountInputSchema = z.union(
  [
    z.string().max(64, `is too long: ${HOW_TO_WRITE}`),
    z.strictObject({
      minor: z
        .int("is not a whole number of minor units")
        .meta({ description: "Whole minor units (cents)", example: 1190 }),
      currency: currencySchema.in.meta({ description: "ISO 4217", example: "EUR" }),
    }),
  ],
  {
    error: ({ input }) => `${typeof input === "number" ? "is a JSON number" : "is not an amount"}: ${HOW_TO_WRITE}`,
  },
);
export type AmountInput = z.output<typeof amountInputSchema>;

/** The currency that an amount names, as minor units do. */
export const currencyOfAmount = (input: AmountInput | undefined): Currency | undefined =>
  typeof input === "object" ? currencySchema.parse(input.currency) : undefined;
