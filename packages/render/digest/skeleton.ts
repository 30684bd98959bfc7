import { escapeFor } from "@regulars/core/platform/template";

const PLACE = /\{\{\{\s*(\w+)\s*\}\}\}|\{\{\s*(\w+)\s*\}\}/g;

/**
 * A fragment with its placeholders filled: `{{name}}` takes a text and escapes it, `{{{name}}}` takes finished HTML.
 * One pass, so a placeholder inside a value is not filled. Throws on a placeholder without a value.
 */
export function fill(fragment: string, values: Readonly<Record<string, string>>): string {
  return fragment.replace(PLACE, (_place, html: string | undefined, text: string | undefined) => {
    const name = html ?? text ?? "";
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) throw new Error(`the skeleton has a place {{${name}}} that nothing fills`);
    return html === undefined ? escapeFor("html", value) : value;
  });
}
