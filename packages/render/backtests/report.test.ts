import { kindScoreSchema } from "@regulars/core/backtests/report-schema";
import { languages } from "@regulars/core/platform/languages";
import { day } from "@regulars/core/platform/values";
import { expect, it } from "vitest";
import { pageWordsOf } from "../texts/page-words.ts";
import { backtestHtml } from "./report.ts";

const rule = {
  rule: "ours",
  title: "ours",
  isOurs: true,
  alerts: 0,
  hits: 0,
  precision: null,
  recall: null,
  f1: null,
  alertsPer100: null,
  medianLeadDays: null,
};
const kindOf = (kind: string, alerts: number) =>
  kindScoreSchema.parse({ kind, title: kind, says: "", eligibleCustomers: 1, truths: 0, rules: [{ ...rule, alerts }] });
const reportOf = (...kinds: readonly ReturnType<typeof kindOf>[]) => ({
  from: day("2026-11-01"),
  to: day("2026-11-20"),
  horizonDays: 90,
  customers: 2,
  orderDays: 3,
  seed: 1,
  resamples: 10,
  kinds,
});

it.each(languages)("says once what is missing when the past says nothing of any kind, in %s", async (language) => {
  const words = await pageWordsOf(language);
  const text = backtestHtml("acme", reportOf(kindOf("churn-risk", 0), kindOf("lost-items", 0)), words);
  expect(text.split(words.say("report.nothing"))).toHaveLength(2);
  expect(text).not.toMatch(/<table|<svg|<h2/);
});

it("has figures of the kinds only that the past says something of", async () => {
  const words = await pageWordsOf("en");
  const text = backtestHtml("acme", reportOf(kindOf("churn-risk", 2), kindOf("lost-items", 0)), words);
  expect([text.match(/<h2>/g)?.length, text.match(/<table/g)?.length]).toEqual([2, 1]);
  expect(text).not.toContain(words.say("report.nothing"));
});
