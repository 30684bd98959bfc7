import * as z from "zod";
import { isClosureDate } from "../platform/closure.ts";
import { currencySchema, tenantIdSchema } from "../platform/values.ts";
import { isZone } from "../platform/period.ts";
import { wholeFrom } from "../platform/whole-number.ts";

export type Zone = Pick<Tenant, "timeZone">;

export const editions = ["basic", "pro", "enterprise"] as const;

const closedDay = z.string().refine(isClosureDate, "is not a closed day: YYYY-MM-DD, or MM-DD for every year");

const closureSchema = z
  .object({ from: closedDay, to: closedDay })
  .refine(({ from, to }) => from.length === to.length, "has one dated and one yearly end");
export type Closure = z.output<typeof closureSchema>;

/** Days for which a tenant may keep its messages: at least longer than one is tried. */
export const keptDays = { least: 8, most: 3650 } as const;

/** A distributor: its zone defines local days, its base currency is the one amounts are compared in. */
export const tenantSchema = z.object({
  tenantId: tenantIdSchema,
  name: z.string().min(1),
  timeZone: z.string().refine(isZone, "is not an IANA time zone"),
  currency: currencySchema,
  locale: z.string().default("en"),
  edition: z.enum(editions),
  /** The country of phone numbers without a country code: ISO 3166, "UA". */
  phoneCountry: z
    .string()
    .regex(/^[A-Z]{2}$/, "is not a country: two capitals like UA")
    .optional(),
  /** Settings per insight kind, by its id; the kind's own schema adds defaults. */
  insights: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
  /** Settings of Code Red that differ from the usual ones; its own schema adds defaults. */
  codeRed: z.record(z.string(), z.unknown()).default({}),
  /** Settings of status monitors that differ from the usual ones; their own schema adds defaults. */
  monitors: z.record(z.string(), z.unknown()).default({}),
  /** Settings of relationships that differ from the usual ones; their own schemas add defaults. */
  relationships: z.record(z.string(), z.unknown()).default({}),
  /** Settings of who knows whom that differ from the usual ones; their own schema adds defaults. */
  whoKnows: z.record(z.string(), z.unknown()).default({}),
  /** The tenant's own words for texts of messages, by language and id; the others are the product's. */
  templates: z.record(z.string(), z.record(z.string(), z.string())).default({}),
  /** Closed days of the whole company, yearly or dated: no order is expected on them. */
  closures: z.array(closureSchema).default([]),
  /** Alerts per rep and day; further findings are in the list only (docs/reference/insights.md 8.3). */
  maxAlertsPerRepPerDay: wholeFrom(0, 1000).default(10),
  /** Days for which messages are kept after they were due, with their contents; one is tried for a week. */
  keepDays: wholeFrom(keptDays.least, keptDays.most).default(90),
  /** Reps may edit prices: only then is GP% shown. */
  priceEditing: z.boolean().default(false),
});

export type Tenant = z.infer<typeof tenantSchema>;
