import { readFile, readdir } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TempWorkspace, aWorkspace } from "../fixtures/workspace.ts";

/** Invalid rows are counted and listed with their line and reason; the other rows are imported. */

const HEADER = "orderId,customerId,orderedAt,itemId,quantity,unitPrice";
const before = "O1,C1,2024-01-05,A,2,3.50";
const after = "O9,C1,2024-01-09,A,2,3.50";

interface Report {
  readonly rows: number;
  readonly documents: number;
  readonly rejected: number;
  readonly rejectedFile?: string;
}

let place: TempWorkspace;
let tenants = 0;

beforeAll(async () => {
  place = await aWorkspace();
});

afterAll(() => place.close());

/** Imports a file into a new tenant; the report, the exit code, and the rows of the list of rejected rows. */
async function imported(name: string, content: string | Uint8Array, tenant = `t${(tenants += 1)}`) {
  await place.write(name, content);
  const { code, stdout, stderr } = await place.run(["import", "orders", name, "--tenant", tenant, "--json"]);
  const report: Report = JSON.parse(stdout);
  const list = await readFile(place.path(`${name}.rejected.csv`), "utf8").catch(() => "");
  const rejected: Record<string, string>[] = parse(list, { columns: true });
  return { code, stderr: warnings(stderr), report, rejected, tenant };
}

/** Standard error without the line about the tenant that a first import creates. */
const warnings = (stderr: string): string => stderr.replace(/^created the tenant .*\n/m, "");

const withRow = (row: string): string => `${[HEADER, before, row, after].join("\n")}\n`;

describe("a row that cannot be used", () => {
  it.each([
    ["a date in words", "O2,C1,the fifth,A,2,3.50", 'orderedAt "the fifth" is not a date: write 2026-11-23'],
    ["a day that is none", "O2,C1,2024-02-30,A,2,3.50", 'orderedAt "2024-02-30" is not a date'],
    ["a quantity in letters", "O2,C1,2024-01-06,A,abc,3.50", 'quantity "abc" is not a number: write it like 1234.56'],
    ["no quantity", "O2,C1,2024-01-06,A,,3.50", "quantity is missing"],
    ["no order id", ",C1,2024-01-06,A,2,3.50", "orderId is missing"],
    ["a customer id that cannot be printed", "O2,C\u200B1,2024-01-06,A,2,3.50", "which cannot be printed"],
    ["too few cells", "O2,C1,2024-01-06", "the row has 3 cells, the header 6"],
    ["too many cells", "O2,C1,2024-01-06,A,2,3.50,extra", "the row has 7 cells, the header 6"],
    ["a quote that never closes", 'O2,"C1,2024-01-06,A,2,3.50', "a quote opens in this row and never closes"],
    ["ten megabytes", `O2,${"x".repeat(10_000_000)},2024-01-06,A,2,3.50`, "the row is longer than 1000000 characters"],
  ])("is listed for %s, and the rows around it are imported", async (_, row, reason) => {
    const { code, stderr, report, rejected } = await imported("rows.csv", withRow(row));
    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
    expect(report).toMatchObject({ rows: 3, documents: 2, rejected: 1, rejectedFile: "rows.csv.rejected.csv" });
    expect(rejected).toEqual([expect.objectContaining({ line: "3", reason: expect.stringContaining(reason) })]);
  });

  it("is listed for bytes that are not UTF-8 in a file that is", async () => {
    const [head = "", tail = ""] = withRow("O2,C\u00ff1,2024-01-06,A,2,3.50").replace("O3,C", "O3,Ż").split("\u00ff");
    const { code, rejected } = await imported(
      "bytes.csv",
      Buffer.concat([Buffer.from(`${head}`), Buffer.from([0xff]), Buffer.from(`${tail}O4,Żółć,2024-01-06,A,2,3.50\n`)]),
    );
    expect(code).toBe(1);
    expect(rejected).toMatchObject([{ line: "3", reason: expect.stringContaining("UTF-8") }]);
  });

  it("is also listed from a gzip file with semicolons, a byte order mark and Windows line ends", async () => {
    const text = `\uFEFF${withRow("O2,C1,never,A,2,3.50")}`.replaceAll(",", ";").replaceAll("\n", "\r\n");
    const { code, report, rejected } = await imported("windows.csv.gz", gzipSync(text));
    expect([code, report.documents]).toEqual([1, 2]);
    expect(rejected).toMatchObject([{ line: "3", orderId: "O2", orderedAt: "never" }]);
  });

  it("is escaped in the list so that no spreadsheet reads a formula", async () => {
    const { rejected } = await imported(
      "formula.csv",
      withRow('O2,"=HYPERLINK(""http://example.com"")",never,A,-2,3.50'),
    );
    expect(rejected).toMatchObject([{ customerId: '\'=HYPERLINK("http://example.com")', quantity: "-2" }]);
  });
});

describe("the list of rejected rows", () => {
  it("can be repaired and imported like any file", async () => {
    const { tenant } = await imported("repair.csv", withRow("O2,C1,never,A,2,3.50"));
    const list = await readFile(place.path("repair.csv.rejected.csv"), "utf8");
    const again = await imported("repaired.csv", list.replaceAll("never", "2024-01-06"), tenant);
    expect(again.stderr).toBe("");
    expect([again.code, again.report]).toMatchObject([0, { documents: 1, created: 1, rejected: 0 }]);
    const { code, report } = await imported("repair.csv", withRow("O2,C1,2024-01-06,A,2,3.50"), tenant);
    expect([code, report]).toMatchObject([0, { created: 0, changed: 0, unchanged: 3 }]);
  });

  it("contains all lines of an order, so that importing the repaired list replaces the whole order", async () => {
    const twoLines = "O2,C1,2024-01-06,A,2,3.50\nO2,C1,2024-01-06,B,abc,3.50";
    const { tenant, report } = await imported("lines.csv", withRow(twoLines));
    expect(report).toMatchObject({ rows: 4, documents: 3, rejected: 1 });
    const list = await readFile(place.path("lines.csv.rejected.csv"), "utf8");
    await imported("lines-repaired.csv", list.replaceAll("abc", "5"), tenant);
    const { report: whole } = await imported("lines.csv", withRow(twoLines.replace("abc", "5")), tenant);
    expect(whole).toMatchObject({ documents: 3, created: 0, changed: 0, unchanged: 3, rejected: 0 });
  });

  it("is deleted when the same file has no invalid rows any more", async () => {
    const { tenant } = await imported("mended.csv", withRow("O2,C1,never,A,2,3.50"));
    expect(await readdir(place.folder)).toContain("mended.csv.rejected.csv");
    const { code, report } = await imported("mended.csv", withRow("O2,C1,2024-01-06,A,2,3.50"), tenant);
    expect([code, report.rejectedFile]).toEqual([0, undefined]);
    expect(await readdir(place.folder)).not.toContain("mended.csv.rejected.csv");
  });
});

describe("an unknown column", () => {
  it("is named in a warning, and the rows are imported", async () => {
    const { code, stderr, report } = await imported("colour.csv", `${HEADER},colour\n${before},red\n`);
    expect({ code, stderr }).toEqual({ code: 0, stderr: 'colour.csv: ignored the unknown column "colour"\n' });
    expect(report).toMatchObject({ documents: 1, rejected: 0 });
  });
});

describe("a gzip file that was cut off", () => {
  it("is refused as a whole: nothing of it is imported", async () => {
    const rows = Array.from(
      { length: 20_000 },
      (_, nth) => `O${nth},C${nth % 700},2024-01-05,I${(nth * 7919) % 3001},2,3.50`,
    );
    const whole = gzipSync(`${[HEADER, ...rows].join("\n")}\n`);
    await place.write("cut.csv.gz", whole.subarray(0, whole.length / 2));
    const { code, stdout, stderr } = await place.run(["import", "orders", "cut.csv.gz", "--tenant", "cut", "--json"]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(warnings(stderr)).toBe(
      "regulars: cut.csv.gz is not a complete gzip file: fetch or compress it again. Nothing was imported\n",
    );
    await place.write("cut.csv", `${[HEADER, before].join("\n")}\n`);
    expect(await place.json(["import", "orders", "cut.csv", "--tenant", "cut"])).toMatchObject({
      created: 1,
      unchanged: 0,
    });
    const doctor = await place.json<{ checks: { check: string; says: string }[] }>(["doctor", "--rebuild"]);
    const histories = doctor.checks.find(({ check }) => check === "cut histories");
    expect(histories?.says).toContain("1 customer-year checked");
  });
});
