import { TEST_NOW } from "@regulars/core/testing";
import { formatOf, ownFormat } from "@regulars/core/imports/formats/formats";
import type { ImportKind } from "@regulars/core/imports/rows";
import { customerIdSchema, userIdSchema } from "@regulars/core/platform/values";
import { beforeEach, describe, expect, it } from "vitest";
import { type TestTenant, aTenantStore } from "../../../test/fixtures/tenant.ts";
import { memoryGrouper } from "./memory-grouper.ts";
import type { SourceRecord } from "./import-file.ts";
import { importRecords } from "./import-records.ts";

type Cells = Readonly<Record<string, string>>;

/** Records as read from a file: the first is on line 2. */
async function* fileOf(rows: readonly (Cells | string)[]): AsyncGenerator<SourceRecord> {
  for (const [i, row] of rows.entries())
    yield await Promise.resolve(
      typeof row === "string" ? { line: i + 2, unreadable: row } : { line: i + 2, record: row },
    );
}

describe("an import", () => {
  let testTenant: TestTenant;
  const run = async (kind: ImportKind, rows: readonly (Cells | string)[], format = "regulars") => {
    const rejects: string[] = [];
    const report = await importRecords({
      now: TEST_NOW,
      tenant: testTenant.tenant,
      format: formatOf(format, kind) ?? ownFormat(kind),
      records: fileOf(rows),
      grouper: memoryGrouper(),
      imports: testTenant.store.imports,
      onReject: ({ line, reason }) => rejects.push(`${line}: ${reason}`),
    });
    return { ...report, rejects };
  };
  const anOrderRow = (cells: Cells = {}): Cells => ({
    orderId: "SO-1",
    customerId: "acme",
    orderedAt: "2026-01-05",
    itemId: "rye",
    quantity: "2",
    unitPrice: "5",
    ...cells,
  });
  const storedOrders = async (customerId = "acme") =>
    testTenant.partition(testTenant.keys.orders(customerIdSchema.parse(customerId)));
  beforeEach(() => {
    testTenant = aTenantStore();
  });

  it("groups an order's lines, wherever they are in the file", async () => {
    const rows = [anOrderRow(), anOrderRow({ orderId: "SO-2" }), anOrderRow({ itemId: "wheat" })];
    expect(await run("orders", rows)).toEqual({
      rows: 3,
      documents: 2,
      created: 2,
      changed: 0,
      unchanged: 0,
      skipped: {},
      rejected: 0,
      rejects: [],
    });
    expect((await storedOrders()).map((order) => Array.isArray(order["lines"]) && order["lines"].length)).toEqual([
      2, 1,
    ]);
  });

  it("of the same file a second time changes nothing", async () => {
    const rows = [anOrderRow(), anOrderRow({ itemId: "wheat" }), anOrderRow({ orderId: "SO-2" })];
    await run("orders", rows);
    expect(await testTenant.writesOf(() => run("orders", rows))).toBe(0);
    expect(await run("orders", rows)).toMatchObject({ documents: 2, created: 0, changed: 0, unchanged: 2 });
  });

  it("leaves a user who has left where they are: no file says so", async () => {
    const gone = { userId: userIdSchema.parse("anna"), name: "Anna", role: "rep" as const, isActive: false };
    await testTenant.store.imports.saveUsers([gone]);
    expect(await run("users", [{ userId: "anna", name: "Anna Berg" }])).toMatchObject({ changed: 1 });
    expect(await testTenant.store.nightly.users()).toMatchObject([{ name: "Anna Berg", isActive: false }]);
  });

  it("rejects a row that cannot be used with its line and the reason, and takes the others", async () => {
    const rows = [
      anOrderRow({ orderedAt: "05/01/2026" }),
      anOrderRow({ quantity: "two" }),
      anOrderRow({ quantity: "" }),
      "the row has 3 columns, the header has 13",
      anOrderRow({ orderId: "" }),
      anOrderRow({ orderId: "x".repeat(129) }),
      anOrderRow({ unitPrice: "x".repeat(50) }),
      anOrderRow({ type: "return" }),
      anOrderRow({ itemId: "wheat" }),
    ];
    const { rejects, ...report } = await run("orders", rows);
    expect(rejects.toSorted()).toEqual([
      '2: orderedAt "05/01/2026" is not a date: write 2026-11-23 or 2026-11-23T09:30:00Z',
      '3: quantity "two" is not a number: write it like 1234.56',
      "4: quantity is missing",
      "5: the row has 3 columns, the header has 13",
      "6: orderId is missing",
      `7: orderId "${"x".repeat(40)}…" is not an id: it has 129 characters, at most 128 can be`,
      `8: unitPrice "${"x".repeat(40)}…" is not a number: write it like 1234.56`,
      '9: type "return" is not one of sale, credit',
    ]);
    expect(report).toMatchObject({ rows: 9, documents: 1, created: 1, rejected: 8 });
    expect((await storedOrders())[0]?.["lines"]).toEqual(["wheat|2|1000"]);
  });

  it("rejects an order that names two customers whole, every row once", async () => {
    const rows = [
      anOrderRow(),
      anOrderRow({ customerId: "baker" }),
      anOrderRow({ quantity: "two" }),
      anOrderRow({ orderId: "SO-2" }),
    ];
    const { rejects, rejected, created } = await run("orders", rows);
    const says = "order SO-1 names two customers, acme and baker: give it one";
    expect(rejects).toEqual([`2: ${says}`, `3: ${says}`, `4: ${says}`]);
    expect([rejected, created]).toEqual([3, 1]);
  });

  it("rejects every row of an order with too many", async () => {
    const { rejected, created, rejects } = await run("orders", [
      ...Array.from({ length: 4_001 }, () => anOrderRow()),
      anOrderRow({ orderId: "SO-2" }),
    ]);
    expect([rejected, created, rejects[0]]).toEqual([4_001, 1, "2: order SO-1 has 4001 lines; at most 4000 are kept"]);
  });

  it("counts what a format leaves out by its reason, and rejects none of it", async () => {
    const row = {
      InvoiceNo: "536365",
      StockCode: "85123A",
      Quantity: "6",
      InvoiceDate: "2010-12-01 08:26:00",
      UnitPrice: "2.55",
      CustomerID: "17850",
    };
    const rows = [
      row,
      { ...row, InvoiceNo: "A563185" },
      { ...row, CustomerID: "" },
      { ...row, CustomerID: "" },
      { ...row, UnitPrice: "0" },
      { ...row, InvoiceNo: "C536379", Quantity: "-1" },
    ];
    expect(await run("orders", rows, "online-retail")).toMatchObject({
      rows: 6,
      documents: 2,
      skipped: { adjustment: 1, noCustomer: 2, zeroPrice: 1 },
      rejected: 0,
    });
    expect((await storedOrders("17850")).map((order) => [order["orderId"], order["type"]])).toEqual([
      ["536365", "sale"],
      ["C536379", "credit"],
    ]);
  });

  it("reports how many documents are saved, every five hundred", async () => {
    const given: number[] = [];
    await importRecords({
      now: TEST_NOW,
      tenant: testTenant.tenant,
      format: ownFormat("users"),
      records: fileOf(Array.from({ length: 1_001 }, (_, i) => ({ userId: `u-${i}` }))),
      grouper: memoryGrouper(),
      imports: testTenant.store.imports,
      onReject: () => undefined,
      onSaved: (documents) => given.push(documents),
    });
    expect(given).toEqual([500, 1_000, 1_001]);
  });

  it("of an empty file does nothing", async () => {
    expect(await run("payments", [])).toEqual({
      rows: 0,
      documents: 0,
      created: 0,
      changed: 0,
      unchanged: 0,
      skipped: {},
      rejected: 0,
      rejects: [],
    });
  });
});
