import type { Why } from "@regulars/core/notifications/route";
import { daySchema } from "@regulars/core/platform/values";
import type { PageWords } from "../texts/page-words.ts";

/** Why something is sent so, in the reader's language: "waits for the end of the quiet hours (as usual)". */
export function whyWords({ rule, decidedBy, reason, pausedUntil, isOverruled = false }: Why, words: PageWords): string {
  const { say, formats } = words;
  const until = daySchema.safeParse(pausedUntil);
  const what =
    rule === "paused" && until.success ? say("why.pausedUntil", { date: formats.day(until.data) }) : say(`why.${rule}`);
  const whos = say(`whose.${decidedBy}`);
  if (reason === undefined) return say(isOverruled ? "why.overruled" : "why.by", { what, whos });
  return say(isOverruled ? "why.overruledBecause" : "why.byBecause", { what, whos, text: reason });
}
