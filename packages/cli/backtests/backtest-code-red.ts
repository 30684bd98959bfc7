import type { BacktestOptions } from "@regulars/core/backtests/options";
import type { CodeRedBacktest, CodeRedGroup } from "@regulars/core/backtests/code-red-backtest";
import type { Estimate } from "@regulars/core/backtests/estimate";
import type { ColumnMonths } from "@regulars/core/code-red/settings";
import { counted } from "@regulars/core/platform/counted";
import { toInstant } from "@regulars/core/platform/values";
import { backtestCodeRed } from "@regulars/flows/backtests/backtest-code-red";
import { UserError } from "@regulars/local/user-error";
import { tenantArgument } from "../arguments.ts";
import { type Session, printJson, withExistingSystem } from "../session.ts";
import { textTable } from "../text-table.ts";

const GROUPS: Readonly<Record<CodeRedGroup, string>> = {
  compared: "all compared",
  red: "red",
  confirmed: "confirmed",
  beyondMarket: "confirmed, beyond the market",
};

/** `regulars backtest --kind code-red`: how often customers with a light stayed below, on a tenant's own orders. */
export function backtestCodeRedCommand(
  session: Session,
  tenantText: string,
  months: ColumnMonths,
  { seed, resamples }: BacktestOptions,
): Promise<number> {
  const tenantId = tenantArgument(tenantText);
  return withExistingSystem(session, async (system) => {
    const { tenant, store } = await system.openTenant(tenantId);
    const now = toInstant(system.runtime.clock());
    const done = await backtestCodeRed({ tenant, store: store.nightly, months, now }, { seed, resamples });
    if (!done.ok) throw new UserError(done.message);
    if (session.json) printJson(session, { tenant: tenantId, ...done.value });
    else session.print(describe(done.value));
    return 0;
  });
}

function describe({ months, percent, judgedOn, customers, groups }: CodeRedBacktest): string {
  const [first] = judgedOn;
  if (first === undefined)
    return `There is no month end with ${2 * months} months before it and ${months} after it: import more of the past.\n`;
  const table = textTable(
    ["CUSTOMERS", "CASES", "STAYED BELOW", "PRECISION", "BY PLAIN RED"],
    groups.map(({ group, cases, right, precision, againstRed }) => [
      GROUPS[group],
      String(cases),
      String(right),
      intervalText(precision, 100, "%"),
      intervalText(againstRed, 1, ""),
    ]),
  );
  return `Code Red, ${months} against ${months} months, red from ${percent} %: whether the next ${months} months stayed below 80 % of the compared ones.
${counted(customers, "customer")} at ${judgedOn.length} month ends from ${first} to ${judgedOn.at(-1) ?? first}; with 95 % intervals by customers.
${table}
`;
}

const intervalText = (estimate: Estimate | null, times: number, unit: string): string => {
  if (estimate === null) return "–";
  const text = (value: number): string => (value * times).toFixed(times === 1 ? 2 : 0);
  return `${text(estimate.value)}${unit === "" ? "" : ` ${unit}`} (${text(estimate.low)} to ${text(estimate.high)})`;
};
