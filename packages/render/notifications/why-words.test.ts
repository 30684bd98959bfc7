import { deciders } from "@regulars/core/notifications/effective";
import { type Why, routeRules } from "@regulars/core/notifications/route";
import { whyText } from "@regulars/core/notifications/why";
import { expect, it } from "vitest";
import { pageWordsOf } from "../texts/page-words.ts";
import { whyWords } from "./why-words.ts";

const english = await pageWordsOf("en");
const ukrainian = await pageWordsOf("uk");

const all: readonly Why[] = routeRules.flatMap((rule) =>
  deciders.flatMap((decidedBy) =>
    [{}, { reason: "звітність" }, { isOverruled: true }, { reason: "звітність", isOverruled: true }].map((more) => ({
      rule,
      decidedBy,
      ...more,
    })),
  ),
);

it("says in English why a message is sent as the API does, whichever rule and whoever decides", () => {
  const said = all.map((why) => whyWords(why, english));
  // Pages write large numbers as the language does.
  expect(said.map((text) => text.replace("20,000", "20000"))).toEqual(all.map(whyText));
  expect(new Set(said).size).toBe(all.length);
});

it("CN06: says it in another language without an English word, and a pause with the reader's day", () => {
  expect(all.map((why) => whyWords(why, ukrainian)).filter((text) => /[a-z]/i.test(text))).toEqual([]);
  const paused: Why = { rule: "paused", decidedBy: "user", pausedUntil: "2026-12-01" };
  expect(whyWords(paused, ukrainian)).toBe("повідомлення призупинено до 1 груд. 2026 р. (власний вибір)");
});
