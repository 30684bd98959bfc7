import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { readTexts } from "./read-texts.ts";
import { findRetiredWords } from "./retired-words.ts";

it("no file but the records of decisions has a word that the glossary gave up", async () => {
  const { files } = await readTexts(fileURLToPath(new URL("../..", import.meta.url)));
  expect(findRetiredWords(files)).toEqual([]);
});

it("finds them as words, in names, comments and documents", () => {
  const text = `const openDesk = { judgedOn: 1, toJudge: 2 };\n// The desktop portrays a ticket.\nMACHINE_KEY judgedRows`;
  expect(findRetiredWords([{ path: "packages/core/a.ts", text }])).toEqual([
    "packages/core/a.ts:1 has the retired word desk",
    "packages/core/a.ts:2 has the retired word ticket",
    "packages/core/a.ts:3 has the retired word machine key",
    "packages/core/a.ts:3 has the retired word judged",
  ]);
  expect(findRetiredWords([{ path: "docs/decisions/0007-words.md", text }])).toEqual([]);
});
