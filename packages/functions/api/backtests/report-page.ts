import { backtestHtml } from "@regulars/render/backtests/report";
import type { BacktestReport } from "@regulars/core/backtests/run";

/** A backtest's report as it is served: it needs nothing but its own style, and may do nothing else. */
export const reportPage = (name: string, report: BacktestReport) => ({
  body: backtestHtml(`Backtest of ${name}`, report),
  headers: {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy":
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
  },
});
