import { expect, it } from "vitest";
import { checkLedger } from "./ledger/check.ts";

it("sends what a second reading of the preferences predicts, to the minute, whoever is killed or takes nothing", async () => {
  const report = await checkLedger({ reps: 4, days: 12, seed: 59 });
  expect(report).toMatchObject({ arrivals: 44, missing: [], unexpected: [], unmarked: [] });
  expect(report.kills).toBeGreaterThan(0);
});
