import { existsSync } from "node:fs";
import { mkdtemp, readFile, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { RejectedFile } from "./rejected-file.ts";

let folder: string;
let source: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "rejected-file-"));
  source = join(folder, "orders.csv");
});

afterEach(() => rm(folder, { recursive: true }));

const written = async (): Promise<Record<string, string>[]> => {
  const rows: Record<string, string>[] = parse(await readFile(`${source}.rejected.csv`, "utf8"), { columns: true });
  return rows;
};

/** The cell's text in the rejected rows file. */
async function listed(cell: string): Promise<string | undefined> {
  const rejected = new RejectedFile(source, ["name"]);
  rejected.add(2, "is bad", { name: cell });
  await rejected.close();
  return (await written())[0]?.["name"];
}

it("has a row's line, its reason and its cells, in the columns' own order", async () => {
  const rejected = new RejectedFile(source, ["orderId", "quantity"]);
  rejected.add(7, 'quantity "a,b" is not a number', { quantity: "a,b", orderId: "O1", colour: "red" });
  rejected.add(9, "a quote opens in this row and never closes", undefined);
  await rejected.close();
  expect(rejected.path).toBe(`${source}.rejected.csv`);
  expect(await written()).toEqual([
    { line: "7", reason: 'quantity "a,b" is not a number', orderId: "O1", quantity: "a,b" },
    { line: "9", reason: "a quote opens in this row and never closes", orderId: "", quantity: "" },
  ]);
});

it.runIf(existsSync("/dev/full"))("E7: names itself when the disk is full", async () => {
  await symlink("/dev/full", `${source}.rejected.csv`);
  const rejected = new RejectedFile(source, ["orderId"]);
  rejected.add(2, "is bad", { orderId: "O1" });
  await expect(rejected.close()).rejects.toThrow(
    `the other rows were imported, but the rejected ones cannot be written to ${source}.rejected.csv: the disk is full: free some space and run the command again`,
  );
});

it("is not created without a rejected row, and an earlier one is deleted", async () => {
  await writeFile(`${source}.rejected.csv`, "line,reason\n");
  const rejected = new RejectedFile(source, ["orderId"]);
  await rejected.close();
  expect(rejected.path).toBeUndefined();
  expect(await readdir(folder)).toEqual([]);
});

it("is deleted when the import does not finish", async () => {
  const rejected = new RejectedFile(source, ["orderId"]);
  rejected.add(2, "is bad", { orderId: "O1" });
  await rejected.discard();
  expect(await readdir(folder)).toEqual([]);
});

it("is in the working folder when the import file's folder cannot be written to", async () => {
  const rejected = new RejectedFile("/read/only/orders.csv", ["orderId"]);
  await rejected.choosePlace(() => Promise.resolve(false));
  await rejected.close();
  expect(rejected.path).toBeUndefined();
});

describe("a cell that a spreadsheet would run as a formula", () => {
  it.each([
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "  =1+1",
    "\u00A0=1+1",
    "\uFEFF=1+1",
    "＝1+1",
    "＋1+1",
    "－1+1",
    "＠SUM(A1)",
    "+1,5",
    "-",
  ])("is made harmless by an apostrophe: %j", async (cell) => {
    expect(await listed(cell)).toBe(`'${cell}`);
  });
});

describe("a cell that only resembles a formula", () => {
  it.each(["-2", "+3.50", "-0.01", "12", "A=B", "a-b", "", "ok@example.com", "Café"])(
    "stays as it is: %j",
    async (cell) => {
      expect(await listed(cell)).toBe(cell);
    },
  );
});

it("cuts a cell that is longer than a thousand characters", async () => {
  expect(await listed("x".repeat(5_000))).toBe(`${"x".repeat(1_000)}…`);
});
