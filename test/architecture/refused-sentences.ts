import { globSync, readFileSync } from "node:fs";

/** A sentence that a source refuses with, its values as `X1`. */
interface RefusedSentence {
  readonly at: string;
  readonly text: string;
}

/** What only commands, imports, the API or jobs answer: no form of a page leads there. */
const NO_PAGE =
  /\/(?:imports|tenant-copies|erasure|bulk-engine|nightly|contacts|leads|engine|cli)\/|deal-file|deal-item|import-deals|amount-input|identify|create-tenant|readdress|unless-suppressed|slack\/install|custom-fields|backtests?\/(?!start)|explain-criteria|oidc|session-|\/testing|log-activity|dry-run|insights\/kinds|invoices\/|webhooks\/deliver|page\/tour|deal-kind/;

/** Where a refusal or an error of a schema begins in a source. */
const BEGINS =
  /\brefuse\(|\b(?:message|error|says|allowed): |\.(?:refine|regex|min|max|enum|literal|int)\(|\bunusable\(|\bmistake\(|\bunreadable\(|\bfault\(/g;

/** A literal: a template, or a text in quotes. */
const LITERAL = /`((?:\\.|\$\{(?:[^{}]|\{[^{}]*\})*\}|[^`\\])*)`|"((?:\\.|[^"\\])*)"/g;
/** Most letters of a source that belong to what begins at a place. */
const REACH = 400;

/** What is allowed of units is a list of them. */
const NO_SENTENCE: readonly string[] = ["X1 (up to X2)"];

const valueless = (literal: string): string => {
  let at = 0;
  return literal.replaceAll(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, () => `X${(at += 1)}`).replaceAll(/\\(.)/g, "$1");
};

/** The sentences of the sources that a page's form may be refused with. */
export function refusedSentences(): readonly RefusedSentence[] {
  return ["core", "flows", "store", "web", "functions/webhook-sender.ts"].flatMap((place) =>
    globSync(place.endsWith(".ts") ? `packages/${place}` : `packages/${place}/**/*.ts`)
      .filter((file) => !file.endsWith(".test.ts") && !NO_PAGE.test(file))
      .flatMap((file) => sentencesOf(file, readFileSync(file, "utf8"))),
  );
}

function sentencesOf(file: string, source: string): readonly RefusedSentence[] {
  return [...source.matchAll(BEGINS)].flatMap(({ 0: begin, index }) => {
    const part = callAt(source, index + begin.length - 1);
    return [...part.matchAll(LITERAL)]
      .map(([, template, quoted]) => valueless(template ?? quoted ?? ""))
      .filter((text) => /[a-z]{2,} [a-z]/i.test(text) && !NO_SENTENCE.includes(text))
      .map((text) => ({ at: `${file}:${source.slice(0, index).split("\n").length}`, text }));
  });
}

/** What stands in the parentheses that open at a place; of a property its line. */
function callAt(source: string, at: number): string {
  if (source[at] !== "(") return source.slice(at, source.indexOf("\n", at));
  let depth = 0;
  for (let end = at; end < at + REACH; end += 1) {
    if (source[end] === "(") depth += 1;
    if (source[end] === ")") depth -= 1;
    if (depth === 0) return source.slice(at, end);
  }
  return source.slice(at, at + REACH);
}
