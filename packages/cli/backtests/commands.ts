import type { BacktestCommandOptions } from "./backtest.ts";
import { backtestBounds } from "@regulars/core/backtests/options";
import type { Add } from "../system/add-command.ts";

/** How right the rules were. */
export function addBacktestCommands(add: Add): void {
  add<BacktestCommandOptions>(
    "backtest",
    {
      reads: "all",
      says: "Says how right every rule would have been on past orders: a tenant's own, or made-up ones for which the truth is known.",
      examples: ["backtest --tenant acme --html report.html", "backtest --made-up 200"],
    },
    async (session, options) => (await import("./backtest.ts")).backtestCommand(session, options),
  )
    .option("--tenant <id>", "on this tenant's own orders")
    .option("--made-up [customers]", "on generated customers, for which the truth is known")
    .option(
      "--horizon <days>",
      "an alert is right when what it says stays true for this many days",
      String(backtestBounds.horizonDays.usual),
    )
    .option(
      "--seed <number>",
      "random seed of the intervals and of generated customers",
      String(backtestBounds.seed.usual),
    )
    .option("--resamples <number>", "bootstrap resamples for the intervals", String(backtestBounds.resamples.usual))
    .option("--html <file>", "write the report with its plot to this HTML file")
    .option("--kind <kind>", "code-red: instead, how often the lights of the call list were right, month by month")
    .option("--months <months>", "with --kind code-red: the months that are compared, 1, 3, 6 or 12 (default: 3)");
}
