import { settingFields } from "@regulars/render/code-red/setting-fields";

/** The change that a form asks for: an empty field is null, the usual value; a text that is no number stays one. */
export const changeOfForm = (form: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    settingFields.filter(({ name }) => typeof form[name] === "string").map(({ name }) => [name, valueOf(form[name])]),
  );

function valueOf(given: unknown): string | number | boolean | null {
  const text = String(given).trim();
  if (text === "") return null;
  if (text === "true" || text === "false") return text === "true";
  const number = Number(text);
  return Number.isFinite(number) ? number : text;
}
