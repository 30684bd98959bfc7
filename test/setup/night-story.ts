import { builtInInsights } from "@regulars/core/insights/catalog";
import { customerIdOf } from "@regulars/core/insights/subject";
import { assembleInvoice } from "@regulars/core/imports/receivables";
import { invoiceRowSchema, paymentRowSchema } from "@regulars/core/imports/rows";
import type { NightStore } from "@regulars/core/nightly/nightly-store";
import { anOrder } from "@regulars/core/testing";
import { customerIdSchema, day, toInstant, userIdSchema } from "@regulars/core/platform/values";
import { type NightInput, type NightSummary, runNight } from "@regulars/flows/nightly/run-nightly";
import { type TenantBench, all } from "./tenant.ts";

export const links = {
  finding: ({ findingId }: { readonly findingId: string }) => `https://regulars.example/findings/${findingId}`,
  rep: (_tenantId: string, userId: string) => `https://regulars.example/for-you/${userId}`,
};

/** Gaps of 14, 16, 13, 20 and 7 days: watch 22 days after the last order, medium after 35, high after 46 (insights.md 2.2). */
export const RHYTHM = ["2026-06-01", "2026-06-15", "2026-07-01", "2026-07-14", "2026-08-03", "2026-08-10"] as const;

/** A tenant as a night meets it. */
export interface NightStory {
  readonly bench: TenantBench;
  readonly customers: (reps: Readonly<Record<string, string>>) => Promise<unknown>;
  readonly orders: (customerId: string, days: readonly string[], status?: string) => Promise<unknown>;
  /** An invoice of 100.00 a month before it is due. */
  readonly invoice: (customerId: string, invoiceId: string, dueOn: string, disputed?: boolean) => Promise<unknown>;
  readonly payment: (invoiceId: string, paidOn: string, amount?: string) => Promise<unknown>;
  /** Runs a night at three in the morning (UTC) of the next day. */
  readonly night: (asOf: string, input?: Partial<NightInput>) => Promise<NightSummary>;
  /** Every notification: its id, its state. */
  readonly outbox: () => Promise<Readonly<Record<string, string>>>;
  /** Every finding: its id, its level and whose it is. */
  readonly findings: (store?: NightStore) => Promise<Readonly<Record<string, string>>>;
}

export function aNightStory(bench: TenantBench): NightStory {
  const { intake, night } = bench.store;
  return {
    bench,
    customers: (reps) =>
      intake.saveCustomers(
        Object.entries(reps).map(([customerId, repId]) => ({
          customerId: customerIdSchema.parse(customerId),
          name: customerId.toUpperCase(),
          repId: userIdSchema.parse(repId),
        })),
      ),
    orders: (customerId, days, status = "confirmed") =>
      intake.saveOrders(days.map((on, i) => anOrder({ on, customerId, status, orderId: `${customerId}-${on}-${i}` }))),
    invoice: (customerId, invoiceId, dueOn, disputed = false) => {
      const invoiceDate = new Date(Date.parse(dueOn) - 30 * 86_400_000).toISOString().slice(0, 10);
      const row = {
        invoiceId,
        customerId,
        invoiceDate,
        dueDate: dueOn,
        total: "100",
        disputed: disputed ? "yes" : "no",
      };
      const made = assembleInvoice(invoiceRowSchema.parse(row), bench.tenant);
      if (!made.ok) throw new Error(made.message);
      return intake.saveInvoices([made.value]);
    },
    payment: (invoiceId, paidOn, amount = "100") => {
      const row = paymentRowSchema.parse({ invoiceId, paidAt: paidOn, amount });
      return intake.savePayments([{ row, paidOn: day(paidOn), ordinal: 1 }]);
    },
    night: (asOf, input = {}) =>
      runNight({
        tenant: bench.tenant,
        catalog: builtInInsights,
        asOf: day(asOf),
        now: toInstant(Date.parse(asOf) + 27 * 3_600_000),
        store: night,
        links,
        isScheduled: false,
        isWithheld: false,
        ...input,
      }),
    outbox: async () => Object.fromEntries((await all(bench.store.outbox.list())).map(({ id, state }) => [id, state])),
    findings: async (store = night) => {
      const told: [string, string][] = [];
      for (const shard of store.shards)
        for await (const { findings } of store.blocks(shard, { asOf: day("2026-12-31") }, { repair: false }))
          for (const { kind, subject, level, repId, foundOn } of findings)
            told.push([`${kind} ${customerIdOf(subject)}`, `${level} ${repId ?? "nobody"} ${foundOn}`]);
      return Object.fromEntries(told.toSorted());
    },
  };
}
