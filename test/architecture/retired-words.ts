import type { TextFile } from "./citations.ts";

/**
 * What docs/decisions/0007-words.md gave up and what means nothing else here; page, plan or turn have a meaning that
 * stays.
 */
const RETIRED =
  /\b(?:courier|crowded out|desk|drought|excuse|judge|judgement|judging|kept shards?|latch|leniently|machine key|nameless write|roll call|tally|tallie|tray|ticket|unplaced|withheld|workplace)(?:s|d|ed|es)?\b/g;

/** Names of fields that are stored or answered: these stay. */
const KEPT = /\b(?:judgedOn|toJudge)\b/g;

/** Records of how it was decided, and this check. */
const MAY_NAME = /^(?:docs\/decisions\/|test\/architecture\/retired-words)/;

/** Every retired word in code, comments, texts and documents, in names too: "openDesk", "MACHINE_KEY". */
export const findRetiredWords = (files: readonly TextFile[]): string[] =>
  files
    .filter(({ path }) => !MAY_NAME.test(path))
    .flatMap(({ path, text }) =>
      text
        .split("\n")
        .flatMap((line, i) =>
          (wordsOf(line).match(RETIRED) ?? []).map((word) => `${path}:${i + 1} has the retired word ${word}`),
        ),
    );

const wordsOf = (line: string): string =>
  line
    .replaceAll(KEPT, "")
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replaceAll(/[_-]/g, " ")
    .toLowerCase();
