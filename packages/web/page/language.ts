import { type Language, isLanguage, languageOf, languages, localeFor } from "@regulars/core/platform/languages";
import type { TextSource } from "@regulars/core/platform/message-text";
import type { TenantId } from "@regulars/core/platform/values";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { type PageWords, pageWordsOf } from "@regulars/render/texts/page-words";
import { type ChosenLanguages, languagesOf } from "@regulars/store/notifications/languages";
import type { Context } from "hono";
import { getCookie } from "hono/cookie";
import type { PageContext, Viewer } from "./viewer.ts";

/** The cookie with the language that a browser's user chose. */
export const LANGUAGE_COOKIE = "regulars-language";

/** What languages are called by those who speak them. */
export const languageNames: Readonly<Record<Language, string>> = {
  en: "English",
  da: "Dansk",
  "pt-BR": "Português",
  uk: "Українська",
};

/** The language that was chosen in this browser. */
function chosenHere(c: Context): Language | undefined {
  const chosen = getCookie(c, LANGUAGE_COOKIE) ?? "";
  return isLanguage(chosen) ? chosen : undefined;
}

/** The words of a page that lies in no tenant: chosen in this browser, else what the browser asks for, else English. */
export const wordsOfBrowser = (c: Context): Promise<PageWords> =>
  pageWordsOf(localeFor(chosenHere(c) ?? acceptedLanguage(c.req.header("accept-language")) ?? "en", "en-GB"));

/** Whose preferences say the language of a page, besides the tenant's; nobody's where the browser's choice holds. */
export const languagesWanted = (c: PageContext, viewer: Viewer, tenantId: TenantId) =>
  chosenHere(c) === undefined ? languagesOf(tenantId, viewer.type === "user" ? viewer.userId : undefined) : undefined;

/**
 * The words of a tenant's pages for their viewer: chosen in this browser, else among their preferences, else the
 * tenant's, else what the browser asks for (docs/reference/messages.md 6). `texts` has the titles of insight kinds, for a
 * page that says some.
 */
export const wordsOfViewer = (
  c: Context,
  { locale }: Pick<Tenant, "locale">,
  { own, tenants }: ChosenLanguages = {},
  texts?: TextSource,
) =>
  pageWordsOf(
    localeFor(
      chosenHere(c) ??
        own ??
        tenants ??
        spoken(locale) ??
        acceptedLanguage(c.req.header("accept-language")) ??
        languageOf(locale),
      locale,
    ),
    texts,
  );

/** The first of the languages that a browser asks for and the product has (RFC 9110 12.5.4). */
export function acceptedLanguage(header = ""): Language | undefined {
  const asked = header.split(",").flatMap((part) => {
    const [tag = "", ...parameters] = part.trim().split(/\s*;\s*/);
    const weight = Number(parameters.find((one) => one.startsWith("q="))?.slice(2) ?? "1");
    return weight > 0 ? [{ tag, weight }] : [];
  });
  return asked
    .toSorted((a, b) => b.weight - a.weight)
    .map(({ tag }) => spoken(tag))
    .find((language) => language !== undefined);
}

/** The language of a locale, where the product has it. */
function spoken(locale: string): Language | undefined {
  const [primary = ""] = locale.toLowerCase().split(/[-_]/);
  return languages.find((language) => language.toLowerCase().split("-")[0] === primary);
}
