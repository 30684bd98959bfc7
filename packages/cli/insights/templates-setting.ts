import { cutText } from "@regulars/core/platform/cut-text";
import { UserError } from "@regulars/local/user-error";

/** Reads LANGUAGE:TEXT=WORDS of a tenant's own words; without words, the text is the product's again. */
export function templatesOf(texts: readonly string[]): object {
  const templates: Record<string, Record<string, string | null>> = {};
  for (const text of texts) {
    const [, language = "", textId, words = ""] = /^([A-Za-z-]+):([^=:]+)=(.*)$/s.exec(text) ?? [];
    if (textId === undefined)
      throw new UserError(
        `--template "${cutText(text, 80)}" is not like LANGUAGE:TEXT=WORDS, da:digest.footer=Hej <firm>`,
      );
    templates[language] = { ...templates[language], [textId]: words === "" ? null : words };
  }
  return templates;
}
