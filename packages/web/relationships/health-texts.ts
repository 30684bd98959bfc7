import type { Cap } from "@regulars/core/relationships/caps";
import type { Weakness } from "@regulars/core/relationships/weaknesses";
import type { PageWords } from "@regulars/render/texts/page-words";

type Trend = { readonly direction: "up" | "down" | "neutral" } | null | undefined;

/** "falling", "rising", "steady", or that it is not known. */
export const trendText = ({ say }: PageWords, trend: Trend): string =>
  say(`health.trend.${trend?.direction ?? "unknown"}`);

/** Why a score that is shown is below good. */
export const capText = ({ say }: PageWords, cap: Cap): string =>
  cap.reason === "waits" ? say("health.waits", { numb: cap.days }) : say("health.noReply", { numb: cap.messages });

/** What to act on. */
export function weaknessText({ say, formats }: PageWords, weakness: Weakness, name?: string): string {
  const date = formats.day(weakness.since);
  switch (weakness.reason) {
    case "waits":
      return name === undefined ? say("weak.waits", { date }) : say("weak.waitsOf", { date, name });
    case "no-reply": {
      const numb = weakness.messages;
      return name === undefined ? say("weak.noReply", { numb, date }) : say("weak.noReplyOf", { numb, date, name });
    }
    case "fell":
      return say("weak.fell", { from: weakness.from, upto: weakness.to, date });
    case "trend-down":
      return say("weak.trendDown", { date });
  }
}

/** Minutes as hours and minutes: "2 h 5 min". */
export function minutesText({ say }: PageWords, minutes: number): string {
  const whole = Math.round(minutes);
  return whole < 60
    ? say("health.minutes", { numb: whole })
    : say("health.hours", { hour: Math.floor(whole / 60), numb: whole % 60 });
}
