import { stringify } from "csv-stringify/sync";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CsvRow, csvRecords } from "./csv-records.ts";
import { MAX_LINE, splitLines } from "./lines.ts";

async function* once(text: string): AsyncGenerator<string> {
  yield await Promise.resolve(text);
}

async function recordsOf(text: string, delimiter = ","): Promise<CsvRow[]> {
  const records: CsvRow[] = [];
  for await (const some of csvRecords(splitLines(once(text)), delimiter)) records.push(...some);
  return records;
}

/** Cells of each record, or the reason why it has none. */
const said = async (text: string, delimiter?: string) =>
  (await recordsOf(text, delimiter)).map((row) => row.cells ?? row.reason);

const UNCLOSED = "a quote opens in this row and never closes";

describe("a row without quotes", () => {
  it("is cut at each delimiter, empty cells and blanks kept", async () => {
    expect(await said("a, b ,,c\n")).toEqual([["a", " b ", "", "c"]]);
    expect(await said("1,5;2;x\n", ";")).toEqual([["1,5", "2", "x"]]);
  });

  it("has its line number; blank lines are skipped", async () => {
    expect(await recordsOf("a,b\n\n   \nc,d")).toEqual([
      { line: 1, cells: ["a", "b"] },
      { line: 4, cells: ["c", "d"] },
    ]);
  });
});

describe("a quoted cell", () => {
  it("may have delimiters, escaped quotes and nothing in it", async () => {
    expect(await said('"a,b","say ""hi""",""\n')).toEqual([["a,b", 'say "hi"', ""]]);
    expect(await said('"a;b";c\n', ";")).toEqual([["a;b", "c"]]);
  });

  it("may go over several lines; the record is where it starts", async () => {
    expect(await recordsOf('x,"one\ntwo, and\n""three"""\ny,z\n')).toEqual([
      { line: 1, cells: ["x", 'one\ntwo, and\n"three"'] },
      { line: 4, cells: ["y", "z"] },
    ]);
  });

  it("may go over blank lines and Windows line ends", async () => {
    expect(await said('"one\r\n\r\ntwo",x\r\ny,z\r\n')).toEqual([
      ["one\n\ntwo", "x"],
      ["y", "z"],
    ]);
  });
});

describe("a quote that does not delimit a cell", () => {
  it("within a cell is just a quote", async () => {
    expect(await said('12" PLATE,3\n7,5\'4" SIGN\n')).toEqual([
      ['12" PLATE', "3"],
      ["7", "5'4\" SIGN"],
    ]);
  });

  it("that opens a cell and never closes rejects only its own row", async () => {
    expect(await said('a,b\n"c,d\ne,f\n')).toEqual([["a", "b"], UNCLOSED, ["e", "f"]]);
    expect(await said('a,"b')).toEqual([UNCLOSED]);
  });

  it("that opens a cell rejects only its own row when many rows follow", async () => {
    const rows = Array.from({ length: 1_000 }, (_, nth) => `r${nth},${nth}`);
    const records = await recordsOf(`"open,1\n${rows.join("\n")}\n`);
    expect(records[0]).toEqual({ line: 1, reason: UNCLOSED });
    expect(records.slice(1)).toEqual(rows.map((row, nth) => ({ line: nth + 2, cells: row.split(",") })));
  });
});

describe("a line that is too long", () => {
  it("is reported by its line number, and the rows around it are read", async () => {
    const reason = `the row is longer than ${MAX_LINE} characters`;
    expect(await recordsOf(`a,b\n${"x".repeat(MAX_LINE + 1)}\nc,d\n`)).toEqual([
      { line: 1, cells: ["a", "b"] },
      { line: 2, reason },
      { line: 3, cells: ["c", "d"] },
    ]);
  });

  it("ends a quoted cell that was open", async () => {
    expect(await said(`"a\n${"x".repeat(MAX_LINE + 1)}\nc,d\n`)).toEqual([
      UNCLOSED,
      `the row is longer than ${MAX_LINE} characters`,
      ["c", "d"],
    ]);
  });
});

it("reads back whatever a CSV writer wrote", async () => {
  const cell = fc
    .array(fc.constantFrom("a", "1", '"', ",", ";", "\n", " ", "é", "="), { maxLength: 8 })
    .map((parts) => parts.join(""));
  const rows = fc.array(fc.tuple(cell, cell, cell), { maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(rows, fc.constantFrom(",", ";"), async (written, delimiter) => {
      const text = stringify(written, { delimiter, quoted: true });
      expect(await said(text, delimiter)).toEqual(written);
    }),
  );
});

it("loses no line of any text: each is in a record, in a reason, or blank", async () => {
  const line = fc.array(fc.constantFrom("a", '"', ",", " "), { maxLength: 6 }).map((parts) => parts.join(""));
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 15 }), async (lines) => {
      const records = await recordsOf(lines.join("\n"));
      const starts = records.map((record) => record.line);
      expect(starts).toEqual(starts.toSorted((a, b) => a - b));
      expect(new Set(starts).size).toBe(starts.length);
      const letters = (text: string): number => text.split("a").length - 1;
      const kept = records.flatMap((record) => record.cells ?? []).reduce((sum, text) => sum + letters(text), 0);
      const given = records
        .filter((record) => record.cells === undefined)
        .reduce((sum, { line: at }) => sum + letters(lines[at - 1] ?? ""), 0);
      expect(kept + given).toBe(letters(lines.join("")));
    }),
  );
});
