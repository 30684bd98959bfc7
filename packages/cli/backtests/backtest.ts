import { builtInInsights } from "@regulars/core/insights/catalog";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type BacktestOptions, backtestBounds } from "@regulars/core/backtests/options";
import type { BacktestReport } from "@regulars/core/backtests/run";
import { type Result } from "@regulars/core/platform/result";
import { toInstant } from "@regulars/core/platform/values";
import { backtest, backtestMadeUp } from "@regulars/flows/backtests/backtest";
import { UserError } from "@regulars/local/user-error";
import { columnMonths } from "@regulars/core/code-red/settings";
import { backtestCodeRedCommand } from "./backtest-code-red.ts";
import { oneOf, tenantArgument, wholeNumber } from "../arguments.ts";
import { pageWordsOf } from "@regulars/render/texts/page-words";
import { backtestHtml } from "@regulars/render/backtests/report";
import { describeBacktest } from "./describe-backtest.ts";
import { showCount } from "../progress.ts";
import { type Session, printJson, withExistingSystem } from "../session.ts";

export interface BacktestCommandOptions {
  readonly tenant?: string;
  readonly madeUp?: string | true;
  readonly horizon: string;
  readonly seed: string;
  readonly resamples: string;
  readonly html?: string;
  readonly kind?: string;
  readonly months?: string;
}

const USUAL_CUSTOMERS = 400;

/** `regulars backtest`: precision and recall of every rule, on a tenant's own orders or on generated customers. */
export async function backtestCommand(session: Session, given: BacktestCommandOptions): Promise<number> {
  const options: BacktestOptions = {
    horizonDays: wholeNumber("--horizon", given.horizon, backtestBounds.horizonDays),
    seed: wholeNumber("--seed", given.seed, backtestBounds.seed),
    resamples: wholeNumber("--resamples", given.resamples, backtestBounds.resamples),
  };
  if (given.kind !== undefined) return codeRed(session, given, options);
  if (given.months !== undefined) throw new UserError("--months goes with --kind code-red");
  if ((given.tenant === undefined) === (given.madeUp === undefined))
    throw new UserError(
      "give either --tenant T (its own orders) or --made-up (generated customers, for which the truth is known)",
    );
  const { name, report } = await (given.tenant === undefined
    ? madeUp(session, given, options)
    : ofTenant(session, given.tenant, options));
  const words = await pageWordsOf("en");
  const title = words.say("report.of", { name });
  const path =
    given.html ??
    (session.json || given.tenant === undefined ? undefined : join(session.data, `backtest-${name}.html`));
  if (path !== undefined) await writeFile(path, backtestHtml(name, report, words));
  if (session.json) printJson(session, { tenant: given.tenant ?? null, ...report });
  else
    session.print(`${describeBacktest(title, report, words)}${path === undefined ? "" : `\n\nWith a plot: ${path}`}\n`);
  return 0;
}

/** Code Red has its own walk, month by month. */
function codeRed(session: Session, given: BacktestCommandOptions, options: BacktestOptions): Promise<number> {
  oneOf(["code-red"], "--kind", given.kind ?? "");
  const months = columnMonths.find((one) => String(one) === (given.months ?? "3"));
  if (months === undefined)
    throw new UserError(`--months "${given.months ?? ""}" is not one of ${columnMonths.join(", ")}`);
  if (given.tenant === undefined || given.madeUp !== undefined || given.html !== undefined)
    throw new UserError("--kind code-red goes with --tenant T, without --made-up and --html");
  return backtestCodeRedCommand(session, given.tenant, months, options);
}

function ofTenant(session: Session, tenantText: string, options: BacktestOptions) {
  const tenantId = tenantArgument(tenantText);
  return withExistingSystem(session, async (system) => {
    const { tenant, store, catalog } = await system.openTenant(tenantId);
    const now = toInstant(system.runtime.clock());
    const bar = showCount(session);
    try {
      const done = await backtest({ tenant, store: store.nightly, catalog, now }, options, bar);
      return { name: String(tenantId), report: accepted(done) };
    } finally {
      bar.stop();
    }
  });
}

async function madeUp(session: Session, { madeUp: count }: BacktestCommandOptions, options: BacktestOptions) {
  const customers =
    typeof count === "string" ? wholeNumber("--made-up", count, { least: 10, most: 100_000 }) : USUAL_CUSTOMERS;
  const bar = showCount(session);
  try {
    return {
      name: `${customers} made-up customers`,
      report: accepted(await backtestMadeUp(builtInInsights, customers, options, bar)),
    };
  } finally {
    bar.stop();
  }
}

function accepted(done: Result<BacktestReport>): BacktestReport {
  if (!done.ok) throw new UserError(done.message);
  return done.value;
}
