import * as z from "zod";
import { statedLevels } from "./kind-backtest.ts";

/** The parts of a backtest's report, as stored and as answered. What older reports lack is `null`. */
const estimateSchema = z
  .object({ value: z.number(), low: z.number(), high: z.number() })
  .nullable()
  .meta({ description: "With its 95 % interval; null if there is no data" });

const laterEstimate = estimateSchema.default(null);

const ruleScoreSchema = z.object({
  rule: z.string(),
  title: z.string(),
  isOurs: z.boolean().meta({ description: "true: the rule of the product; false: a rule for comparison" }),
  alerts: z.number(),
  hits: z.number(),
  precision: estimateSchema,
  recall: estimateSchema,
  f1: estimateSchema,
  valuePrecision: laterEstimate.meta({ description: "The share of the alerts' money that was right" }),
  atEqualNumber: z
    .object({ alerts: z.number(), precision: estimateSchema })
    .nullable()
    .default(null)
    .meta({ description: "With its limit moved until it alerts as often as high" }),
  alertsPer100: z.number().nullable().meta({ description: "Per 100 customers with enough history" }),
  medianSilentDays: z.number().nullable().default(null),
  medianLeadDays: z.number().nullable(),
});

const headlineSchema = z.object({
  from: z.string(),
  to: z.string(),
  alerts: z.number(),
  left: z.number(),
  longestAlerts: z.number(),
  longestLeft: z.number(),
  silentDays: z.number().nullable().default(null),
  longestSilentDays: z.number().nullable().default(null),
  says: z.string(),
});

const rankingSchema = z.object({
  lists: z.number(),
  candidates: z.number(),
  rankings: z
    .array(
      z.object({
        ranking: z.string(),
        title: z.string(),
        averagePrecision: estimateSchema,
        firstTen: estimateSchema,
        calls: z.number(),
        lostMinor: estimateSchema,
      }),
    )
    .readonly(),
});

const calibrationSchema = z.object({
  bins: z
    .array(
      z.object({
        from: z.number(),
        to: z.number(),
        statements: z.number(),
        stated: z.number().nullable(),
        cameTrue: z.number().nullable(),
      }),
    )
    .readonly(),
  levels: z
    .array(
      z.object({
        level: z.enum(statedLevels),
        statements: z.number(),
        stated: z.number().nullable(),
        cameTrue: estimateSchema,
      }),
    )
    .readonly()
    .default([])
    .meta({ description: "What came of the statements at each level" }),
  error: z.number(),
  statedMinor: z.number(),
  lostMinor: z.number(),
  statedByLost: z.number().nullable(),
  statedLosses: z.number().default(0).meta({ description: "The sum of the stated chances that 90 days stay empty" }),
  losses: z.number().default(0),
  largestThree: z
    .number()
    .nullable()
    .default(null)
    .meta({ description: "What the three customers with the most have of the stated money" }),
  intervals: z
    .object({ error: estimateSchema, statedByLost: estimateSchema })
    .default({ error: null, statedByLost: null }),
  notes: z.array(z.string()).readonly(),
  ended: z.object({ silences: z.number(), medium: z.number().nullable(), high: z.number().nullable() }),
});

export const kindScoreSchema = z.object({
  kind: z.string(),
  title: z.string(),
  says: z.string(),
  headline: headlineSchema
    .nullable()
    .default(null)
    .meta({ description: "The result in one sentence, with its figures" }),
  simpler: z
    .array(z.string())
    .readonly()
    .default([])
    .meta({ description: "Where a compared rule or order is better, in words" }),
  eligibleCustomers: z.number(),
  truths: z.number(),
  rules: z.array(ruleScoreSchema).readonly(),
  ranking: rankingSchema.nullable().default(null).meta({ description: "The orders of the lists of every seventh day" }),
  calibration: calibrationSchema
    .nullable()
    .default(null)
    .meta({ description: "What was stated, and what of it came true" }),
});
