import * as z from "zod";
import { activityTypes, directions } from "@regulars/core/customers/activity";
import { grades } from "@regulars/core/relationships/grades";

const grade = z.enum(grades);
const moved = z.enum([...grades, "none"]);

const capSchema = z.discriminatedUnion("reason", [
  z.object({ reason: z.literal("waits"), since: z.string(), days: z.int() }),
  z.object({ reason: z.literal("no-reply"), messages: z.int() }),
]);

/** Health of anybody; all null without an activity in 180 days. */
export const healthFields = {
  score: z.int().nullable().meta({ description: "0 to 100; null without an activity in 180 days" }),
  grade: grade.nullable(),
  trend: z.object({ direction: z.enum(["up", "down", "neutral"]), difference: z.number() }).nullable(),
  caps: z.array(capSchema).meta({ description: "Why the score is at most one less than a good one" }),
  formula: z
    .object({ score: z.int(), activity: z.number(), recency: z.number(), balance: z.number() })
    .nullable()
    .meta({ description: "Before the caps" }),
  lastOn: z.string().nullable(),
};

const weaknessSchema = z
  .object({
    reason: z.enum(["waits", "fell", "trend-down", "no-reply"]),
    since: z.string(),
    personId: z.string().nullable(),
    messages: z.int().nullable(),
    from: grade.nullable(),
    to: grade.nullable(),
  })
  .meta({ id: "Weakness", description: "What makes the relationship weak; the first is to act on first" });

export const healthRowSchema = z
  .object({
    customerId: z.string(),
    name: z.string().nullable(),
    ...healthFields,
    weaknesses: z.array(weaknessSchema),
    breadth: z
      .object({ persons: z.int(), users: z.int(), hasOneContactOnly: z.boolean(), onlyUserId: z.string().nullable() })
      .meta({ description: "Who had contact both ways in 90 days" }),
  })
  .meta({ id: "CustomerHealthRow" });

const responseTime = z.object({
  answers: z.int().nullable(),
  medianMinutes: z.number().nullable().meta({ description: "Working minutes" }),
  reason: z.enum(["too-few", "few-employees"]).nullable().meta({
    description: "Fewer than three answers; or ours, of fewer than three employees, who are not the caller alone",
  }),
});

const kpisSchema = z
  .object({
    days: z.int(),
    counts: z.array(z.object({ type: z.enum(activityTypes), direction: z.enum(directions), count: z.int() })),
    weeks: z
      .array(z.object({ from: z.string(), count: z.int(), in: z.int(), out: z.int() }))
      .meta({ description: "Contacts by week, the oldest first; the last week ends on the as-of day" }),
    automatic: z.int().meta({ description: "Shown, and counted nowhere" }),
    overDailyLimit: z.int().meta({ description: "E-mails past the third of a day, which the score does not count" }),
    sentPerReceived: z.number().nullable(),
    lastOn: z.string().nullable(),
    nextOn: z.string().nullable(),
    topPersons: z.array(z.object({ personId: z.string(), count: z.int() })),
    longestWait: z.object({ personId: z.string(), since: z.string(), workingDays: z.int() }).nullable(),
    ourResponse: responseTime,
    theirResponse: responseTime,
    ourMinutes: z.number().nullable().meta({ description: "Null of fewer than three employees, as ourResponse" }),
    theirMinutes: z.number(),
    silentPersons: z.array(z.string()),
  })
  .meta({ id: "RelationshipKpis", description: "Of 90 days" });

/** What the health of anybody comes with. */
export const subjectHealthFields = {
  asOf: z.string(),
  contactDays: z.int(),
  ranges: z.array(z.object({ grade, min: z.int(), max: z.int() })),
  kpis: kpisSchema,
  notice: z.string().nullable().meta({
    description: "The rights of employees, where figures of single ones are shown (setting showsEachEmployee)",
  }),
  scores: z.array(z.int().nullable()).meta({ description: "Before the caps, of the days that the trend compares" }),
};

export const customerHealthSchema = healthRowSchema
  .extend({
    ...subjectHealthFields,
    isKnownByNobody: z.boolean().meta({ description: "Nobody who was in touch is still with the company" }),
    persons: z.array(z.object({ personId: z.string(), name: z.string().nullable(), ...healthFields })),
  })
  .meta({ id: "CustomerHealth" });

export const previewSchema = z
  .object({
    asOf: z.string(),
    customers: z.int(),
    persons: z.int(),
    moves: z.array(z.object({ subject: z.enum(["customer", "person"]), from: moved, to: moved, count: z.int() })),
    examples: z
      .array(
        z.object({
          customerId: z.string(),
          personId: z.string().nullable(),
          from: moved,
          to: moved,
          scoreNow: z.int().nullable(),
          scoreThen: z.int().nullable(),
        }),
      )
      .meta({ description: "At most ten of those that move" }),
  })
  .meta({ id: "HealthPreview" });
