import { cutText } from "./cut-text.ts";
import { nearestName } from "./nearest-name.ts";

const MOST_LETTERS = 60;

/** Why a text cannot be used with a `<name>` that is none of its variables: the nearest of them, and all. */
export function unknownVariable(name: string, variables: readonly string[]): string {
  const cut = cutText(name, MOST_LETTERS);
  const nearest = nearestName(name, variables);
  if (nearest === undefined) return `has the unknown variable <${cut}>: this text has none`;
  return `has the unknown variable <${cut}>: did you mean <${nearest}>? There are <${variables.join(">, <")}>`;
}
