import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { readTexts } from "./read-texts.ts";

/** Something that is cut at a number of UTF-16 units before "…", or in a sentence that repeats what somebody wrote. */
const CUT = /\.slice\(0,[^)]*\)\}…|there is no [^`\n]*\.slice\(0,/;

it("cuts texts for people with `cutText` or `clip`, which split no character", async () => {
  const { files } = await readTexts(fileURLToPath(new URL("../..", import.meta.url)));
  const own = files.filter(({ path }) => path.startsWith("packages/") && !path.endsWith(".test.ts"));
  const found = own.filter(({ text }) => CUT.test(text)).map(({ path }) => path);
  expect(found).toEqual(["packages/render/plain-text.ts"]);
});
