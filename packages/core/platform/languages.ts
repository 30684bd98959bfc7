import * as z from "zod";
import { cutText } from "./cut-text.ts";
import { nearestName } from "./nearest-name.ts";
import { type Result, ok, refuse } from "./result.ts";

/** The languages that the product has texts in, as BCP 47 tags. */
export const languages = ["en", "da", "pt-BR", "uk"] as const;
export type Language = (typeof languages)[number];

export const isLanguage = (text: string): text is Language => languages.some((language) => language === text);

/** A language that somebody chose; one without texts is refused with those that there are. */
export function readLanguage(text: string): Result<Language, "unknown-language"> {
  if (isLanguage(text)) return ok(text);
  const nearest = nearestName(text, languages);
  const hint = nearest?.toLowerCase() === text.toLowerCase() ? `: write it "${nearest}"` : "";
  return refuse(
    "unknown-language",
    `there are no texts in "${cutText(text, 40)}"${hint}; the languages are ${languages.join(", ")}`,
  );
}

/** The same for requests, files and stored items. */
export const languageSchema = z.enum(languages, {
  error: ({ input }) => {
    const read = readLanguage(String(input));
    return read.ok ? undefined : read.message;
  },
});

/**
 * The language of a tenant's locale: "da-DK" has the texts of "da", and every Portuguese those of Brazil. Where there
 * are no texts in its language, English.
 */
export function languageOf(locale: string): Language {
  if (isLanguage(locale)) return locale;
  const [primary = ""] = locale.toLowerCase().split(/[-_]/);
  return languages.find((language) => language.toLowerCase().split("-")[0] === primary) ?? "en";
}

const usualLocales: Readonly<Record<Language, string>> = { en: "en-GB", da: "da-DK", "pt-BR": "pt-BR", uk: "uk-UA" };

/**
 * The locale in which a reader gets numbers, money and days: the tenant's where it is of their language, else the usual
 * one of the language. Without a language of their own, the tenant's.
 */
export const localeFor = (language: Language | undefined, tenantLocale: string): string =>
  language === undefined || languageOf(tenantLocale) === language ? tenantLocale : usualLocales[language];
