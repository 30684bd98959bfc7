import { describe, expect, it } from "vitest";
import { languageOf, languageSchema, localeFor, readLanguage } from "./languages.ts";

describe("a language", () => {
  it("is refused without texts, with those that there are", () => {
    expect(readLanguage("uk")).toEqual({ ok: true, value: "uk" });
    expect(readLanguage("sv")).toEqual({
      ok: false,
      reason: "unknown-language",
      message: 'there are no texts in "sv"; the languages are en, da, pt-BR, uk',
    });
    expect(readLanguage("pt-br")).toMatchObject({
      message: 'there are no texts in "pt-br": write it "pt-BR"; the languages are en, da, pt-BR, uk',
    });
    expect(languageSchema.safeParse("").error?.issues[0]?.message).toBe(
      'there are no texts in ""; the languages are en, da, pt-BR, uk',
    );
    expect(languageSchema.parse("da")).toBe("da");
  });

  it("is chosen by a tenant's locale, and is English where there are no texts", () => {
    const chosen = ["da-DK", "da", "en-US", "pt-PT", "pt-BR", "uk-UA", "UK_ua", "de-DE", "", "ukr"].map(languageOf);
    expect(chosen).toEqual(["da", "da", "en", "pt-BR", "pt-BR", "uk", "uk", "en", "en", "en"]);
  });

  it("keeps the tenant's formats for readers of its language", () => {
    expect(localeFor(undefined, "en-US")).toBe("en-US");
    expect(localeFor("en", "en-US")).toBe("en-US");
    expect(localeFor("en", "da-DK")).toBe("en-GB");
    expect(localeFor("uk", "da-DK")).toBe("uk-UA");
    expect(localeFor("en", "de-DE")).toBe("de-DE");
  });
});
