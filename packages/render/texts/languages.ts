import type { Language } from "@regulars/core/platform/languages";
import { da } from "./da.ts";
import { type TextId, type Translation, en } from "./en.ts";
import { ptBR } from "./pt-BR.ts";
import { uk } from "./uk.ts";

const texts: Readonly<Record<Language, Translation>> = {
  en,
  da,
  "pt-BR": ptBR,
  uk,
};

/** A text of the product; `undefined` for those that lie with their insight kind. */
export function translated(textId: string, language: Language): string | undefined {
  const ofLanguage: Readonly<Record<string, string>> = texts[language];
  return Object.hasOwn(ofLanguage, textId) ? ofLanguage[textId] : undefined;
}

/** Whether there is such a text of the product. */
export const isTextId = (text: string): text is TextId => Object.hasOwn(en, text);
