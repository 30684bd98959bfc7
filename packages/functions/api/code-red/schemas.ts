import * as z from "zod";
import { causeNames } from "@regulars/core/code-red/causes";
import { columnMonths } from "@regulars/core/code-red/settings";

const lights = ["red", "amber", "green", "grey"] as const;
const partLight = z.enum(["red", "green", "grey"]);

export const ignoredSchema = z
  .object({ on: z.string(), days: z.int(), by: z.string().nullable(), note: z.string().nullable() })
  .meta({ id: "IgnoreStamp", description: "Who has hidden the row, when and for how many days" });

const columnSchema = z
  .object({
    months: z.int().meta({ description: `One of ${columnMonths.join(", ")}` }),
    currentMinor: z.int(),
    previousMinor: z.int(),
    currentOrders: z.int(),
    previousOrders: z.int(),
    changePercent: z.number().nullable().meta({ description: "One decimal, for display only" }),
    light: z.enum(lights),
    greyReason: z.enum(["nothing-before", "new", "no-working-day", "closed"]).nullable(),
    isConfirmed: z.boolean(),
    confirmation: z
      .object({
        reason: z.literal("not-enough-months").optional(),
        monthsBefore: z.int(),
        meanBefore: z.number().optional(),
        meanCurrent: z.number().optional(),
        t: z.number().nullable().optional(),
        threshold: z.number().optional(),
      })
      .nullable()
      .meta({ description: "The figures of the t-test of a red column" }),
    isWithMarket: z.boolean().meta({ description: "It fell no more than all comparable customers together" }),
    lostBeyondMarketMinor: z.int(),
    causes: z
      .object({
        workingDays: z.int(),
        market: z.int(),
        orders: z.int(),
        orderValue: z.int(),
        credits: z.int(),
        rest: z.int(),
      })
      .nullable()
      .meta({ description: "Parts of what was lost, in minor units; they add up exactly" }),
  })
  .meta({ id: "CodeRedColumn" });

/** A customer of the call list. */
export const rowSchema = z
  .object({
    customerId: z.string(),
    name: z.string().nullable(),
    isRed: z.boolean(),
    isConfirmed: z.boolean(),
    isWithMarket: z.boolean(),
    lostMinor: z.int(),
    lostBeyondMarketMinor: z.int(),
    mainCause: z.enum(causeNames).nullable(),
    columns: z.array(columnSchema),
    itemsLight: partLight,
    linksLight: partLight,
    redItems: z.int(),
    confirmedItems: z.int(),
    redLinks: z.int(),
    ignored: ignoredSchema.nullable(),
    isBackEarly: z.boolean(),
    withoutRate: z.int(),
  })
  .meta({ id: "CodeRedRow" });

const suppressions = ["replaced", "discontinued", "out-of-stock"] as const;

const itemSchema = z
  .object({
    itemId: z.string(),
    name: z.string().nullable(),
    current: z.number().meta({ description: "Net quantity in base units" }),
    previous: z.number(),
    currentOrders: z.int().meta({ description: "Orders with the item; credits are none" }),
    previousOrders: z.int(),
    state: z.enum(["stopped", "less", "more", "same"]),
    isCompared: z.boolean().meta({ description: "In enough orders of the compared period" }),
    isRed: z.boolean(),
    isConfirmed: z.boolean(),
    suppressed: z.enum(suppressions).nullable(),
    ignored: ignoredSchema.nullable(),
    isBackEarly: z.boolean().meta({ description: "It was ignored, and is off by twice as many units since" }),
  })
  .meta({ id: "CodeRedItem" });

const linkSchema = z
  .object({
    itemId: z.string(),
    linkedItemId: z.string(),
    bought: z.number(),
    linkedBought: z.number(),
    linkedExpected: z.number(),
    mirrorExpected: z.number().nullable().meta({
      description: "Of a bidirectional link: the quantity of the item that the linked one expects; without a light",
    }),
    light: partLight,
    difference: z.enum(["shortfall", "surplus"]).nullable(),
    greyReason: z.enum(["nothing-bought", "anchor-missing"]).nullable(),
    ignored: ignoredSchema.nullable(),
    isBackEarly: z.boolean().meta({ description: "It was ignored, and is off by twice as many units since" }),
  })
  .meta({ id: "CodeRedLink" });

/** A customer with all items and links. */
export const codeRedCustomerSchema = rowSchema
  .extend({ asOf: z.string(), items: z.array(itemSchema), links: z.array(linkSchema) })
  .meta({ id: "CodeRedCustomer" });

const countedSchema = z.object({ red: z.int(), confirmed: z.int() });
const movedSchema = z.object({
  count: z.int(),
  first: z
    .array(z.object({ customerId: z.string(), name: z.string().nullable() }))
    .meta({ description: "At most ten" }),
});

/** What changed settings would do to the customers to call. */
export const previewSchema = z
  .object({
    asOf: z.string(),
    before: countedSchema.meta({ description: "With the saved settings" }),
    after: countedSchema.meta({ description: "With the changed ones" }),
    added: movedSchema,
    gone: movedSchema,
  })
  .meta({ id: "CodeRedPreview" });
