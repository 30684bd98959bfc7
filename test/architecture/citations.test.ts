import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { findCitationViolations } from "./citations.ts";
import { readTexts } from "./read-texts.ts";

const docs = "docs";
const page = {
  path: `${docs}/rules.md`,
  text: "# Rules\n\n## G1 Days\n\n## 2.3 Lost items\n\n**Hold-open.** Until …\n",
};

const violations = (text: string, path = "packages/core/sample.ts") =>
  findCitationViolations([page, { path, text }], new Set([page.path, `${docs}/board.png`]));

describe("citations", () => {
  it("of the repository lead to documents and sections that are there", async () => {
    const { files, paths } = await readTexts(fileURLToPath(new URL("../..", import.meta.url)));
    expect(files.length).toBeGreaterThan(500);
    expect(findCitationViolations(files, paths)).toEqual([]);
  });

  it("of a document that is not there are found, in code and in documents", () => {
    const says = `cites ${docs}/gone.md, which is not there`;
    expect(violations(`\n/** As ${docs}/gone.md says. */`)).toEqual([`packages/core/sample.ts:2 ${says}`]);
    expect(violations("[gone](gone.md)", `${docs}/other.md`)).toEqual([`${docs}/other.md:1 ${says}`]);
  });

  it("of sections are held to the headings", () => {
    expect(violations(`/** ${docs}/rules.md G1, 2.3. */`)).toEqual([]);
    expect(violations(`/**\n * See (${docs}/rules.md\n * 2.4). */`)).toEqual([
      `packages/core/sample.ts:2 cites section 2.4 of ${docs}/rules.md, which it does not have`,
    ]);
    expect(violations(`/** ${docs}/rules.md G1, G2 and 2.3, 7. */`)).toEqual([
      `packages/core/sample.ts:1 cites section 7 of ${docs}/rules.md, which it does not have`,
      `packages/core/sample.ts:1 cites section G2 of ${docs}/rules.md, which it does not have`,
    ]);
  });

  it("of words are held to the text", () => {
    expect(violations(`/** ${docs}/rules.md 2.3, "Hold-open". */`)).toEqual([]);
    expect(violations(`/** ${docs}/rules.md 2.3, "Snooze". */`)).toEqual([
      `packages/core/sample.ts:1 cites "Snooze" of ${docs}/rules.md, which it does not say`,
    ]);
  });

  it("of sources and folders that a document names are held to what is there", () => {
    const text =
      "`core/sample.ts`, `packages/core/sample.ts`, `core/` and `core/<kind>/index.ts`; `core/gone.ts` and `gone/`";
    const found = findCitationViolations(
      [
        { path: `${docs}/other.md`, text },
        { path: `${docs}/decisions/0001.md`, text },
      ],
      new Set(["packages/core/sample.ts"]),
    );
    expect(found).toEqual([`${docs}/other.md:1 names core/gone.ts, which is not there`]);
  });

  it("of texts that are not of this repository are found", () => {
    const cited = ["seed", "001"].join(" ");
    expect(violations(`/** Deals in list mode (${cited}, "List"). */`)).toEqual([
      `packages/core/sample.ts:1 cites ${cited}, which is not of this repository`,
    ]);
  });

  it("by links are held to files and anchors; links out of the repository are not looked at", () => {
    const text = "[a](rules.md#23-lost-items) ![b](board.png) [c](https://example.com/x.md) [d](rules.md#24-snooze)";
    expect(violations(text, `${docs}/other.md`)).toEqual([
      `${docs}/other.md:1 links to #24-snooze of ${docs}/rules.md, which it does not have`,
    ]);
  });
});
