import type { Headline } from "@regulars/core/backtests/headline";
import { type Compared, simplerOf, simplerSentences } from "@regulars/core/backtests/simpler";
import { builtInInsights } from "@regulars/core/insights/catalog";
import { describe, expect, it } from "vitest";
import { pageWordsOf } from "../texts/page-words.ts";
import { headlineText } from "./headline-words.ts";
import { simplerText } from "./simpler-words.ts";

const english = await pageWordsOf("en");
const danish = await pageWordsOf("da", builtInInsights.textOf);
const ukrainian = await pageWordsOf("uk", builtInInsights.textOf);

const headline: Headline = {
  from: "2025-11-23",
  to: "2026-11-22",
  alerts: 12,
  left: 10,
  longestAlerts: 12,
  longestLeft: 11,
  silentDays: 63,
  longestSilentDays: 91,
  says: "",
};

describe("a backtest's report in the reader's language", () => {
  it("CN06: has the names of all rules and orders that kinds compare, and what counts as right", () => {
    const backtests = builtInInsights.kinds.flatMap(({ backtest }) => (backtest === undefined ? [] : [backtest]));
    const titles = backtests.flatMap(({ rules, rankings = [] }) => [...rules, ...rankings].map(({ title }) => title));
    expect(titles.length).toBeGreaterThan(15);
    expect(titles.filter((title) => english.find(`title.${title}`) === undefined)).toEqual([]);
    expect(backtests.map(({ says }) => says)).toEqual([english.say("says.silences"), english.say("says.items")]);
  });

  it("F8: leads with the sentence of its figures", () => {
    expect(headlineText(headline, english)).toBe(
      "Of the 12 customers it would have told you about from Nov 23, 2025 to Nov 22, 2026, 10 had left; the list of longest silence would have had 11. Here the longest silence is right more often, but on day 91 of the silence instead of day 63.",
    );
    expect(headlineText({ ...headline, alerts: 0 }, danish)).toBe(
      "Det ville ikke have fortalt dig om nogen kunde fra 23. nov. 2025 til 22. nov. 2026: for få til at bedømme.",
    );
    expect(headlineText({ ...headline, alerts: 2, left: 2, longestAlerts: 3, longestLeft: 1 }, ukrainian)).toBe(
      "З 2 клієнтів, про яких вам повідомили б з 23 лист. 2025 р. до 22 лист. 2026 р., відпали 2; список найдовших пауз мав би 1 із 3. Цього замало, щоб судити.",
    );
  });

  it("AC01: says where a compared rule is better, as the report has it in English, in each figure", () => {
    const whats = [
      "precision, finding no less",
      "precision at as many alerts, its limit moved",
      "average precision",
      "right calls of as many",
      "lost money called",
    ];
    const figure = (value: number) => ({ value, samples: [value, value] });
    const compared = whats.map((what, i): Compared => ({
      title: i === 0 ? "Silent for 90 days" : "Longest silence",
      what,
      ours: figure(0.5),
      other: figure(0.6),
      textOf: (value) => (i > 1 ? String(value) : `${Math.round(100 * value)} %`),
      but: i === 0 ? ", but on day 91 instead of day 63" : undefined,
    }));
    const sentences = simplerSentences(compared.flatMap(simplerOf));
    expect(sentences.map((one) => simplerText(one, english))).toEqual(sentences);
    const [said = ""] = sentences.map((one) => simplerText(one, ukrainian));
    expect(said).toContain(
      "«Пауза 90 днів» – точність, не знаходячи менше, 60 % замість 50 %, але на 91-й день замість 63-го",
    );
    expect(/[a-z]/i.test(said)).toBe(false);
    expect(simplerText("Something else.", ukrainian)).toBe("Something else.");
  });
});
