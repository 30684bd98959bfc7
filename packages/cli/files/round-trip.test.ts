import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ownFormat } from "@regulars/core/imports/formats/formats";
import { csvCell } from "@regulars/render/csv";
import { parse } from "csv-parse/sync";
import * as fc from "fast-check";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openCsvFile } from "./csv-file.ts";
import { RejectedFile } from "./rejected-file.ts";

/** Texts that programs make something else of: formulas, numbers, dates, separators, quotes, scripts. */
const PARTS = [
  "=",
  "+",
  "-",
  "@",
  "'",
  '"',
  ",",
  ";",
  "\t",
  "|",
  " ",
  "\n",
  "0",
  "7",
  "E5",
  "A",
  "ё",
  "咖",
  "/",
  "#",
  "\u2212",
];
const texts = fc.array(fc.constantFrom(...PARTS), { minLength: 1, maxLength: 8 }).map((parts) => parts.join(""));
/** An id has no control characters and no blanks around it. */
const ids = texts.filter((id) => id === id.trim() && !/[\n\t]/.test(id));
const LITERALS = [
  "=1+1",
  "+380501112233",
  "-A",
  "@acme",
  "'=A",
  "''=A",
  "'quoted'",
  "00123",
  "1E5",
  'PIPE 1/2"',
  "H&M",
  "-5",
  "'-5",
];

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "regulars-trip-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function readBack(given: readonly string[]): Promise<readonly (string | undefined)[]> {
  const source = join(folder, "customers.csv");
  const rejected = new RejectedFile(source, ownFormat("customers").columns);
  for (const [i, customerId] of given.entries()) rejected.add(i + 2, "is bad", { customerId, name: "N" });
  await rejected.close();
  const { records } = await openCsvFile(`${source}.rejected.csv`, ownFormat("customers"));
  const found: (string | undefined)[] = [];
  for await (const one of records) found.push(one.record?.["customerId"]);
  return found;
}

it("E3: ids of rejected rows come back as they were when that file is imported", async () => {
  expect(await readBack(LITERALS)).toEqual(LITERALS);
  await fc.assert(
    fc.asyncProperty(fc.array(ids, { minLength: 1, maxLength: 20 }), async (given) => {
      expect(await readBack(given)).toEqual(given);
    }),
    { numRuns: 40, seed: 12 },
  );
});

it("E5: a spreadsheet reads every cell of an exported CSV as it was, or marked as text, never as a formula", () => {
  fc.assert(
    fc.property(fc.array(texts, { minLength: 2, maxLength: 6 }), (given) => {
      const [cells = []]: string[][] = parse(`${given.map(csvCell).join(",")}\r\n`);
      expect(cells.map((cell, i) => (cell === `'${given[i]}` ? given[i] : cell))).toEqual(given);
      for (const cell of cells) expect(cell).not.toMatch(/^\s*[=+\-@|\u2212]/);
    }),
    { numRuns: 300, seed: 12 },
  );
});
