import type { ItemError } from "@regulars/core/platform/field-error";
import type { Result } from "@regulars/core/platform/result";
import type { PageWords } from "@regulars/render/texts/page-words";
import { cutValue, plainFault, refuseAll } from "../page/form-reason.ts";
import type { Form } from "../page/form.ts";
import type { ListSetting } from "./setting-rows.ts";

/** A setting as its form has it. */
interface AskedSetting {
  readonly name: string;
  readonly label: string;
  /** Its stored text, and the usual one. */
  readonly text: string;
  readonly usual?: string | undefined;
  readonly isChoice: boolean;
  /** Of a list with fields of its own. */
  readonly list?: ListSetting | undefined;
}

/** What a form asks for: the settings that it has, and those of them that it changes, as they were written. */
export interface AskedSettings {
  readonly settings: readonly AskedSetting[];
  readonly changed: readonly (readonly [name: string, given: string])[];
  /** What the form has in each field. */
  readonly form?: Form;
}

/** How settings are refused: by their path or by their insight, then what is wrong. */
const OF_SETTING = /^(?:insight \S+, )?(?<path>[\w.@-]+): (?<what>.*)$/s;

/** A refusal of a setting by the label that it has on the page, with the value once; any other as it is. */
export function byLabel<T>(result: Result<T>, asked: AskedSettings, words: PageWords): Result<T> {
  if (result.ok) return result;
  const { path = "", what = "" } = OF_SETTING.exec(result.message)?.groups ?? {};
  const error = path === "" ? undefined : settingError(path.split("."), what, asked, words);
  return error === undefined ? result : refuseAll([error], "", result.reason);
}

/** "Days with an order, at least “1” is not a whole number from 3 to 1000"; nothing of what the form does not have. */
export function settingError(
  path: readonly string[],
  what: string,
  asked: AskedSettings,
  words: PageWords,
): ItemError | undefined {
  const { say } = words;
  const { settings, changed } = asked;
  const at = path.findIndex((part) => settings.some(({ name }) => name === part));
  // A value of another shape is refused together with the others of its group.
  const name = path[at] ?? changed[0]?.[0];
  const setting = settings.find((one) => one.name === name);
  if (setting === undefined) return undefined;
  if (setting.list !== undefined) return listError(setting, setting.list, path.slice(at + 1), what, asked, words);
  const { label } = setting;
  const errorOf = (message: string): ItemError => ({ path: setting.name, code: "bad-value", message });
  const given = changed.find(([one]) => one === setting.name)?.[1] ?? (setting.text || (setting.usual ?? ""));
  if (given === "") return errorOf(say("form.missing", { name: label }));
  // Of a value that is written as it is stored, the place in it says more.
  const within = at === -1 || !/^[[{]/.test(given) ? "" : path.slice(at + 1).join(".");
  const text = words.refused(plainFault(what, setting.isChoice));
  const where = within === "" ? text : `(${within}) ${text}`;
  return errorOf(say("form.wrong", { name: label, valu: cutValue(given), text: where }));
}

/** The same of a list: by what its field is called. */
function listError(
  setting: AskedSetting,
  list: ListSetting,
  path: readonly string[],
  what: string,
  { form = {} }: AskedSettings,
  words: PageWords,
): ItemError | undefined {
  const { say } = words;
  const field = list.fieldAt(form, path, words);
  if (field === undefined) return undefined;
  const given = String(form[field.name] ?? "");
  const name = say("setting.within", { name: setting.label, part: field.label });
  const text = list.saysAt?.(path, what, words) ?? words.refused(plainFault(what));
  const message =
    given === "" ? say("form.missing", { name }) : say("form.wrong", { name, valu: cutValue(given), text });
  return { path: field.name, code: "bad-value", message };
}
