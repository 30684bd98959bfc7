import type { Why } from "@regulars/core/notifications/route";
import { MOST_OF_TENANT, MOST_TO_ONE } from "@regulars/core/notifications/send-limits";
import { daySchema } from "@regulars/core/platform/values";
import type { PageWords } from "../texts/page-words.ts";

/** Why something is sent so, in the reader's language: "waits for the end of the quiet hours (as usual)". */
export function whyWords(why: Why, words: PageWords): string {
  const { say } = words;
  const { decidedBy, reason, isOverruled = false } = why;
  const [what, whos] = [ruleText(why, words), say(`whose.${decidedBy}`)];
  if (reason === undefined) return say(isOverruled ? "why.overruled" : "why.by", { what, whos });
  return say(isOverruled ? "why.overruledBecause" : "why.byBecause", { what, whos, text: reason });
}

function ruleText({ rule, pausedUntil }: Why, { say, formats }: PageWords): string {
  const until = daySchema.safeParse(pausedUntil);
  if (rule === "paused" && until.success) return say("why.pausedUntil", { date: formats.day(until.data) });
  if (rule === "reader-limit") return say("why.reader-limit", { most: MOST_TO_ONE });
  return rule === "tenant-limit" ? say("why.tenant-limit", { most: MOST_OF_TENANT }) : say(`why.${rule}`);
}
