import { type Language, languages } from "@regulars/core/platform/languages";
import { settingsChangeSchema } from "@regulars/core/insights/tenant-settings";
import { isZone, timeZones } from "@regulars/core/platform/period";
import { pageWordsOf } from "@regulars/render/texts/page-words";
import { describe, expect, it } from "vitest";
import { type CodeKind, codeList, codeSelect } from "./code-choices.ts";

const wordsIn = (language: Language) => ({ ...english, language });
const english = await pageWordsOf("en");
const fields = { currency: "currency", language: "locale", region: "phoneCountry" } as const;
const kinds: readonly CodeKind[] = ["currency", "language", "region"];

const UNITS = ["CHE", "CHW", "CLF", "COU", "MXV", "USN", "UYI", "UYW", "VED"];

const optionsIn = (page: string): readonly (readonly [code: string, text: string])[] =>
  [...page.matchAll(/<option value="([^"]*)"(?: label="([^"]*)")?[^>]*>([^<]*)/g)].map(
    ([, code = "", label, text = ""]) => [code, label ?? text] as const,
  );
const offered = (kind: CodeKind, language: Language) => optionsIn(String(codeList("codes", kind, wordsIn(language))));

describe("the codes that forms offer", () => {
  it.each(kinds)("are all taken by the settings, and each once: %s", (kind) => {
    const codes = offered(kind, "en").map(([code]) => code);
    const refused = codes.filter((code) => !settingsChangeSchema.safeParse({ [fields[kind]]: code }).success);
    expect([refused, new Set(codes).size, codes.length > 150]).toEqual([[], codes.length, true]);
  });

  it("are named in every language, in its order", () => {
    for (const language of languages)
      for (const kind of kinds) {
        const texts = offered(kind, language).map(([, text]) => text);
        expect(texts).toEqual(texts.toSorted(new Intl.Collator(language).compare));
        // Units of account have no name in some languages.
        const nameless = texts.filter((text) => !/ \([A-Za-z-]+\)$/.test(text) && !UNITS.includes(text));
        expect([language, kind, nameless]).toEqual([language, kind, []]);
      }
    expect(offered("region", "uk")).toContainEqual(["UA", "Україна (UA)"]);
    expect(offered("currency", "da")).toContainEqual(["DKK", "dansk krone (DKK)"]);
    expect(offered("language", "pt-BR")).toContainEqual(["pt-BR", "português (Brasil) (pt-BR)"]);
  });

  it("keep a stored or refused code that is not offered as the choice, and none as a dash", () => {
    const chosen = (value: string) =>
      /<option value="([^"]*)" selected>([^<]*)/.exec(
        String(codeSelect({ name: "currency", kind: "currency", value }, wordsIn("en"))),
      );
    expect(chosen("EUR")?.slice(1)).toEqual(["EUR", "Euro (EUR)"]);
    expect(chosen("HRK")?.slice(1)).toEqual(["HRK", "Croatian Kuna (HRK)"]);
    expect(chosen('<b>"')?.slice(1)).toEqual(["&lt;b&gt;&quot;", "&lt;b&gt;&quot;"]);
    expect(chosen("")?.slice(1)).toEqual(["", "–"]);
  });

  it("are time zones that can be read, UTC among them", () => {
    expect([timeZones().filter((zone) => !isZone(zone)), timeZones().includes("UTC")]).toEqual([[], true]);
  });
});
