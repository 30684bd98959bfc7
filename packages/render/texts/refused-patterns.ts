import { type Part, parseText } from "@regulars/core/platform/text-parts";

/** A sentence with which something is refused, to be found again with its values. */
export interface RefusedPattern {
  readonly id: string;
  readonly pattern: RegExp;
  /** What the groups of the pattern are the values of. */
  readonly names: readonly string[];
}

/** Letters of a text that are no values: the more, the more certainly a sentence is this one. */
const lettersOf = (parts: readonly Part[]): number =>
  parts.reduce((sum, part) => sum + (part.type === "words" ? part.text.length : 0), 0);

/** The patterns of English texts by their ids, those with the most letters first. */
export function patternsOf(texts: Readonly<Record<string, string>>): readonly RefusedPattern[] {
  return Object.entries(texts)
    .map(([id, text]) => ({ id, parts: parseText(text).parts }))
    .toSorted((a, b) => lettersOf(b.parts) - lettersOf(a.parts))
    .map(({ id, parts }) => {
      const names: string[] = [];
      const source = sourceOf(parts, names);
      return { id, names, pattern: new RegExp(`^${source}\\.?$`, "su") };
    });
}

/** Signs that mean something in a pattern. */
const SIGNS = /[.*+?^${}()|[\]\\]/g;

const sourceOf = (parts: readonly Part[], names: string[]): string =>
  parts.map((part, at) => sourceOfPart(part, names, at === 0)).join("");

/** A value with which a sentence begins: in quotes, or one word. */
const VALUE = '(".*?"|\\S+)';
/** Bounds are numbers, or two of a picture. */
const PATTERNS: Readonly<Record<string, string>> = { lest: "(\\S+)", most: "(\\S+(?: x \\S+)?)" };

function sourceOfPart(part: Part, names: string[], isFirst: boolean): string {
  switch (part.type) {
    case "words":
      return part.text.replaceAll(SIGNS, "\\$&");
    case "variable":
      names.push(part.name);
      return names.length === 1 && isFirst && part.name === "valu" ? VALUE : (PATTERNS[part.name] ?? "(.*?)");
    case "count":
      return "";
    case "plural":
    case "select":
      names.push(part.name);
      return `([\\d,.]+)(?:${[...part.branches.values()].map((branch) => sourceOf(branch, [])).join("|")})`;
  }
}
