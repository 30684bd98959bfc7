import type { Tenant } from "@regulars/core/tenants/tenant";
import { type SettingField, settingFields } from "@regulars/render/code-red/setting-fields";
import type { PageWords } from "@regulars/render/texts/page-words";
import type { Form } from "../page/form.ts";
import type { AskedSettings } from "../tenants/setting-refusal.ts";

/** What the tenant has set; nothing for the usual value. */
export function settingText({ codeRed }: Tenant, { name }: SettingField): string {
  const value = codeRed?.[name];
  return value === undefined || value === null ? "" : String(value);
}

/** The fields of the form with what was written into them. */
export const askedOf = (
  { tenant, words }: { readonly tenant: Tenant; readonly words: PageWords },
  form: Form,
): AskedSettings => ({
  settings: settingFields.map((field) => ({
    name: field.name,
    label: words.say(`codeRedSettings.${field.name}`),
    text: settingText(tenant, field),
    isChoice: field.choices !== undefined,
  })),
  changed: settingFields.flatMap(({ name }) => {
    const given = form[name];
    return typeof given === "string" ? [[name, given.trim()] as const] : [];
  }),
});

/** The change that a form asks for: an empty field is null, the usual value; a text that is no number stays one. */
export const changeOfForm = (form: Form): Record<string, unknown> =>
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
