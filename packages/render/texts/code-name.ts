import type { Language } from "@regulars/core/platform/languages";

/** What a code is called in a language: "Ukraine" for the region UA; `undefined` for one that has no name, or is none. */
export function codeName(
  code: string,
  type: "currency" | "language" | "region",
  language: Language,
): string | undefined {
  try {
    return new Intl.DisplayNames(language, { type, fallback: "none" }).of(code);
  } catch {
    return undefined;
  }
}
