import type { Day } from "../platform/values.ts";
import type { History } from "../snapshots/history.ts";
import { type Detection, type InsightKind, evaluationContextOf } from "./define.ts";
import type { Assessment, Json } from "./finding.ts";
import { type TenantMeasures, monthOf } from "./tenant-measures.ts";
import { noUnpaidDays } from "./unpaid-days.ts";

/** What a kind finds at a customer on the history's as-of day. */
export interface KindEvaluation extends Detection<Json> {
  readonly assessment: Assessment;
}

/** The measures of a tenant whose customers order every so many days. */
export const measuresOfGap = (asOf: Day, meanGapDays: number): TenantMeasures => ({
  month: monthOf(asOf),
  gapCount: 100,
  gapDays: 100 * meanGapDays,
  unpaid: noUnpaidDays,
});

/** Detects and assesses on the history's as-of day; `undefined` when the kind does not apply to the customer. */
export function evaluateKind(
  kind: InsightKind,
  history: History,
  settings: unknown = {},
  measures?: TenantMeasures,
): readonly KindEvaluation[] | undefined {
  const { detect, assess } = kind.configure(settings);
  const context = { ...evaluationContextOf(history), measures };
  return detect(history, context.asOf)?.map((found) => ({ ...found, assessment: assess(found.facts, context) }));
}
