import * as z from "zod";
import { wilsonInterval } from "../platform/statistics.ts";
import { type FindingId, instantSchema, userIdSchema } from "../platform/values.ts";
import type { Immutable } from "../platform/immutable.ts";
import { levels } from "./finding.ts";
import { subjectSchema } from "./subject.ts";

/**
 * What somebody says of a finding: it helped, it was right but the reason was known, or it was wrong
 * (docs/reference/insights.md 8.5).
 */
export const verdicts = ["useful", "known_reason", "wrong"] as const;
export type FeedbackVerdict = (typeof verdicts)[number];

/**
 * One answer for one episode of a finding; a later one replaces it. `rule` is the rule with its version:
 * "churn-risk/2".
 */
export const feedbackSchema = z.object({
  kind: z.string(),
  rule: z.string(),
  level: z.enum(levels),
  subject: subjectSchema,
  episode: z.string(),
  verdict: z.enum(verdicts),
  note: z.string().optional(),
  by: userIdSchema.optional(),
  at: instantSchema,
});
export type Feedback = Immutable<z.output<typeof feedbackSchema>> & { readonly findingId: FindingId };

/** How often a rule is right, according to feedback. */
export interface RulePrecision {
  readonly rule: string;
  readonly useful: number;
  readonly knownReason: number;
  readonly wrong: number;
  /** useful / (useful + wrong), between 0 and 1; absent without either. */
  readonly precision?: number | undefined;
  /** The 95 % Wilson interval of the precision. */
  readonly interval?: readonly [low: number, high: number] | undefined;
}

/**
 * Precision per rule, in the rules' order. A known reason is in neither count: the finding was real, but there was
 * nothing to win (our decision).
 */
export function precisionByRule(feedback: Iterable<Feedback>): readonly RulePrecision[] {
  const byRule = new Map<string, Record<FeedbackVerdict, number>>();
  for (const { rule, verdict } of feedback) {
    const counts = byRule.get(rule) ?? { useful: 0, known_reason: 0, wrong: 0 };
    byRule.set(rule, counts);
    counts[verdict] += 1;
  }
  return [...byRule]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([rule, { useful, known_reason: knownReason, wrong }]) => {
      const evaluated = useful + wrong;
      const counts = { rule, useful, knownReason, wrong };
      if (evaluated === 0) return counts;
      return { ...counts, precision: useful / evaluated, interval: wilsonInterval(useful, evaluated) };
    });
}
