import { TEST_NOW } from "@regulars/core/testing";
import { ownFormat } from "@regulars/core/imports/formats/formats";
import type { ImportKind } from "@regulars/core/imports/rows";
import { customerIdSchema, itemIdSchema } from "@regulars/core/platform/values";
import { beforeEach, describe, expect, it } from "vitest";
import { type TestTenant, aTenantStore } from "../../../test/fixtures/tenant.ts";
import { memoryGrouper } from "./memory-grouper.ts";
import { importRecords } from "./import-records.ts";

const asCustomer = (id: string) => customerIdSchema.parse(id);

describe("incomplete input", () => {
  let testTenant: TestTenant;
  beforeEach(() => {
    testTenant = aTenantStore();
  });

  async function run(
    kind: ImportKind,
    rows: readonly Readonly<Record<string, string>>[],
    absentColumns: string[] = [],
  ) {
    const affectedRows: string[] = [];
    const rejects: string[] = [];
    const report = await importRecords({
      now: TEST_NOW,
      tenant: testTenant.tenant,
      format: ownFormat(kind),
      records: records(rows),
      grouper: memoryGrouper(),
      imports: testTenant.store.imports,
      absentColumns,
      onReject: ({ line }) => rejects.push(String(line)),
      onAffectedRows: ({ line }) => affectedRows.push(String(line)),
    });
    return { ...report, rejects, affectedRows };
  }

  async function* records(rows: readonly Readonly<Record<string, string>>[]) {
    for (const [i, record] of rows.entries()) yield await Promise.resolve({ line: i + 2, record });
  }

  const line = (itemId: string, quantity = "1") => ({
    orderId: "R1",
    customerId: "acme",
    orderedAt: "2026-01-05",
    itemId,
    quantity,
  });
  const storedLines = async () => {
    const [order] = await testTenant.partition(testTenant.keys.orders(asCustomer("acme")));
    return order?.["lines"];
  };

  it("imports an order without its bad row, and returns all its rows to be repaired together", async () => {
    const report = await run("orders", [line("A"), line("B", "2x"), line("C")]);
    expect(report).toMatchObject({ created: 1, rejected: 1, rejects: ["3"], affectedRows: ["2", "4"] });
    expect(await storedLines()).toEqual(["A|1", "C|1"]);
    expect(await run("orders", [line("A"), line("B", "2"), line("C")])).toMatchObject({ changed: 1, rejected: 0 });
    expect(await storedLines()).toEqual(["A|1", "B|2", "C|1"]);
  });

  it("never replaces a complete order by an incomplete one", async () => {
    await run("orders", [line("A"), line("B")]);
    expect(await run("orders", [line("A"), line("B", "")])).toMatchObject({ changed: 0, unchanged: 1, rejected: 1 });
    expect(await storedLines()).toEqual(["A|1", "B|1"]);
  });

  it("keeps what is stored of columns that a file does not have", async () => {
    const profile = () => testTenant.item(testTenant.keys.snapshotPart(asCustomer("acme"), { part: "profile" }));
    await run("customers", [{ customerId: "acme", name: "Acme", repId: "r1", phone: "123" }]);
    await run("customers", [{ customerId: "acme", name: "Acme Café" }], ["repId", "phone"]);
    expect(await profile()).toMatchObject({ name: "Acme Café", repId: "r1", phone: "123" });
    await run("customers", [{ customerId: "acme", name: "Acme Café", phone: "" }], ["repId"]);
    expect(await profile()).toMatchObject({ repId: "r1" });
    expect(await profile()).not.toHaveProperty("phone");
  });

  it("keeps what is stored of a person who moves", async () => {
    await run("persons", [{ personId: "p1", customerId: "acme", name: "Ana", phone: "123" }]);
    await run("persons", [{ personId: "p1", customerId: "bolt" }], ["name", "phone", "email"]);
    expect(await testTenant.partition(testTenant.keys.persons(asCustomer("acme")))).toEqual([]);
    expect(await testTenant.partition(testTenant.keys.persons(asCustomer("bolt")))).toMatchObject([
      { name: "Ana", phone: "123" },
    ]);
  });

  it("creates an unknown item, and leaves a known one as it is", async () => {
    await run("items", [{ itemId: "A", name: "Ours" }]);
    const format = {
      ...ownFormat("orders"),
      map: (record: Readonly<Record<string, string>>) => ({
        record,
        item: { itemId: record["itemId"] ?? "", name: "Theirs" },
      }),
    };
    const input = {
      now: TEST_NOW,
      tenant: testTenant.tenant,
      format,
      grouper: memoryGrouper(),
      imports: testTenant.store.imports,
      onReject: ({ reason }: { readonly reason: string }) => expect.unreachable(reason),
    };
    await importRecords({ ...input, records: records([line("A"), line("B")]) });
    const names = await testTenant.store.nightly.itemNames(["A", "B"].map((id) => itemIdSchema.parse(id)));
    expect([...names.entries()].toSorted()).toEqual([
      ["A", "Ours"],
      ["B", "Theirs"],
    ]);
  });
});
