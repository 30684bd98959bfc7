import type { Runtime } from "@regulars/functions/runtime";
import type { Table } from "@regulars/store/engine/table";
import { Hono } from "hono";
import { backtestPages } from "./backtests/backtest-pages.ts";
import { codeRedPages } from "./code-red/code-red-pages.ts";
import { codeRedSettingsPages } from "./code-red/code-red-settings-pages.ts";
import { healthPages } from "./relationships/health-pages.ts";
import { introductionsPages } from "./who-knows/introductions-pages.ts";
import { linksPages } from "./code-red/links-pages.ts";
import { planPages } from "./boards/sales-plan-pages.ts";
import { refusalPages } from "./refusals/refusal-pages.ts";
import { settingsPages } from "./tenants/settings-pages.ts";
import { statusesPages } from "./monitors/statuses-pages.ts";
import { insightPages } from "./insights/insight-pages.ts";

interface ConsoleOptions {
  /** Path of the data folder, for the commands that pages name. */
  readonly folder: string;
  readonly table: Table;
  readonly runtime: Runtime;
}

/** The pages of all features. */
export function consolePages({ folder, table, runtime }: ConsoleOptions): Hono {
  const pages = new Hono();
  pages.route("/", insightPages({ table, runtime }));
  pages.route("/", planPages({ table, runtime }));
  pages.route("/", refusalPages({ table, runtime }));
  pages.route("/", backtestPages({ table, runtime }));
  pages.route("/", codeRedPages({ table, runtime }));
  pages.route("/", healthPages({ table, runtime }));
  pages.route("/", introductionsPages({ table, runtime }));
  pages.route("/", linksPages({ table, runtime }));
  pages.route("/", codeRedSettingsPages({ table, runtime }));
  pages.route("/", statusesPages({ folder, table, runtime }));
  pages.route("/", settingsPages({ table, runtime }));
  return pages;
}
