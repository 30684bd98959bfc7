import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import type { Html } from "../page/layout.ts";

/**
 * What a setting is called; of one without a word its own name: "Max alerts" for maxAlerts. A setting of a category keeps
 * its category.
 */
export function nameText(name: string, words: PageWords): string {
  const [setting = "", category] = name.split("@");
  const id = `setting.of.${setting}`;
  const text = words.find(id) ?? spaced(setting);
  return category === undefined ? text : `${text}, ${category}`;
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

/** Groups of texts that call settings by the last part of their path. */
const NAMED_IN = ["setting.of", "codeRedSettings", "pref"] as const;

/** A setting as it is called, with its path beside it, as the log and the API know it. */
export function settingName(path: string, words: PageWords): Html {
  const [last = "", category] = path.slice(path.lastIndexOf(".") + 1).split("@");
  const name = NAMED_IN.map((group) => words.find(`${group}.${last}`)).find((text) => text !== undefined);
  if (name === undefined) return html`<code>${path}</code>`;
  return html`${category === undefined ? name : html`${name}, <bdi>${category}</bdi>`}
    <code class="soft">${path}</code>`;
}
