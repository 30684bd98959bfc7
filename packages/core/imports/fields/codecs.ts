import * as z from "zod";
import { slackUserIdSchema, userEmailSchema, userNameSchema, userPhoneSchema } from "../../access/user-fields.ts";
import { isClosureDate } from "../../platform/closure.ts";
import { amountInputSchema } from "../../platform/amount-input.ts";
import { parseDecimal } from "../../platform/money.ts";
import { isZone } from "../../platform/period.ts";
import { MAX_TEXT, intakeTextSchema, textSchema } from "../../platform/text.ts";
import { currencySchema, daySchema } from "../../platform/values.ts";
import { readableEmail } from "../../platform/contact-point.ts";
import type { Codec } from "./field.ts";

/** A text as its cell is cleaned and checked. A JSON text is checked for its length first, then as a cell would be. */
const textOf = <Cell extends z.ZodType>(cell: Cell): Codec<Cell, z.ZodString> => ({
  cell,
  json: z.string().max(MAX_TEXT, `is longer than ${MAX_TEXT} characters`),
});

/** An id, or another text that is the same in a cell and in JSON. */
export const same = <In extends z.ZodType, Out extends z.ZodType>(cell: z.ZodPipe<In, Out>) =>
  ({ cell, json: cell.in }) as const;

const decimalCell = z.string({ error: "is missing" }).transform((value, context) => {
  const parsed = parseDecimal(value);
  if (parsed.ok) return parsed.value;
  context.addIssue({ code: "custom", message: value.trim() === "" ? "is missing" : parsed.message });
  return z.NEVER;
});

/** A cell in lower case without blanks around it. */
const word = (value: unknown): unknown => (typeof value === "string" ? value.trim().toLowerCase() : value);

/** Control characters in names and other texts become a blank when they come in. */
export const text = textOf(intakeTextSchema);
/** Where messages to a user go: checked as everywhere else that users come in. */
export const userName = textOf(userNameSchema);
export const userEmail = textOf(userEmailSchema);
export const userPhone = textOf(userPhoneSchema);
export const slackUserId = textOf(slackUserIdSchema);
export const day = { ...same(daySchema), isDate: true } as const;
export const timeZone = textOf(textSchema.refine(isZone, "is not an IANA time zone like Europe/Berlin"));
export const closure = textOf(
  textSchema.refine(isClosureDate, "is not a closed day: YYYY-MM-DD, or MM-DD for every year"),
);

export const email = textOf(
  textSchema.transform((value, context) => {
    const address = readableEmail(value);
    if (address !== undefined) return address;
    context.addIssue({ code: "custom", message: "is not an e-mail address" });
    return z.NEVER;
  }),
);

/** An order's status however it is capitalised; both spellings of a cancelled order are one. */
export const orderStatus = textOf(
  textSchema.transform((given) => {
    const status = given.toLowerCase();
    return status === "canceled" ? "cancelled" : status;
  }),
);

export const currency = {
  cell: z.preprocess((value) => (typeof value === "string" ? value.trim().toUpperCase() : value), currencySchema),
  json: currencySchema.in,
};

/** A moment as it is written; the tenant's zone decides what it means (period.ts, `parseMoment`). */
export const moment = {
  isDate: true,
  cell: z.string({ error: "is missing" }).trim().min(1, "is missing").max(40, "is not a date"),
  json: z.string().min(1, "is not a date").max(40, "is not a date"),
};
export const MOMENT =
  "An instant with an offset or Z, or a local time or day of the tenant's zone: 2026-11-23T09:30:00Z, 2026-11-23 09:30, 2026-11-23";

export const choice = <const T extends readonly [string, ...string[]]>(values: T) => {
  const json = z.enum(values, { error: `is not one of ${values.join(", ")}` });
  return { cell: z.preprocess(word, json), json };
};

/** Yes and no as files have them, and as spreadsheets of the product's languages and of German write true and false. */
const YES = ["true", "yes", "1", "y", "ja", "j", "sandt", "wahr", "sim", "s", "verdadeiro", "так", "істина"];
const NO = ["false", "no", "0", "n", "nej", "falsk", "nein", "falsch", "não", "falso", "ні", "хибність"];

export const flag = {
  cell: z.preprocess(
    word,
    z.enum([...YES, ...NO], { error: "is not yes or no" }).transform((value) => YES.includes(value)),
  ),
  json: z.boolean(),
};

/** Decimal text or minor units with their currency. */
export const amount = { isNumber: true, cell: decimalCell, json: amountInputSchema };
export const AMOUNT =
  "Decimal string, or minor units with their currency; never a JSON number. At most 90,000,000,000,000 minor units";

const numberJson = z.union([z.number(), z.string().max(64, "is not a number: write it like 1234.56")], {
  error: "is not a number: write a JSON number or a decimal string",
});

/** A quantity or a rate. */
export const number = { isNumber: true, cell: decimalCell, json: numberJson };

/** One side of a ratio of whole numbers. */
export const share = {
  cell: z
    .string()
    .trim()
    .regex(/^(?:[1-9]\d{0,2}|1000)$/, "is not a whole number from 1 to 1000")
    .transform(Number),
  json: numberJson,
};

/** Days that something comes later: at most the longest window in which linked items are compared. */
export const lag = {
  cell: z
    .string()
    .trim()
    .regex(/^\d{1,3}$/, "is not a whole number of days from 0 to 365")
    .transform(Number)
    .refine((days) => days <= 365, "is not a whole number of days from 0 to 365"),
  json: numberJson,
};

/** How long something took: nothing ends before it starts, and nothing here is longer than a week. */
export const minutes = {
  cell: z
    .string()
    .trim()
    .regex(/^\d{1,5}$/, "is not a whole number of minutes from 0 to 10080")
    .transform(Number)
    .refine((count) => count <= 10_080, "is not a whole number of minutes from 0 to 10080"),
  json: numberJson,
};
