import type { ImportKind } from "@regulars/core/imports/rows";
import type { Day } from "@regulars/core/platform/values";
import { type Catalogue, type Cells, catalogueOf, itemRecords } from "./catalogue.ts";
import { activityRecords } from "./activities.ts";
import { type BookEntry, customerBook, slowPayers } from "./customer-book.ts";
import { customerRecord, personRecords } from "./customer-records.ts";
import { invoiceRecord, linkRecord, orderRecords, paymentRecord } from "./document-records.ts";
import { type DemoInvoice, invoicesOf } from "./invoices.ts";
import type { DemoOrder } from "./demo-order.ts";
import { ordersOf } from "./orders.ts";
import { type DemoPayment, type PaymentHabit, paymentsOf, unpaidOf } from "./payments.ts";
import { randomOf } from "./random.ts";
import { type RhythmSpan, historySpan } from "./rhythm.ts";
import { demoTenant, repOf, userRecords } from "./staff.ts";
import { demoLinks, isPast, storyOf } from "./stories.ts";

/** The kinds of import files that the demo company has, in import order. */
export const demoKinds = [
  "users",
  "customers",
  "persons",
  "items",
  "links",
  "orders",
  "invoices",
  "payments",
  "activities",
] as const;
export type DemoKind = Extract<ImportKind, (typeof demoKinds)[number]>;

/** The demo tenant and the rows of its import files. */
export interface DemoCompany {
  readonly tenant: typeof demoTenant;
  readonly files: Readonly<Record<DemoKind, readonly Cells[]>>;
}

/** One customer's documents before they have ids. */
interface Account {
  readonly entry: BookEntry;
  readonly orders: readonly DemoOrder[];
  readonly invoices: readonly DemoInvoice[];
  readonly payments: readonly DemoPayment[];
  readonly disputed: ReadonlySet<DemoInvoice>;
}

/**
 * A food and hospitality wholesaler with 18 months of history that ends at `asOf`, as rows of the import files. The
 * same seed and day give the same rows. The findings that it must have are listed in stories.ts.
 */
export function demoCompany({ seed, asOf }: { readonly seed: number; readonly asOf: Day }): DemoCompany {
  const catalogue = catalogueOf(randomOf(seed, "catalogue"));
  const span = historySpan(asOf);
  const accounts = customerBook.map((entry) => accountOf(entry, catalogue, span, seed));
  const persons = customerBook.flatMap((entry, nth) =>
    personRecords(entry, nth, randomOf(seed, `persons:${entry.customerId}`)),
  );
  return {
    tenant: demoTenant,
    files: {
      users: userRecords(),
      customers: customerBook.map((entry, nth) => customerRecord(entry, storyOf(entry.customerId)?.plan ?? {}, nth)),
      persons,
      items: itemRecords(catalogue, asOf),
      links: demoLinks.map(linkRecord),
      orders: orderRows(accounts, seed),
      ...receivableRows(accounts),
      activities: activityRows(persons, span, seed),
    },
  };
}

function accountOf(entry: BookEntry, catalogue: Catalogue, span: RhythmSpan, seed: number): Account {
  const plan = storyOf(entry.customerId)?.plan ?? {};
  const orders = ordersOf(entry, plan, catalogue, span, randomOf(seed, `orders:${entry.customerId}`));
  const invoices = invoicesOf(orders);
  const habit = habitOf(entry.customerId);
  const payments = paymentsOf(invoices, plan, habit, span, randomOf(seed, `payments:${entry.customerId}`));
  const isDisputed = plan.unpaid?.disputed === true;
  return { entry, orders, invoices, payments, disputed: new Set(isDisputed ? unpaidOf(invoices, plan, span) : []) };
}

/** A few big buyers often pay late, others seldom, and the customer of a present story only as it says. */
function habitOf(customerId: string): PaymentHabit {
  if (slowPayers.has(customerId)) return { lateShare: 0.97 };
  const story = storyOf(customerId);
  return { lateShare: story === undefined || isPast(story) ? 0.11 : 0 };
}

/** What was told of each customer's people. */
function activityRows(persons: readonly Cells[], span: RhythmSpan, seed: number): Cells[] {
  const idsOf = Map.groupBy(persons, (row) => row["customerId"]);
  return customerBook.flatMap((entry) => {
    const personIds = (idsOf.get(entry.customerId) ?? []).map((row) => row["personId"] ?? "");
    return activityRecords(entry, personIds, span, randomOf(seed, `activities:${entry.customerId}`));
  });
}

/** Orders in the sequence in which they were placed, numbered in it. */
function orderRows(accounts: readonly Account[], seed: number): Cells[] {
  const random = randomOf(seed, "assignmentState");
  return accounts
    .flatMap(({ entry, orders }) => orders.map((order) => ({ entry, order })))
    .toSorted((a, b) => a.order.day - b.order.day || a.order.minute - b.order.minute)
    .flatMap(({ entry, order }, nth) => {
      const prefix = order.type === "credit" ? "CR" : "SO";
      const startedBy = random.chance(0.6) ? repOf[entry.territory] : "";
      return orderRecords(order, `${prefix}-${210_000 + nth}`, startedBy);
    });
}

/** Invoices numbered by day, and payments in the sequence in which they were received. */
function receivableRows(accounts: readonly Account[]): { invoices: Cells[]; payments: Cells[] } {
  const disputed = new Set(accounts.flatMap((account) => [...account.disputed]));
  const invoices = accounts.flatMap((account) => account.invoices).toSorted((a, b) => a.invoicedOn - b.invoicedOn);
  const idOf = new Map(
    invoices.map((invoice, nth) => [invoice, `${invoice.order.type === "credit" ? "CM" : "IN"}-${7_400_000 + nth}`]),
  );
  const payments = accounts.flatMap((account) => account.payments).toSorted((a, b) => a.paidOn - b.paidOn);
  return {
    invoices: invoices.map((invoice) => invoiceRecord(invoice, idOf.get(invoice) ?? "", disputed.has(invoice))),
    payments: payments.map((payment) => paymentRecord(payment, idOf.get(payment.invoice) ?? "")),
  };
}
