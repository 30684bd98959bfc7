import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { ownFormat } from "@regulars/core/imports/formats/formats";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type FileOptions, openCsvFile } from "./csv-file.ts";

describe("an import file", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "regulars-csv-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function read(content: string | Uint8Array, options?: FileOptions) {
    const path = join(folder, "orders.csv");
    await writeFile(path, content);
    const file = await openCsvFile(path, ownFormat("orders"), options);
    const records = [];
    for await (const record of file.records) records.push(record);
    return { ...file, records };
  }

  it("matches column names case-insensitively, and says what is missing or unknown", async () => {
    const file = await read("ORDERID,customerid,OrderedAt,itemId,Quantity,colour\nA,c,2026-01-01,i,1,red\n");
    expect(file.unknownColumns).toEqual(["colour"]);
    expect(file.absentColumns).toContain("unitPrice");
    expect(file.records).toMatchObject([{ line: 2, record: { orderId: "A", customerId: "c", quantity: "1" } }]);
  });

  const header = (by: string) => ["orderId", "customerId", "orderedAt", "itemId", "quantity", "unitPrice"].join(by);

  it("C3: has one number format, which all its numbers decide", async () => {
    const german = await read(`\uFEFF${header(";")}\nA;3,5;23.11.2026;1,5;1.000;7\nB;c;23.11.2026;i;2;1.234,56\n`);
    expect(german.decimal).toBe("comma");
    expect(german.records).toMatchObject([
      { record: { customerId: "3,5", itemId: "1,5", quantity: "1000", unitPrice: "7", orderedAt: "23.11.2026" } },
      { record: { quantity: "2", unitPrice: "1234.56" } },
    ]);
    const english = await read(`${header(",")}\nA,c,2026-11-23,i,"1,500","$2.50"\n`);
    expect(english.records).toMatchObject([{ record: { quantity: "1500", unitPrice: "2.50" } }]);
  });

  it("C3: is refused when its numbers can be read in two ways, until somebody says which", async () => {
    const text = `${header(";")}\nA;c;2026-11-23;i;1.000;7\n`;
    await expect(read(text)).rejects.toThrow('quantity "1.000" in line 2 may be 1.000 or 1000');
    expect((await read(text, { decimal: "comma" })).records).toMatchObject([{ record: { quantity: "1000" } }]);
    expect((await read(text, { decimal: "point" })).records).toMatchObject([{ record: { quantity: "1.000" } }]);
  });

  it("C3: rejects a row with a number of another format, and reads the others", async () => {
    const file = await read(`${header(";")}\nA;c;2026-11-23;i;1;2.50\nB;c;2026-11-23;i;1;2,50\n`, { decimal: "comma" });
    expect(file.records).toMatchObject([
      { line: 2, unreadable: 'unitPrice "2.50" is not a number of this file, whose decimals follow a comma' },
      { line: 3, record: { unitPrice: "2.50" } },
    ]);
  });

  it("is read from gzip, whatever its name", async () => {
    const file = await read(gzipSync("orderId,customerId,orderedAt,itemId,quantity\nA,c,2026-01-01,i,1\n"));
    expect(file.isGzip).toBe(true);
    expect(file.records).toHaveLength(1);
  });

  it("is refused with a column twice, or in another encoding", async () => {
    const twice = "orderId,customerId,orderedAt,itemId,quantity,Quantity\nA,c,2026-01-01,i,1,2\n";
    await expect(read(twice)).rejects.toThrow("names the column quantity twice");
    await expect(read(Buffer.from("orderId,customerId\n", "utf16le"))).rejects.toThrow('save it as "CSV UTF-8"');
  });

  it("rejects a row that is not UTF-8, and reads the others", async () => {
    const latin = Buffer.from(
      "orderId,customerId,orderedAt,itemId,quantity\nA,K\u00f6ln,2026-01-01,i,1\nB,c,2026-01-01,i,1\n",
      "latin1",
    );
    expect((await read(latin)).records).toMatchObject([
      { line: 2, unreadable: 'the row is not UTF-8 text: save the file as "CSV UTF-8"' },
      { line: 3, record: { orderId: "B" } },
    ]);
  });
});
