import { backtestHtml } from "@regulars/render/backtests/report";
import type { BacktestReport } from "@regulars/core/backtests/run";

/**
 * A backtest's report as served: self-contained, with a content security policy that allows only its own style. `back`
 * is the address of the page that lists the backtests.
 */
export const reportPage = (name: string, report: BacktestReport, back?: string) => ({
  body: backtestHtml(`Backtest of ${name}`, report, back),
  headers: {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy":
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
  },
});
