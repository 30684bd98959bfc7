import { wilsonInterval } from "../platform/statistics.ts";
import type { FindingId, Instant, UserId } from "../platform/values.ts";
import type { Level } from "./finding.ts";
import type { Subject } from "./subject.ts";

/** What a person says of a finding: it helped, it was right but there is a reason one knows, or it was wrong (insights.md 8.5). */
export const verdicts = ["useful", "known_reason", "wrong"] as const;
export type Verdict = (typeof verdicts)[number];

/** One verdict on one episode of a finding; a later one takes its place. */
export interface Feedback {
  readonly findingId: FindingId;
  readonly kind: string;
  /** The rule and its version, as in the evidence: "churn-risk/1". */
  readonly rule: string;
  readonly level: Level;
  readonly subject: Subject;
  readonly episode: string;
  readonly verdict: Verdict;
  readonly note?: string | undefined;
  readonly by?: UserId | undefined;
  readonly at: Instant;
}

/** How often a rule is right by what people say of it. */
export interface RulePrecision {
  readonly rule: string;
  readonly useful: number;
  readonly knownReason: number;
  readonly wrong: number;
  /** useful / (useful + wrong), a share of 1; absent while nobody has said either. */
  readonly precision?: number | undefined;
  /** The Wilson interval of it at 95 %. */
  readonly interval?: readonly [low: number, high: number] | undefined;
}

/**
 * Precision per rule, in the rules' order. A known reason counts for neither side: the rule saw something real, and there
 * was nothing to win (ours).
 */
export function precisionByRule(feedback: Iterable<Feedback>): readonly RulePrecision[] {
  const byRule = new Map<string, Record<Verdict, number>>();
  for (const { rule, verdict } of feedback) {
    const counts = byRule.get(rule) ?? { useful: 0, known_reason: 0, wrong: 0 };
    byRule.set(rule, counts);
    counts[verdict] += 1;
  }
  return [...byRule]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([rule, { useful, known_reason: knownReason, wrong }]) => {
      const judged = useful + wrong;
      const counts = { rule, useful, knownReason, wrong };
      if (judged === 0) return counts;
      return { ...counts, precision: useful / judged, interval: wilsonInterval(useful, judged) };
    });
}
