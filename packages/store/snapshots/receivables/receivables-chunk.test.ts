import { Buffer } from "node:buffer";
import type { Receivable } from "@regulars/core/invoices/receivable";
import { aReceivable } from "@regulars/core/testing";
import { currencySchema, customerIdSchema, toDay, toDayNumber } from "@regulars/core/platform/values";
import { refusesSpoiledBytes } from "../../../../test/fixtures/spoiled-bytes.ts";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeReceivables, encodeReceivables } from "./receivables-chunk.ts";

const EUR = currencySchema.parse("EUR");
const ACME = customerIdSchema.parse("acme");

const onDay = fc.integer({ min: 0, max: 60_000 }).map(toDay);
const amount = fc.oneof(fc.integer({ min: -99_999, max: 99_999 }), fc.integer({ min: 1 - 2 ** 52, max: 2 ** 52 - 1 }));
const receivable: fc.Arbitrary<Receivable> = fc
  .record({
    invoiceId: fc.stringMatching(/^[A-Za-z0-9._-]{1,64}$/),
    invoicedOn: onDay,
    dueOn: fc.option(onDay, { nil: undefined }),
    totalMinor: amount,
    currency: fc.constantFrom("EUR", "USD", "JPY"),
    type: fc.constantFrom("invoice" as const, "credit" as const),
    disputed: fc.boolean(),
    paid: fc.array(fc.record({ on: onDay, minor: amount }), { maxLength: 4 }),
  })
  .map(({ dueOn, ...fixture }) => aReceivable({ ...fixture, ...(dueOn === undefined ? {} : { dueOn }) }));
const receivables = fc.uniqueArray(receivable, { selector: ({ invoiceId }) => invoiceId, maxLength: 12 });

function inOrder(given: readonly Receivable[]): Receivable[] {
  return given.toSorted((a, b) => {
    if (a.invoicedOn !== b.invoicedOn) return a.invoicedOn < b.invoicedOn ? -1 : 1;
    return a.invoiceId < b.invoiceId ? -1 : 1;
  });
}

const decoded = (bytes: Uint8Array, until?: string, paidUntil?: string): Receivable[] =>
  decodeReceivables(bytes, ACME, EUR, numberOf(until), numberOf(paidUntil));
const numberOf = (text: string | undefined) => (text === undefined ? undefined : Date.parse(text) / 86_400_000);

describe("a receivables chunk", () => {
  it("decodes any invoices with their payments", () => {
    fc.assert(
      fc.property(receivables, (given) => {
        expect(decoded(encodeReceivables(given, EUR))).toEqual(inOrder(given));
      }),
      { numRuns: 300 },
    );
  });

  it("decodes what was invoiced and paid up to and including a day", () => {
    const bytes = encodeReceivables(
      [
        aReceivable({
          invoiceId: "A",
          invoicedOn: "2026-03-01",
          paid: [
            { on: "2026-03-05", minor: 1 },
            { on: "2026-03-06", minor: 2 },
          ],
        }),
        aReceivable({ invoiceId: "B", invoicedOn: "2026-03-06" }),
      ],
      EUR,
    );
    const onThe = (day: string, paidUntil?: string) =>
      decoded(bytes, day, paidUntil).map((one) => [one.invoiceId, one.payments.map((payment) => payment.amountMinor)]);
    expect(onThe("2026-02-28")).toEqual([]);
    expect(onThe("2026-03-05")).toEqual([["A", [1]]]);
    expect(onThe("2026-03-06")).toEqual([
      ["A", [1, 2]],
      ["B", []],
    ]);
    expect(onThe("2026-03-05", "2026-03-06")).toEqual([["A", [1, 2]]]);
  });
});

describe("the format", () => {
  const bytes = encodeReceivables(
    [
      aReceivable({ invoiceId: "INV-1001", invoicedOn: "2026-01-15", dueOn: "2026-02-14", totalMinor: 12_345 }),
      aReceivable({
        invoiceId: "INV-1002",
        invoicedOn: "2026-01-15",
        totalMinor: 5_000,
        currency: "USD",
        type: "credit",
        disputed: true,
        paid: [{ on: "2026-01-14", minor: -250 }],
      }),
    ],
    EUR,
  );

  it("is fixed, byte by byte", () => {
    expect(Buffer.from(bytes).toString("hex")).toBe(
      "01f49f01" + // version, 2026-01-15
        "08494e562d31303031043cf2c00100" + // INV-1001: due 30 days later, 123.45, nothing paid
        "0071320b555344904e01" + // the same day INV-1002: a disputed credit of 50.00 USD, one payment
        "01f303" + // the day before: -2.50
        "f2940859",
    );
  });

  refusesSpoiledBytes(bytes, decoded);

  it("takes five bytes for no invoices at all", () => {
    expect(encodeReceivables([], EUR)).toHaveLength(5);
    expect(decoded(encodeReceivables([], EUR))).toEqual([]);
  });

  it("starts day numbers at 1970-01-01", () => {
    expect(toDayNumber(toDay(0))).toBe(0);
    expect(decoded(encodeReceivables([aReceivable({ invoicedOn: "1970-01-01" })], EUR))[0]?.invoicedOn).toBe(
      "1970-01-01",
    );
  });
});
