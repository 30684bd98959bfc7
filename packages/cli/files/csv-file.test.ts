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
    expect(german.dialect.decimal).toBe("comma");
    expect(german.records).toMatchObject([
      { record: { customerId: "3,5", itemId: "1,5", quantity: "1000", unitPrice: "7", orderedAt: "2026-11-23" } },
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

  it("is refused with one of its columns twice, and reads others that are there twice", async () => {
    const twice = "orderId,customerId,orderedAt,itemId,quantity,Quantity\nA,c,2026-01-01,i,1,2\n";
    await expect(read(twice)).rejects.toThrow("names the column quantity twice");
    const other = "orderId,customerId,orderedAt,itemId,quantity,note,note\nA,c,2026-01-01,i,1,x,y\n";
    expect((await read(other)).records).toHaveLength(1);
  });

  const plain = (name: string): string => `${header(",")}\nA,${name},2026-01-01,i,1,2\nB,c,2026-01-01,i,1,2\n`;

  it.each([
    ["utf-8", Buffer.from(`\uFEFF${plain("Köln")}`)],
    ["utf-16le", Buffer.from(`\uFEFF${plain("Köln")}`, "utf16le")],
    ["utf-16le", Buffer.from(plain("Köln"), "utf16le")],
    ["utf-16be", Buffer.from(`\uFEFF${plain("Köln")}`, "utf16le").swap16()],
    ["windows-1252", Buffer.from(plain("Köln"), "latin1")],
    ["windows-1252", Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(plain("Köln"), "latin1")])],
  ])("E6: is read as %s when it is that", async (encoding, bytes) => {
    const file = await read(bytes);
    expect(file.dialect.encoding).toBe(encoding);
    expect(file.records).toMatchObject([
      { record: { orderId: "A", customerId: "Köln" } },
      { record: { orderId: "B" } },
    ]);
  });

  it("E6: is read in the encoding that somebody says", async () => {
    const bytes = Buffer.concat([
      Buffer.from(`${header(",")}\nA,`),
      Buffer.from([0xca, 0xe0, 0xe2, 0xe0]),
      Buffer.from(",2026-01-01,i,1,2\n"),
    ]);
    expect((await read(bytes, { encoding: "windows-1251" })).records).toMatchObject([
      { record: { customerId: "Кава" } },
    ]);
    await expect(read(bytes, { encoding: "klingon" })).rejects.toThrow('--encoding "klingon" is not known');
  });

  it("rejects a row that is not UTF-8 in a file that is, and reads the others", async () => {
    const [head = "", tail = ""] = plain("Łódź Żary Ę").split("\n", 2);
    const bytes = Buffer.concat([
      Buffer.from(`${head}\n${tail}\nB,K`),
      Buffer.from([0xf6]),
      Buffer.from(",2026-01-01,i,1,2\n"),
    ]);
    expect((await read(bytes)).records).toMatchObject([
      { line: 2, record: { orderId: "A" } },
      { line: 3, unreadable: 'the row is not UTF-8 text: save the file as "CSV UTF-8"' },
    ]);
  });

  it("E4: is refused when it is no text", async () => {
    await expect(read(Buffer.from([0x50, 0x4b, 3, 4, 20, 0, 8, 8, 8, 0, 1, 2, 3]))).rejects.toThrow("is not text");
  });

  it.each([
    [";", ""],
    ["\t", ""],
    ["|", ""],
    [";", "sep=;\r\n"],
    ["^", '"sep=^"\n'],
  ])("E4: is read with %j between its cells, after %j", async (by, before) => {
    const file = await read(`${before}${header(by)}\n${["A", "c", "2026-01-01", "i", "1", "2"].join(by)}\n`);
    expect(file.dialect.separator).toBe(by);
    expect(file.records).toMatchObject([{ record: { orderId: "A", unitPrice: "2" } }]);
  });

  it.each(["\n", "\r\n", "\r"])(
    "E4: is read with lines that end in %j, and blank rows at the end are none",
    async (end) => {
      const lines = [header(","), "A,c,2026-01-01,i,1,2", "B,c,2026-01-01,i,1,2", ",,,,,", "  ,,,,,", ""];
      const file = await read(lines.join(end));
      expect(file.records).toMatchObject([
        { line: 2, record: { orderId: "A" } },
        { line: 3, record: { orderId: "B" } },
      ]);
      expect(file.records).toHaveLength(2);
    },
  );

  it("E3: matches column names without blanks, _, - and case", async () => {
    const text = '"Order ID",CUSTOMER_ID,ordered-at,item id,Quantity,"Unit price"\n#1,c,2026-01-01,i,1,2\n';
    expect((await read(text)).records).toMatchObject([{ record: { orderId: "#1", customerId: "c", unitPrice: "2" } }]);
  });

  it("E3: takes the names that --map gives, whatever else matches", async () => {
    const text = "No.,Client,Date,SKU,Qty,orderId\n#1,c,2026-01-01,i,1,old\n";
    const map = new Map([
      ["orderId", "no."],
      ["customerId", "Client"],
      ["orderedAt", "Date"],
      ["itemId", "SKU"],
      ["quantity", "Qty"],
    ]);
    const file = await read(text, { map });
    expect(file.records).toMatchObject([{ record: { orderId: "#1", itemId: "i" } }]);
    const wrong = new Map([...map, ["orderId", "Number"]]);
    await expect(read(text, { map: wrong })).rejects.toThrow("lacks the column orderId");
  });

  it("E4: quotes the header as it stands, with what separates it", async () => {
    await expect(read("Bestellung;KundenNr;Datum\n1;2;3\n")).rejects.toThrow(
      "lacks the columns orderId, customerId, orderedAt, itemId, quantity, which the format regulars needs for orders. Its first line says: Bestellung, KundenNr, Datum (separated by semicolons)",
    );
  });

  it.each([
    ["Bestellung,KundenNr,Datum", "Bestellung, KundenNr, Datum (separated by commas)"],
    ["ORDER NUMBER\tClientID", "ORDER NUMBER, ClientID (separated by tabs)"],
    ["Nr|KundenNR", "Nr, KundenNR (separated by vertical bars)"],
    ["BestellNr", "BestellNr"],
  ])("E4: says of the foreign header %j what was seen, in its own case, and asks nothing", async (line, seen) => {
    const refusal = await read(`${line}\n1\n`).then(
      () => "",
      (error: unknown) => String(error),
    );
    expect(refusal).toContain(`Its first line says: ${seen}. Name other headers with --map`);
    expect(refusal).not.toContain("?");
  });

  it("E4: quotes the line below the titles of a report whose columns have other names", async () => {
    const text =
      "Sales by line;;;\nPeriod: 01.01.2026 - 31.12.2026;;;\n;;;\nDoc-No.;Client;Doc Date;\n1;C, D, E and F, G;05.01.2026;\n";
    await expect(read(text)).rejects.toThrow(
      'Its line 4 says: Doc-No., Client, Doc Date (separated by semicolons). Name other headers with --map, such as --map orderId="Doc-No."',
    );
  });

  it("E4: reads every way to write a file alike: mark, sep line, separator, line end, case, blank rows", async () => {
    const names = ["orderId", "customerId", "orderedAt", "itemId", "quantity", "unitPrice"];
    const rows = [
      ["A", "c", "2026-01-01", "i", "1", "2"],
      ["B", "d", "2026-01-02", "j", "3", "4"],
    ];
    for (const mark of ["", "\uFEFF"])
      for (const by of [",", ";", "\t", "|"])
        for (const end of ["\n", "\r\n", "\r"])
          for (const says of [[], [`sep=${by}`]])
            for (const title of [names, names.map((name) => name.toUpperCase())])
              for (const blank of [[], [by.repeat(5), by.repeat(5)]]) {
                const lines = [...says, title.join(by), ...rows.map((row) => row.join(by)), ...blank];
                const { records } = await read(`${mark}${lines.join(end)}${end}`);
                const cells = records.map((one) => ("record" in one ? names.map((name) => one.record?.[name]) : one));
                expect([lines, cells]).toEqual([lines, rows]);
              }
  });

  it("finds the header below the title of a report", async () => {
    const file = await read(`Orders of ACME\n"January, 2026"\n\n${header(",")}\nA,c,2026-01-01,i,1,2\n`);
    expect(file.dialect.headerLine).toBe(4);
    expect(file.records).toMatchObject([{ line: 5, record: { orderId: "A" } }]);
  });

  const dated = (...dates: readonly string[]): string =>
    `${header(",")}\n${dates.map((date, i) => `O${i},c,"${date}",i,1,2`).join("\n")}\n`;
  const datesOf = async (text: string, options?: FileOptions) =>
    (await read(text, options)).records.map((one) => ("unreadable" in one ? one.unreadable : one.record["orderedAt"]));

  it("E6: has one order of day and month, which all its dates decide", async () => {
    expect(await datesOf(dated("1/5/2026 9:30 AM", "1/13/2026"))).toEqual(["2026-01-05 09:30", "2026-01-13"]);
    expect(await datesOf(dated("1/5/2026", "13/1/2026"))).toEqual(["2026-05-01", "2026-01-13"]);
    expect(await datesOf(dated("1/5/2026"), { dates: "mdy" })).toEqual(["2026-01-05"]);
    expect(await datesOf(dated("1/5/26"), { dates: "dmy" })).toEqual(["2026-05-01"]);
    expect(await datesOf(dated("26/1/5"), { dates: "ymd" })).toEqual(["2026-01-05"]);
  });

  it("E6: rejects rows whose dates mean two days, and refuses a file that has both orders", async () => {
    expect(await datesOf(dated("1/5/2026 9:30 AM", "2026-01-05", "3/3/2026"))).toEqual([
      'orderedAt "1/5/2026 9:30 AM" is not a date in one way only: say --dates mdy (month first) or --dates dmy (day first)',
      "2026-01-05",
      "2026-03-03",
    ]);
    await expect(read(dated("13/1/2026", "1/13/2026"))).rejects.toThrow("say --dates dmy or --dates mdy");
  });
});
