import { backtestHtml } from "@regulars/render/backtests/report";
import type { PageWords } from "@regulars/render/texts/page-words";
import type { BacktestReport } from "@regulars/core/backtests/run";

/**
 * A backtest's report as served: self-contained, with a content security policy that allows only its own style. `back`
 * is the address of the page that lists the backtests.
 */
export const reportPage = (name: string, report: BacktestReport, words: PageWords, back?: string) => ({
  body: backtestHtml(name, report, words, back),
  headers: {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy":
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
  },
});
