import { currentCurrencies } from "@regulars/core/platform/currencies";
import type { Language } from "@regulars/core/platform/languages";
import { timeZones } from "@regulars/core/platform/period";
import { usualLocales } from "@regulars/core/tenants/locales";
import { countryCodes } from "@regulars/core/tenants/phone-country";
import { codeName } from "@regulars/render/texts/code-name";
import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import type { Html } from "./layout.ts";

/** What codes are of; each has names in every language. */
export type CodeKind = "currency" | "language" | "region";

/** The codes that forms offer. */
const OFFERED: Readonly<Record<CodeKind, () => readonly string[]>> = {
  currency: () => currentCurrencies,
  language: usualLocales,
  region: () => countryCodes,
};

/** "Ukraine (UA)"; the code alone where it has no name. */
export function codeText(code: string, kind: CodeKind, { language }: Pick<PageWords, "language">): string {
  const name = codeName(code, kind, language);
  return name === undefined ? code : `${name} (${code})`;
}

interface Offered {
  readonly code: string;
  readonly text: string;
}

/** By kind and language: the names of some hundred codes take a few milliseconds. */
const drawn = new Map<string, readonly Offered[]>();

/** The codes of a kind by their names in a language. */
function offeredCodes(kind: CodeKind, language: Language): readonly Offered[] {
  const key = `${kind} ${language}`;
  const known = drawn.get(key);
  if (known !== undefined) return known;
  const { compare } = new Intl.Collator(language);
  const made = OFFERED[kind]()
    .map((code) => ({ code, text: codeText(code, kind, { language }) }))
    .toSorted((a, b) => compare(a.text, b.text));
  drawn.set(key, made);
  return made;
}

interface CodeField {
  readonly name: string;
  readonly kind: CodeKind;
  /** What is chosen: a stored code that is not offered any more, or a refused one, stays a choice. */
  readonly value: string;
  /** What an empty code stands for, where it is a choice. */
  readonly usual?: string | undefined;
}

/** A list of codes by their names, to choose one. */
export function codeSelect({ name, kind, value, usual }: CodeField, words: PageWords): Html {
  const codes = [
    ...(usual === undefined ? [] : [{ code: "", text: words.say("common.usual", { text: usual }) }]),
    ...offeredCodes(kind, words.language),
  ];
  const isOffered = codes.some(({ code }) => code === value);
  const all = isOffered ? codes : [{ code: value, text: value === "" ? "–" : codeText(value, kind, words) }, ...codes];
  return html`<select name="${name}">
    ${all.map(({ code, text }) => html`<option value="${code}" ${code === value ? html`selected` : ""}>${text}</option>`)}
  </select>`;
}

/** The codes that a text field offers while somebody writes: others may be written too. */
export const codeList = (id: string, kind: CodeKind, { language }: PageWords): Html =>
  html`<datalist id="${id}">
    ${offeredCodes(kind, language).map(({ code, text }) => html`<option value="${code}" label="${text}"></option>`)}
  </datalist>`;

/** The id of the time zones that a field offers. */
export const ZONES = "zones";

/** The time zones that a field offers while somebody writes; once on a page with such a field. */
export const zonesView: Html = html`<datalist id="${ZONES}">
  ${timeZones().map((zone) => html`<option value="${zone}"></option>`)}
</datalist>`;
