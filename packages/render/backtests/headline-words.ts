import type { Headline } from "@regulars/core/backtests/headline";
import { daySchema } from "@regulars/core/platform/values";
import type { PageWords } from "../texts/page-words.ts";
import { FEWEST_ALERTS } from "./report-words.ts";

/** The sentence that a kind's report leads with, from its figures. */
export function headlineText(headline: Headline, words: PageWords): string {
  const { alerts, left, longestAlerts, longestLeft } = headline;
  const { say, formats } = words;
  const from = formats.day(daySchema.parse(headline.from));
  const upto = formats.day(daySchema.parse(headline.to));
  if (alerts === 0) return say("headline.none", { from, upto });
  const figures = { numb: alerts, from, upto, left, othr: longestLeft };
  const says =
    longestAlerts === alerts
      ? say("headline.says", figures)
      : say("headline.saysOf", { ...figures, totl: longestAlerts });
  return [says, ...difference(headline, words), ...(alerts < FEWEST_ALERTS ? [say("headline.few")] : [])].join(" ");
}

/** Where the longest silence is the better sign, and how long one waits for it. */
function difference(headline: Headline, { say }: PageWords): readonly string[] {
  const { alerts, left, longestAlerts, longestLeft, silentDays, longestSilentDays } = headline;
  if (longestLeft * alerts <= left * longestAlerts || longestLeft <= left) return [];
  const [days, ownd] = [longestSilentDays ?? 0, silentDays ?? 0];
  return [days > ownd ? say("headline.longestWaits", { days, ownd }) : say("headline.longest")];
}
