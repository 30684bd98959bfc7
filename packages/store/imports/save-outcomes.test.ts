import { assembleInvoice } from "@regulars/core/imports/receivables";
import { invoiceRowSchema, paymentRowSchema } from "@regulars/core/imports/rows";
import type { NotedOutcome } from "@regulars/core/platform/save-counts";
import { anOrder } from "@regulars/core/testing";
import { customerIdSchema, currencySchema, day, personIdSchema } from "@regulars/core/platform/values";
import { beforeEach, describe, expect, it } from "vitest";
import { beforeCommand } from "../../../test/fixtures/before-command.ts";
import { type TestTenant, aTenantStore } from "../../../test/fixtures/tenant.ts";

const customer = (id: string, name = id) => ({ customerId: customerIdSchema.parse(id), name });
const person = (id: string, at: string) => ({
  personId: personIdSchema.parse(id),
  customerId: customerIdSchema.parse(at),
});

describe("a save reports for each record", () => {
  let testTenant: TestTenant;
  const heard: [string, NotedOutcome][] = [];
  const noting =
    <Doc>(name: (doc: Doc) => string) =>
    (doc: Doc, outcome: NotedOutcome): void => {
      heard.push([name(doc), outcome]);
    };
  const noted = () => heard.splice(0).toSorted();
  beforeEach(() => {
    testTenant = aTenantStore();
    heard.splice(0);
  });

  it("whether it was created, changed or stored already", async () => {
    const { imports } = testTenant.store;
    const note = noting<{ readonly customerId: string }>(({ customerId }) => customerId);
    await imports.saveCustomers([customer("acme"), customer("baker")]);
    await imports.saveCustomers([customer("acme", "Acme"), customer("baker"), customer("cook")], [], note);
    expect(noted()).toEqual([
      ["acme", "changed"],
      ["baker", "unchanged"],
      ["cook", "created"],
    ]);
  });

  it("with the object that was passed in, also when fields of the stored one are kept", async () => {
    const { imports } = testTenant.store;
    const given = [person("p-1", "acme"), person("p-2", "acme")];
    await imports.savePersons([{ ...person("p-1", "acme"), name: "Ana" }]);
    const seen = new Map<object, NotedOutcome>();
    await imports.savePersons(given, ["name"], (one, outcome) => seen.set(one, outcome));
    expect(given.map((one) => seen.get(one))).toEqual(["unchanged", "created"]);
  });

  it("the outcome of orders and invoices, also of one that another process overtook", async () => {
    const { imports } = testTenant.store;
    const order = (orderId: string, on = "2026-01-05") => anOrder({ on, orderId });
    const note = noting<ReturnType<typeof anOrder>>(({ orderId }) => orderId);
    await imports.saveOrders([order("A"), order("B")]);
    beforeCommand(testTenant.table, "TransactWriteItems", () =>
      testTenant.another().store.imports.saveOrders([order("C")]),
    );
    await imports.saveOrders([order("A"), order("B", "2026-01-06"), order("C"), order("D")], undefined, note);
    expect(noted()).toEqual([
      ["A", "unchanged"],
      ["B", "changed"],
      ["C", "unchanged"],
      ["D", "created"],
    ]);
    const invoice = (invoiceId: string, total: string) => {
      const row = invoiceRowSchema.parse({ invoiceId, customerId: "acme", invoiceDate: "2026-01-15", total });
      const made = assembleInvoice(row, testTenant.tenant);
      if (!made.ok) throw new Error(made.message);
      return made.value;
    };
    await imports.saveInvoices([invoice("A", "1"), invoice("B", "1")]);
    await imports.saveInvoices(
      [invoice("A", "1"), invoice("B", "2"), invoice("C", "3")],
      noting((one) => one.invoice.invoiceId),
    );
    expect(noted()).toEqual([
      ["A", "unchanged"],
      ["B", "changed"],
      ["C", "created"],
    ]);
  });

  it("the outcome of payments; one in another currency is returned with its invoice's currency", async () => {
    const { imports } = testTenant.store;
    const row = invoiceRowSchema.parse({ invoiceId: "A", customerId: "acme", invoiceDate: "2026-01-15", total: "100" });
    const made = assembleInvoice(row, testTenant.tenant);
    if (!made.ok) throw new Error(made.message);
    await imports.saveInvoices([made.value]);
    const payment = (amount: string, currency?: string) => ({
      row: paymentRowSchema.parse({ invoiceId: "A", paidAt: "2026-02-01", amount }),
      paidOn: day("2026-02-01"),
      ordinal: 1,
      ...(currency === undefined ? {} : { currency: currencySchema.parse(currency) }),
    });
    await imports.savePayments([payment("1")]);
    const dollars = payment("3", "USD");
    const counts = await imports.savePayments(
      [payment("1"), payment("2", "EUR"), dollars],
      noting((one) => String(one.row.amount.units)),
    );
    expect(noted()).toEqual([
      ["1", "unchanged"],
      ["2", "created"],
    ]);
    expect([...counts.refused]).toEqual([
      [
        dollars,
        {
          path: "amount.currency",
          code: "other-currency",
          message: "invoice A is in EUR: a payment is in its invoice's currency",
        },
      ],
    ]);
  });

  it("at no cost: the same reads and writes as without the report", async () => {
    const { imports } = testTenant.store;
    const customers = [customer("acme"), customer("baker")];
    const cost = async (work: () => Promise<unknown>) => {
      const before = { ...testTenant.store.usage };
      await work();
      return [
        testTenant.store.usage.itemsRead - before.itemsRead,
        testTenant.store.usage.itemsWritten - before.itemsWritten,
      ];
    };
    await imports.saveCustomers(customers);
    const plain = await cost(() => imports.saveCustomers(customers));
    expect(await cost(() => imports.saveCustomers(customers, [], () => undefined))).toEqual(plain);
  });
});
