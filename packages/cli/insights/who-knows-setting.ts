import { UserError } from "@regulars/local/user-error";
import { settingValue } from "./setting-value.ts";

/** Reads SETTING=VALUE of who knows whom; a template's subject and text are given one by one, together. */
export function whoKnowsOf(texts: readonly string[]): object {
  const plain: Record<string, unknown> = {};
  const templates: Record<string, Record<string, string> | null> = {};
  for (const text of texts) {
    const [, name, value = ""] = /^(enabled|mode|(?:subject|text)\.[A-Za-z0-9-]+)=(.*)$/s.exec(text) ?? [];
    if (name === undefined)
      throw new UserError(
        `--who-knows "${text}" is not like SETTING=VALUE; the settings are enabled, mode, subject.LANGUAGE, text.LANGUAGE`,
      );
    const [part = "", language] = name.split(".");
    if (language === undefined) plain[name] = settingValue(value);
    else templates[language] = value === "" ? null : { ...templates[language], [part]: value };
  }
  return Object.keys(templates).length === 0 ? plain : { ...plain, templates };
}
