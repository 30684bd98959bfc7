import { codeName } from "@regulars/render/texts/code-name";
import { isolated } from "@regulars/render/texts/isolated";
import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import type { Html } from "../page/layout.ts";

/**
 * What a setting is called; of one without a word its own name: "Max alerts" for maxAlerts. A setting of a category keeps
 * its category.
 */
export function nameText(name: string, words: PageWords): string {
  const [setting = "", ...category] = name.split("@");
  const id = `setting.of.${setting}`;
  const text = words.find(id) ?? spaced(setting);
  return category.length === 0 ? text : `${text}, ${isolated(category.join("@"))}`;
}

function spaced(name: string): string {
  const words = name.replaceAll(/([A-Z])/g, " $1").toLowerCase();
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

/** A value that is a word: yes, no, or one of a few. */
export function choiceText(value: string, words: PageWords): string {
  const id = `setting.is.${value}`;
  return words.find(id) ?? value.replaceAll(/([A-Z])/g, " $1").toLowerCase();
}

/** The title of settings that are saved together, by their id; of a kind of insight its own. */
export function groupTitle(id: string, title: string, words: PageWords): string {
  const textId = `setting.group.${id}`;
  return words.find(textId) ?? words.kindTitle(id.replace(/^insights\./, "")) ?? title;
}

/** The kinds of insights, which name their settings. */
export type NamedKinds = readonly { readonly id: string; readonly title: string }[];

/** A setting as its form calls it, with its path beside it, as the log and the API know it. */
export function settingName(path: string, words: PageWords, kinds: NamedKinds): Html {
  const text = pathText(path, words, kinds);
  return text === undefined ? html`<code>${path}</code>` : html`<bdi>${text}</bdi> <code class="soft">${path}</code>`;
}

/** What the setting of a path is called; that of a kind of insight with the kind, as several kinds have the same. */
function pathText(path: string, words: PageWords, kinds: NamedKinds): string | undefined {
  const [group = "", ...parts] = path.split(".");
  const [first = "", second = ""] = parts;
  switch (group) {
    case "codeRed":
      return words.find(`codeRedSettings.${first}`);
    case "insights":
      return `${groupTitle(path.slice(0, path.lastIndexOf(".")), kinds.find(({ id }) => id === first)?.title ?? first, words)}: ${nameText(second, words)}`;
    case "monitors":
      return second === ""
        ? nameText(first, words)
        : `${nameText(first, words)}: ${words.find(`owner.${second}`) ?? second}`;
    case "relationships":
      return nameText(parts.join("."), words);
    case "whoKnows":
      return first === "templates"
        ? textIn("setting.introduction", second, words)
        : words.find(`setting.whoKnows.${first}`);
    case "templates":
      return textIn("setting.template", first, words);
    default:
      return words.find(`setting.of.${path}`);
  }
}

/** A text of messages by its language. */
const textIn = (id: "setting.introduction" | "setting.template", language: string, words: PageWords): string =>
  words.say(id, { lang: codeName(language, "language", words.language) ?? language });
