import { logOf } from "@regulars/core/backtests/customer-log";
import { runBacktest, spanOf } from "@regulars/core/backtests/run";
import { builtInInsights } from "@regulars/core/insights/catalog";
import { aCustomer } from "@regulars/core/testing";
import { pageWordsOf } from "@regulars/render/texts/page-words";
import { expect, it } from "vitest";
import { describeBacktest } from "./describe-backtest.ts";

it("says in one sentence what a short past lacks, and what to do, without tables of zeros", async () => {
  const logs = [[3], [5, 12]].map((orderedDaysAgo) => logOf(aCustomer({ orderedDaysAgo })));
  const span = spanOf(logs, 90);
  if (span === undefined) throw new Error("there are no orders");
  const report = runBacktest(builtInInsights.backtests, logs, span, { seed: 1, resamples: 10 });
  const [, ...said] = describeBacktest("Backtest of acme", report, await pageWordsOf("en")).split("\n\n");
  expect(said).toEqual([
    "The past orders are too few to test any rule: nothing would have been told, and there was nothing to find. Import older orders, then test again.",
  ]);
});
