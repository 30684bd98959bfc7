import type { History } from "@regulars/core/snapshots/history";
import type { Assessment } from "@regulars/core/insights/finding";
import { builtInInsights } from "@regulars/core/insights/catalog";
import { evaluationContextOf } from "@regulars/core/insights/define";
import type { TenantMeasures } from "@regulars/core/insights/tenant-measures";
import type { Day } from "@regulars/core/platform/values";

/** The result of one insight kind for one demo customer. */
export interface DemoFinding extends Assessment {
  readonly kind: string;
  readonly customerId: string;
  readonly repId: string | undefined;
  readonly itemId: string | undefined;
}

/** The results of every insight kind, with default settings, for one customer of a company with these measures. */
export const findingsIn = (history: History, asOf: Day, measures: TenantMeasures): DemoFinding[] =>
  builtInInsights.kinds.flatMap((kind) => {
    const configured = kind.configure({});
    const { customerId, repId } = history;
    const context = { ...evaluationContextOf(history), measures };
    return (configured.detect(history, asOf) ?? []).map(({ facts, subject }) => ({
      ...configured.assess(facts, context),
      kind: kind.id,
      customerId,
      repId,
      itemId: subject?.type === "item" ? subject.id : undefined,
    }));
  });
