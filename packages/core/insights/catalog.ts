import type { KindBacktest } from "./backtests/kind-backtest.ts";
import { churnBacktest } from "./kinds/churn-risk/backtest.ts";
import { churnRisk } from "./kinds/churn-risk/index.ts";
import type { ConfiguredKind, InsightKind } from "./define.ts";
import { lostItemsBacktest } from "./kinds/lost-items/backtest.ts";
import { lostItems } from "./kinds/lost-items/index.ts";
import { overduePayments } from "./kinds/overdue-payments/index.ts";

/** Every insight kind, in the order of the digest's sections. Adding one is its folder and its line here. */
export const insightKinds: readonly InsightKind[] = [overduePayments, churnRisk, lostItems];

/** Kinds whose rules can be tried on the past: whether an invoice is overdue is no guess. */
export const insightBacktests: readonly KindBacktest[] = [churnBacktest, lostItemsBacktest];

/** A kind by its id. */
export const kindOf = (id: string): InsightKind | undefined => insightKinds.find((kind) => kind.id === id);

/** Every kind with a tenant's settings; a wrong setting is named with its kind. */
export function configureKinds(settings: Readonly<Record<string, unknown>>): readonly ConfiguredKind[] {
  return insightKinds.map((kind) => {
    try {
      return kind.configure(settings[kind.id]);
    } catch (error) {
      throw new Error(`the settings of insight ${kind.id} are not usable: ${String(error)}`, { cause: error });
    }
  });
}
