import { TEST_NOW } from "@regulars/core/testing";
import { ingestKinds, ingestSchemas } from "@regulars/core/imports/ingest-schemas";
import type { IngestKind } from "@regulars/core/imports/ingest-schemas";
import { customerIdSchema, day } from "@regulars/core/platform/values";
import { beforeEach, describe, expect, it } from "vitest";
import { type TestTenant, aTenantStore } from "../../../test/fixtures/tenant.ts";
import { ingestBatch } from "./ingest-batch.ts";

const ACME = customerIdSchema.parse("acme");

describe("a batch", () => {
  let testTenant: TestTenant;
  const ingest = async (kind: IngestKind, ...items: readonly unknown[]) =>
    (await ingestBatch({ now: TEST_NOW, tenant: testTenant.tenant, kind, items, imports: testTenant.store.imports }))
      .results;
  const outcomes = async (kind: IngestKind, ...items: readonly unknown[]) =>
    (await ingest(kind, ...items)).map(({ outcome }) => outcome);
  const errorsOf = async (kind: IngestKind, item: unknown) =>
    (await ingest(kind, item))[0]?.errors?.map(({ path, code, message }) => `${path}: ${code}: ${message}`);
  const anOrder = (given: Readonly<Record<string, unknown>> = {}) => ({
    orderId: "SO-1",
    customerId: "acme",
    orderedAt: "2026-01-05T09:30:00Z",
    lines: [{ itemId: "rye", quantity: 2, unitPrice: "11.90" }],
    ...given,
  });
  const storedOrders = () => testTenant.partition(testTenant.keys.orders(ACME));
  const profile = async () => (await testTenant.store.nightly.profiles([ACME])).get(ACME);
  beforeEach(() => {
    testTenant = aTenantStore();
  });

  it("has a result for each item, in their order", async () => {
    await ingest("customers", { customerId: "baker", name: "Baker" }, { customerId: "cook" });
    expect(
      await ingest(
        "customers",
        { customerId: "acme" },
        { customerId: "a\u200Bb" },
        { customerId: "baker", name: "Baker & Co" },
        "cook",
        { customerId: "cook" },
      ),
    ).toEqual([
      { index: 0, id: "acme", outcome: "created" },
      {
        index: 1,
        id: "a\u200Bb",
        outcome: "rejected",
        errors: [
          {
            path: "customerId",
            code: "bad-value",
            message: 'is not an id: it has the character U+200B, which cannot be printed (given "a\\u200bb")',
          },
        ],
      },
      { index: 2, id: "baker", outcome: "changed" },
      { index: 3, outcome: "rejected", errors: [{ path: "", code: "wrong-type", message: "is not an object" }] },
      { index: 4, id: "cook", outcome: "unchanged" },
    ]);
  });

  it("sent twice changes nothing the second time, whatever its kind", async () => {
    await ingest("items", { itemId: "FILTER-100" });
    for (const kind of ingestKinds) {
      const { example } = ingestSchemas[kind].meta() ?? {};
      expect([kind, await outcomes(kind, example)]).toEqual([kind, ["created"]]);
      expect([kind, await testTenant.writesOf(() => ingest(kind, example))]).toEqual([kind, 0]);
      expect([kind, await outcomes(kind, example)]).toEqual([kind, ["unchanged"]]);
    }
  });

  it("names of every refusal the place and the value, whatever the kind, the field and the mistake", async () => {
    const mistakes = [{ odd: 1 }, -1.5, "soon"];
    const nameless: unknown[] = [];
    let refusals = 0;
    for (const kind of ingestKinds) {
      const example = ingestSchemas[kind].meta()?.["example"];
      if (typeof example !== "object" || example === null) throw new Error(`${kind} has no example`);
      for (const field of Object.keys(example))
        for (const mistake of mistakes) {
          const [result] = await ingest(kind, { ...example, [field]: mistake });
          const errors = (result?.errors ?? []).filter(
            ({ code }) => !["unknown-property", "missing", "unknown-item"].includes(code),
          );
          const shown = JSON.stringify(mistake);
          refusals += errors.length;
          nameless.push(...errors.filter(({ path, message }) => path !== field || !message.includes(shown)));
        }
    }
    expect(nameless).toEqual([]);
    expect(refusals).toBeGreaterThan(100);
  });

  it("of one kind is no batch of another: each example fits its own kind only", async () => {
    const pairs = ingestKinds.flatMap((kind) => ingestKinds.map((other) => [kind, other] as const));
    for (const [kind, other] of pairs.filter(([one, another]) => one !== another))
      expect([kind, other, await outcomes(kind, ingestSchemas[other].meta()?.example)]).toEqual([
        kind,
        other,
        ["rejected"],
      ]);
  });

  it("saves two items of one id in their order: the later one wins, and each has its own result", async () => {
    expect(
      await outcomes(
        "customers",
        { customerId: "acme", name: "First" },
        { customerId: "acme", phone: "+45 1" },
        { customerId: "acme", name: "Third", currency: "euro" },
        { customerId: "acme", name: "Fourth" },
        { customerId: "acme", name: "Fourth" },
      ),
    ).toEqual(["created", "changed", "rejected", "changed", "unchanged"]);
    expect(await profile()).toEqual({ customerId: "acme", name: "Fourth", phone: "+45 1" });
    expect(await outcomes("orders", anOrder(), anOrder({ status: "cancelled" }), anOrder())).toEqual([
      "created",
      "changed",
      "changed",
    ]);
    expect((await storedOrders()).map(({ status }) => status)).toEqual(["confirmed"]);
  });

  it("keeps fields that an item does not have, clears those that are null, and replaces an order whole", async () => {
    await ingest("customers", { customerId: "acme", name: "Acme", repId: "R1", phone: "+45 1" });
    await ingest("customers", { customerId: "acme", repId: null }, { customerId: "baker", name: "Baker" });
    expect(await profile()).toEqual({ customerId: "acme", name: "Acme", phone: "+45 1" });
    await ingest("orders", anOrder({ startedBy: "R1" }));
    await ingest("orders", anOrder());
    expect((await storedOrders())[0]).not.toHaveProperty("startedBy");
  });

  it("takes quantities as numbers or text, amounts as text or minor units", async () => {
    const lines = [
      { itemId: "rye", quantity: 2, unitPrice: "11.90", unitCost: { minor: 720, currency: "EUR" } },
      { itemId: "oats", quantity: "1.5", unitPrice: { minor: 195, currency: "EUR" }, kind: "charge" },
      { itemId: "free", quantity: -0.25 },
    ];
    expect(await outcomes("orders", anOrder({ lines }))).toEqual(["created"]);
    expect((await storedOrders())[0]?.["lines"]).toEqual(["rye|2|2380|1440", "oats|1.5|292||charge", "free|-0.25"]);
  });

  it("takes an amount's currency for the order's, and refuses a second one", async () => {
    const lines = [{ itemId: "rye", quantity: 1, unitPrice: { minor: 1190, currency: "USD" } }];
    expect(await outcomes("orders", anOrder({ lines, fxToBase: 0.5 }))).toEqual(["created"]);
    expect((await storedOrders())[0]).toMatchObject({ currency: "USD", lines: ["rye|1|595"] });
    expect(await errorsOf("orders", anOrder({ lines, currency: "EUR" }))).toEqual([
      "lines[0].unitPrice.currency: other-currency: is another currency than the item's, EUR",
    ]);
    expect(
      await errorsOf("invoices", {
        invoiceId: "A",
        customerId: "acme",
        invoiceDate: "2026-01-15",
        total: { minor: 100, currency: "USD" },
        currency: "EUR",
      }),
    ).toEqual(["total.currency: other-currency: is another currency than the item's, EUR"]);
  });

  it("rejects an order with a bad line whole, and gives the path of every error", async () => {
    await ingest("orders", anOrder());
    const item = anOrder({
      lines: [
        { itemId: "rye", quantity: 1 },
        { itemId: "a\u0000", quantity: "two" },
        { itemId: "oats" },
        { itemId: "wheat", quantity: "1.1234567" },
      ],
    });
    expect(await errorsOf("orders", item)).toEqual([
      'lines[1].itemId: bad-value: is not an id: it has the character U+0000, which cannot be printed (given "a\\u0000")',
      "lines[2].quantity: missing: is missing",
    ]);
    expect(
      await errorsOf("orders", { ...item, lines: item.lines.map((line) => ({ ...line, itemId: "rye" })) }),
    ).toEqual(["lines[2].quantity: missing: is missing"]);
    expect(
      await errorsOf(
        "orders",
        anOrder({ orderedAt: "soon", lines: [1, "two", "1.1234567"].map((quantity) => ({ itemId: "rye", quantity })) }),
      ),
    ).toEqual([
      'orderedAt: bad-date: orderedAt "soon" is not a date: write 2026-11-23 or 2026-11-23T09:30:00Z',
      'lines[1].quantity: bad-value: "two" is not a number: write it like 1234.56',
    ]);
    expect((await storedOrders())[0]?.["lines"]).toEqual(["rye|2|2380"]);
  });

  it("refuses an amount that is a JSON number, and says what to write", async () => {
    const HOW = 'send a decimal string like "11.90", or { "minor": 1190, "currency": "EUR" }';
    const priced = (unitPrice: unknown) => anOrder({ lines: [{ itemId: "rye", quantity: 1, unitPrice }] });
    expect(await errorsOf("orders", priced(11.9))).toEqual([
      `lines[0].unitPrice: wrong-type: is a JSON number: ${HOW} (given 11.9)`,
    ]);
    expect(await errorsOf("orders", priced(["11.90"]))).toEqual([
      `lines[0].unitPrice: wrong-type: is not an amount: ${HOW} (given ["11.90"])`,
    ]);
    expect(await errorsOf("orders", priced({ minor: 11.9, currency: "EUR" }))).toEqual([
      "lines[0].unitPrice.minor: wrong-type: is not a whole number of minor units (given 11.9)",
    ]);
    expect(await errorsOf("orders", priced("11,90"))).toEqual([
      'lines[0].unitPrice: bad-value: "11,90" is not a number: write it like 1234.56',
    ]);
  });

  it("refuses unknown properties, with their path", async () => {
    const item: unknown = JSON.parse(
      '{"orderId":"SO-1","customerId":"acme","orderedAt":"2026-01-05","colour":1,"__proto__":{"type":"credit"},' +
        '"lines":[{"itemId":"rye","quantity":1,"a b":2}]}',
    );
    expect(await errorsOf("orders", item)).toEqual([
      expect.stringMatching(/^lines\[0\]\["a b"\]: unknown-property: is no property of this: .* There are itemId, /),
      expect.stringMatching(/^colour: unknown-property: is no property of this: .* There are orderId, /),
      "__proto__: unknown-property: is no property of this",
    ]);
  });

  it("gives at most twenty errors of an item, none of unlimited length", async () => {
    const item = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`${i} ${"x".repeat(5_000)}`, i]));
    const errors = await errorsOf("customers", { customerId: "y".repeat(5_000), ...item });
    expect(errors?.length).toBe(20);
    expect(Math.max(...(errors ?? []).map(({ length }) => length))).toBeLessThan(600);
  });

  describe("of payments", () => {
    const invoice = { invoiceId: "A", customerId: "acme", invoiceDate: "2026-01-15", total: "100" };
    const payment = (given: Readonly<Record<string, unknown>> = {}) => ({
      invoiceId: "A",
      paidAt: "2026-02-01",
      amount: "10.00",
      ...given,
    });
    const paid = async () =>
      (await testTenant.store.nightly.snapshotOf(ACME, { asOf: day("2026-12-31") }))?.history.receivables.flatMap(
        (one) => one.payments.map(({ amountMinor }) => amountMinor),
      );
    beforeEach(() => ingest("invoices", invoice));

    it("counts equal ones of one day as often as it brings them, and the same batch again none", async () => {
      const items = [payment(), payment({ amount: { minor: 1000, currency: "EUR" } }), payment({ amount: "5" })];
      expect(await outcomes("payments", ...items)).toEqual(["created", "created", "created"]);
      expect(await outcomes("payments", ...items)).toEqual(["unchanged", "unchanged", "unchanged"]);
      expect((await paid())?.toSorted((a, b) => a - b)).toEqual([500, 1000, 1000]);
    });

    it("rejects those of unknown invoices and of other currencies, and takes the others", async () => {
      expect(
        await ingest(
          "payments",
          payment({ invoiceId: "B" }),
          payment({ amount: { minor: 1, currency: "USD" } }),
          payment(),
        ),
      ).toEqual([
        {
          index: 0,
          id: "B",
          outcome: "rejected",
          errors: [
            {
              path: "invoiceId",
              code: "unknown-invoice",
              message: "invoice B is not known: import its invoice first",
            },
          ],
        },
        {
          index: 1,
          id: "A",
          outcome: "rejected",
          errors: [
            {
              path: "amount.currency",
              code: "other-currency",
              message: "invoice A is in EUR: a payment is in its invoice's currency",
            },
          ],
        },
        { index: 2, id: "A", outcome: "created" },
      ]);
      expect(await paid()).toEqual([1000]);
    });
  });

  it("of nothing does nothing, and of more than a hundred throws", async () => {
    expect(await ingest("orders")).toEqual([]);
    await expect(ingest("users", ...Array.from({ length: 101 }, () => ({})))).rejects.toThrow(
      "a batch has at most 100 items, this one 101",
    );
  });
});
