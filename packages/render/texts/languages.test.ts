import { readFile, readdir } from "node:fs/promises";
import { builtInInsights } from "@regulars/core/insights/catalog";
import { type Language, languages } from "@regulars/core/platform/languages";
import { type Part, namesIn, parseText } from "@regulars/core/platform/text-parts";
import { numberOf, textIdIn } from "@regulars/core/platform/message-text";
import { currencySchema, day } from "@regulars/core/platform/values";
import { describe, expect, it } from "vitest";
import { da } from "./da.ts";
import { pages as daPages } from "./da/pages.ts";
import { refused as daRefused } from "./da/refused.ts";
import { en } from "./en.ts";
import { pages as enPages } from "./en/pages.ts";
import { refused as enRefused } from "./en/refused.ts";
import { formatsOf } from "./formats.ts";
import { ptBR } from "./pt-BR.ts";
import { pages as ptBRPages } from "./pt-BR/pages.ts";
import { refused as ptBRRefused } from "./pt-BR/refused.ts";
import { uk } from "./uk.ts";
import { pages as ukPages } from "./uk/pages.ts";
import { refused as ukRefused } from "./uk/refused.ts";
import { wordsOf } from "./words.ts";
import { writeText } from "./write-text.ts";

const DKK = currencySchema.parse("DKK");
const D = day("2026-11-22");

const textsOfKinds = builtInInsights.kinds.flatMap((kind) => [...kind.texts]);
const ofKinds = (language: Language): Record<string, string> => {
  const prefix = textIdIn("", language);
  return Object.fromEntries(
    textsOfKinds.flatMap(([id, text]) => (id.startsWith(prefix) ? [[id.slice(prefix.length), text]] : [])),
  );
};
const english = new Map<string, string>([
  ...Object.entries(en),
  ...Object.entries(enPages),
  ...textsOfKinds.filter(([id]) => !id.startsWith("in:")),
  ...Object.entries(ofKinds("en")),
]);
const translations = Object.entries({
  da: { ...da, ...daPages, ...ofKinds("da") },
  "pt-BR": { ...ptBR, ...ptBRPages, ...ofKinds("pt-BR") },
  uk: { ...uk, ...ukPages, ...ofKinds("uk") },
} satisfies Record<Exclude<Language, "en">, object>);
const everyText = translations.flatMap(([language, texts]) =>
  Object.entries(texts).map(([id, text]) => ({ language, id, text })),
);

const refusedTexts = Object.entries({ da: daRefused, "pt-BR": ptBRRefused, uk: ukRefused }).flatMap(
  ([language, texts]) => Object.entries(texts).map(([id, text]) => ({ language, id, text })),
);

const englishTexts = [...english].map(([id, text]) => ({ language: "en", id, text }));

/** What is quoted, in languages that do it otherwise than “so”. */
const QUOTED_IN: Readonly<Record<string, RegExp>> = { uk: /«[^«»]*»/g };

/** Words and signs that a language does not use, as it has another for the same thing. */
const OTHER_WORDS: Readonly<Record<string, RegExp>> = {
  en: /’|[^ ]…|\bcompanies\b|of a company each|^company$|knows the company/u,
  da: /\balarm|^ret(?: <name>| udvalg|$)|kender firmaet|firmaer|[^ ]…|tilhørende (?:vare|forhold)|\blinket med|virksomhed|forespørgs|natlige|afvisningsgrund|\bid'/iu,
  "pt-BR":
    /[^ ]…|conhece a empresa|empresas|(?:item|itens|proporção) ligad|teste retroativo|notificaç|\bchamadas\b|seguimento|> %|\d %/iu,
  uk: /[^ ]…|ел\. пошт|електронн\S+ (?:адрес|пошти)|знає компанію|компаній|дайджест|торгов\S+ представник|доставк|доставок|угод\S* втрачено| — /iu,
};

const numbers = Array.from({ length: 1_000 }, (_, index) => index);

/** Whole numbers that a plural has no form of its own for. */
const formless = (language: string, branches: ReadonlyMap<string, unknown>): readonly number[] => {
  const rules = new Intl.PluralRules(language);
  return numbers.filter((number) => !branches.has(`=${number}`) && !branches.has(rules.select(number)));
};

const pluralsIn = (parts: readonly Part[]): Extract<Part, { type: "plural" | "select" }>[] =>
  parts.flatMap((part) =>
    part.type === "plural" || part.type === "select" ? [part, ...[...part.branches.values()].flatMap(pluralsIn)] : [],
  );

/** The ids of all texts of pages in a language, as the files of the features state them. */
async function statedIds(language: Language): Promise<readonly string[]> {
  const folder = new URL(`./${language}/`, import.meta.url);
  const names = (await readdir(folder)).filter((name) => !/^(?:pages|refused.*)\.ts$/.test(name));
  const files = await Promise.all(names.map((name) => readFile(new URL(name, folder), "utf8")));
  return files.flatMap((text) =>
    [...text.matchAll(/^ {2}(?:"([^"]+)"|(\w+)):/gm)].map(([, quoted, bare = ""]) => quoted ?? bare),
  );
}

describe("the texts", () => {
  it.each(languages)("of pages are stated once in %s: of two with one id only the later would be said", async (one) => {
    const ids = await statedIds(one);
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
    expect(ids.length).toBe(Object.keys(enPages).length);
  });

  it("are the same ones in every language", () => {
    for (const [, texts] of translations) expect(Object.keys(texts).toSorted()).toEqual([...english.keys()].toSorted());
  });

  it("have the variables of the English text, and blocks that can be read", () => {
    for (const { language, id, text } of everyText) {
      const { parts, fault } = parseText(text);
      expect([language, id, fault]).toEqual([language, id, undefined]);
      const known = namesIn(parseText(english.get(id) ?? "").parts);
      expect([language, id, [...namesIn(parts)].toSorted()]).toEqual([language, id, [...known].toSorted()]);
    }
  });

  it("say what is refused with no variable that the English sentence lacks", () => {
    const knownOf = new Map<string, string>(Object.entries(enRefused));
    for (const { language, id, text } of refusedTexts) {
      const { parts, fault } = parseText(text);
      expect([language, id, fault]).toEqual([language, id, undefined]);
      const known = namesIn(parseText(knownOf.get(id) ?? "").parts);
      expect([language, id, namesIn(parts).filter((name) => !known.includes(name))]).toEqual([language, id, []]);
    }
  });

  it("quote in one way in each language", () => {
    const all = [...everyText, ...refusedTexts, ...englishTexts];
    for (const { language, id, text } of all) {
      // What a program reads is quoted as the program wants it.
      const said = text.replaceAll(/\{"[^}]*\}/g, "").replaceAll(QUOTED_IN[language] ?? /“[^“”]*”/g, "");
      expect([language, id, said.match(/["“”„«»]/g)]).toEqual([language, id, null]);
    }
  });

  it("say one thing with one word in each language", () => {
    const others = [...everyText, ...refusedTexts, ...englishTexts].filter(({ language, text }) =>
      OTHER_WORDS[language]?.test(text),
    );
    expect(others.map(({ language, id, text }) => `${language} ${id}: ${text}`)).toEqual([]);
  });

  it("have every plural form that their language has", () => {
    const all = [
      ...everyText,
      ...refusedTexts,
      ...[...english, ...Object.entries(enRefused)].map(([id, text]) => ({ language: "en", id, text })),
    ];
    for (const { language, id, text } of all)
      for (const { type, branches } of pluralsIn(parseText(text).parts)) {
        if (type === "select") continue;
        // A plural that only leaves out what there is none of says the same of all numbers.
        if (branches.has("=0") && branches.size === 2) continue;
        expect([language, id, formless(language, branches)]).toEqual([language, id, []]);
      }
  });

  it("are translated, where there is a word to translate", () => {
    const same = everyText
      .filter(({ id, text }) => text === english.get(id))
      .map(({ language, id }) => `${language} ${id}`);
    const words = same.filter((name) => {
      const text = english.get(name.split(" ")[1] ?? "") ?? "";
      return /\p{L}/u.test(text.replace(/<[^>]*>|\{[^{]*|\}/g, ""));
    });
    // These are the same words in both languages.
    expect(words.toSorted()).toEqual([
      "da churn-risk.over",
      "da churn-risk.under",
      "da criteria.records.email",
      "da deals.status",
      "da deliveries.mailTo",
      "da deliveries.slackTo",
      "da editor.owner.person",
      "da form.feedback",
      "da health.minutes",
      "da health.person",
      "da health.score",
      "da home.database",
      "da operand.is.person",
      "da operand.is.score",
      "da operand.of.personId",
      "da operand.of.statusId",
      "da owner.person",
      "da page.menu",
      "da page.slack",
      "da place.codeRed",
      "da prefValue.mail",
      "da prefs.log",
      "da refusals.by.plan",
      "da settings.webhooks",
      "da slackPage.team",
      "da templates.version",
      "da title.Regulars",
      "da toDo.email",
      "da users.email",
      "da users.teamId",
      "da users.userId",
      "pt-BR backtests.list",
      "pt-BR common.item",
      "pt-BR criteria.records.email",
      "pt-BR deals.status",
      "pt-BR deliveries.slackTo",
      "pt-BR health.hours",
      "pt-BR health.minutes",
      "pt-BR home.insight",
      "pt-BR links.field.itemId",
      "pt-BR operand.of.itemId",
      "pt-BR operand.of.statusId",
      "pt-BR page.menu",
      "pt-BR page.slack",
      "pt-BR place.codeRed",
      "pt-BR refusals.total",
      "pt-BR sales.insights",
      "pt-BR settings.webhooks",
      "pt-BR suggest.lift",
      "pt-BR title.Regulars",
      "pt-BR toDo.email",
      "pt-BR users.email",
      "uk deliveries.slackTo",
      "uk page.slack",
      "uk place.codeRed",
      "uk title.Regulars",
    ]);
  });
});

it("scenario 12: has the right endings for 1, 2, 5, 11 and 21 customers in Ukrainian", () => {
  const { say } = wordsOf("uk-UA");
  const said = (numb: number) => say("lowest.of", { numb, days: numb });
  expect([1, 2, 5, 11, 21].map(said)).toEqual([
    "за кількістю одиниць; усього 1 клієнт із замовленням за 1 день",
    "за кількістю одиниць; усього 2 клієнти із замовленням за 2 дні",
    "за кількістю одиниць; усього 5 клієнтів із замовленням за 5 днів",
    "за кількістю одиниць; усього 11 клієнтів із замовленням за 11 днів",
    "за кількістю одиниць; усього 21 клієнт із замовленням за 21 день",
  ]);
  const counted = (count: number) =>
    writeText(
      { template: "churn-risk.counted", variables: { numb: numberOf(count) } },
      builtInInsights.textOf,
      formatsOf("uk"),
    );
  expect([1, 2, 5, 11, 21, 1.5].map(counted)).toEqual([
    "1 клієнт із ризиком відтоку",
    "2 клієнти з ризиком відтоку",
    "5 клієнтів із ризиком відтоку",
    "11 клієнтів із ризиком відтоку",
    "21 клієнт із ризиком відтоку",
    "1,5 клієнта з ризиком відтоку",
  ]);
});

it("scenario 12: writes 1.234,56 kr. in Danish, and every language its own money, days and lists", () => {
  const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, " ");
  const shown = (locale: string) => {
    const formats = formatsOf(locale);
    const list = formats.list(["1", "2", "3"]);
    return plain([formats.money(123_456, DKK), formats.day(D), list, formats.number(1234.5)].join(" | "));
  };
  expect(["da-DK", "pt-BR", "uk-UA", "en-GB"].map(shown)).toEqual([
    "1.234,56 kr. | 22. nov. 2026 | 1, 2 og 3 | 1.234,5",
    "DKK 1.234,56 | 22 de nov. de 2026 | 1, 2 e 3 | 1.234,5",
    "1 234,56 DKK | 22 лист. 2026 р. | 1, 2 і 3 | 1 234,5",
    "DKK 1,234.56 | 22 Nov 2026 | 1, 2 and 3 | 1,234.5",
  ]);
});

it("has every language of the product", () => {
  expect(languages.map((language) => wordsOf(language).say("alert.open"))).toEqual([
    "Open",
    "Åbn",
    "Abrir",
    "Відкрити",
  ]);
});
