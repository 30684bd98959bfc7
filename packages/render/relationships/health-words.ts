import type { Cap } from "@regulars/core/relationships/caps";
import type { Weakness } from "@regulars/core/relationships/weaknesses";
import { counted } from "@regulars/core/platform/counted";

type Trend = { readonly direction: "up" | "down" | "neutral" } | null | undefined;

/** "falling", "rising", "steady", or that it is not known. */
export const trendText = (trend: Trend): string =>
  trend === null || trend === undefined
    ? "not known"
    : { up: "rising", down: "falling", neutral: "steady" }[trend.direction];

/** Why a score that is shown is below good. */
export const capText = (cap: Cap): string =>
  cap.reason === "waits"
    ? `waits ${counted(cap.days, "working day")}`
    : `no reply to ${counted(cap.messages, "message")}`;

/** What to act on. */
export function weaknessText(weakness: Weakness, personName?: string): string {
  const who = personName === undefined ? "" : ` (${personName})`;
  switch (weakness.reason) {
    case "waits":
      return `a message waits since ${weakness.since}${who}`;
    case "no-reply":
      return `no reply to ${counted(weakness.messages, "message")} since ${weakness.since}${who}`;
    case "fell":
      return `fell from ${weakness.from} to ${weakness.to} on ${weakness.since}`;
    case "trend-down":
      return `falling since ${weakness.since}`;
  }
}

/** Minutes as hours and minutes: "2 h 5 min". */
export function minutesText(minutes: number): string {
  const whole = Math.round(minutes);
  return whole < 60 ? `${whole} min` : `${Math.floor(whole / 60)} h ${whole % 60} min`;
}
