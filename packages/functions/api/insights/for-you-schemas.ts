import { activityTypes } from "@regulars/core/customers/activity";
import { ownerTypes } from "@regulars/core/monitors/owner";
import { salesBases } from "@regulars/core/sales-figures/invoiced";
import { performanceMetrics } from "@regulars/core/sales-figures/lowest";
import * as z from "zod";
import { findingSchema } from "../http/schemas.ts";
import { customersSetAsideField } from "./note-unreadable.ts";

const cardSchema = findingSchema
  .extend({
    cardAtStakeMinor: z.int().meta({ description: "Including the findings folded under it" }),
    folded: z.array(findingSchema),
  })
  .meta({ id: "Card", description: "A finding, with the customer's findings that are folded under it" });

const weekSchema = z
  .object({
    basis: z.enum(salesBases),
    from: z.string(),
    to: z.string(),
    salesMinor: z.int(),
    previousMinor: z.int(),
    currency: z.string(),
    changePct: z.number().nullable(),
    changeReason: z.enum(["new", "negative"]).optional(),
    linesWithoutValue: z.int(),
    grossProfit: z
      .object({
        gpPct: z.number().nullable(),
        previousGpPct: z.number().nullable(),
        changePoints: z.number().nullable(),
        costCoveragePct: z.number().nullable(),
      })
      .optional()
      .meta({ description: "Only if price editing is enabled" }),
  })
  .meta({ id: "WeeklySales" });

const performerSchema = z.object({
  customerId: z.string(),
  units: z.number(),
  salesMinor: z.int(),
  gpPct: z.number().nullable().optional(),
});

const lowestSchema = z
  .object({
    metric: z.enum(performanceMetrics),
    windowDays: z.int(),
    customers: z.int(),
    lowest: z.array(performerSchema).readonly(),
    notComputable: z.array(performerSchema).readonly().optional(),
    notComputableCount: z.int().optional(),
  })
  .meta({ id: "LowestPerformers" });

const taskSchema = z
  .object({
    followUpId: z.string(),
    ownerType: z.enum(ownerTypes),
    ownerId: z.string(),
    customerId: z.string(),
    customerName: z.string(),
    type: z.enum(activityTypes),
    text: z.string(),
    dueOn: z.string(),
    isLate: z.boolean(),
  })
  .meta({ id: "OpenTask", description: "An open follow-up of a user" });

/** The For You page: its cards, what is to do, and the sales figures. */
export const pageSchema = z
  .object({
    asOf: z.string(),
    scope: z.string().meta({ description: "The scope of the page: rep anna, team north, all" }),
    forYou: z.object({
      budget: z.int().meta({ description: "How many of the ranked entries are for today" }),
      customersSetAside: customersSetAsideField,
      counts: z.object({ ranked: z.int(), toWatch: z.int(), winBack: z.int(), setAside: z.int() }),
      ranked: z
        .array(
          cardSchema
            .extend({ rank: z.int(), isWithinBudget: z.boolean(), isFresh: z.boolean() })
            .meta({ id: "RankedCard" }),
        )
        .meta({ description: "To act on: open, high or medium, in the one order of pages and messages" }),
      toWatch: z.array(cardSchema).meta({ description: "Not certain enough to act on: no message is sent" }),
      winBack: z.array(cardSchema),
      setAside: z.array(cardSchema),
      toDo: z.object({
        count: z.int(),
        tasks: z.array(taskSchema).meta({
          description:
            "The user's open follow-ups, the earliest due day first; none on the page of a group or a past day",
        }),
      }),
    }),
    insights: z.object({ weeklySales: weekSchema, lowestPerformers: lowestSchema }),
  })
  .meta({ id: "ForYou" });

const orderCardSchema = z
  .object({
    orderId: z.string(),
    customerId: z.string(),
    customerName: z.string(),
    status: z.string(),
    isDraft: z.boolean(),
    placedAt: z.string(),
    placedOn: z.string(),
    lines: z
      .array(
        z.object({
          itemId: z.string(),
          itemName: z.string(),
          kind: z.enum(["goods", "charge"]),
          quantity: z.number(),
          netMinor: z.int().nullable(),
        }),
      )
      .readonly(),
    totalMinor: z.int().nullable(),
    startedBy: z
      .object({ userId: z.string(), name: z.string(), phone: z.string().nullable() })
      .nullable()
      .meta({ description: "The employee who started it, to call about it" }),
  })
  .meta({ id: "OrderCard" });

/** The orders of a day, with who started them. */
export const ordersOfDaySchema = z
  .object({
    day: z.string(),
    isCurrent: z.boolean(),
    orders: z.array(orderCardSchema).readonly(),
    placedMinor: z.int(),
    currency: z.string(),
  })
  .meta({ id: "OrdersOfDay" });
