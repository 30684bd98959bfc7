import { languages } from "../platform/languages.ts";
import { countryCodes } from "./phone-country.ts";

/** The language that most people of a country write, as a locale of it: "da-DK". */
const localeOf = (country: string): string => {
  const { language } = new Intl.Locale(`und-${country}`).maximize();
  return `${language}-${country}`;
};

/** The locales that forms offer: those that have texts, and one of each country. Others can be written. */
export const usualLocales = (): readonly string[] => [...new Set([...languages, ...countryCodes.map(localeOf)])];
