import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { ownFormat } from "@regulars/core/imports/formats/formats";
import { newMonitor } from "@regulars/core/monitors/change-monitor";
import { presetOf } from "@regulars/core/monitors/presets";
import { newMonitorSchema } from "@regulars/core/monitors/status-monitor";
import { monitorIdSchema } from "@regulars/core/platform/ids";
import { lastCompletedDay } from "@regulars/core/platform/period";
import { type Tenant, tenantSchema } from "@regulars/core/tenants/tenant";
import {
  type Day,
  type Instant,
  type TenantId,
  daySchema,
  tenantIdSchema,
  toInstant,
  userIdSchema,
} from "@regulars/core/platform/values";
import type { SourceRecord } from "@regulars/flows/imports/import-file";
import { importRecords } from "@regulars/flows/imports/import-records";
import { memoryGrouper } from "@regulars/flows/imports/memory-grouper";
import { changeTenantPreferences } from "@regulars/flows/notifications/change-preferences";
import { salesContextOf } from "@regulars/functions/effects";
import type { TenantStore } from "@regulars/store/tenant-store";
import { type DemoCompany, type DemoKind, demoCompany } from "./demo-company.ts";
import { seedDemoPlans } from "./seed-demo-plans.ts";
import { adminId } from "./staff.ts";
import { connectLocalSlack } from "../slack/connect-local-slack.ts";
import type { LocalSystem } from "../system.ts";

const SEED = 20_260_101;

const NEVER = toInstant(Date.UTC(9999, 0));

/** The demo tenant as it was seeded. */
export interface Demo {
  readonly tenantId: TenantId;
  /** The last day of its history, and of its first nightly run. */
  readonly asOf: Day;
  /** Number of documents by kind; absent when the demo was already there. */
  readonly imported?: Readonly<Partial<Record<DemoKind, number>>> | undefined;
}

/**
 * Seeds the demo tenant once: imports its files and seeds its sales plans. The start day is stored first, so that an
 * interrupted seeding continues with the same company; the record of the nightly run marks it as done. `onStep` is told
 * each step as it begins.
 */
export async function seedDemo(system: LocalSystem, onStep: (step: string) => void = () => undefined): Promise<Demo> {
  const tenantId = tenantIdSchema.parse("demo");
  const known = await system.directory.find(tenantId);
  const noted = await readNote(system.folder);
  if (known !== undefined) {
    const { store } = await system.openTenant(tenantId);
    const nightly = await store.nightly.lastNightly();
    if (nightly !== undefined) return { tenantId, asOf: nightly.asOf };
  }
  const asOf = noted ?? lastCompletedDay(toInstant(system.runtime.clock()), "Europe/Copenhagen");
  await writeFile(notePath(system.folder), `${asOf}\n`);
  const company = demoCompany({ seed: SEED, asOf });
  const tenant = await system.makeTenant(tenantSchema.parse({ ...company.tenant, edition: "enterprise" }));
  const { store } = await system.openTenant(tenantId);
  const imported: Partial<Record<DemoKind, number>> = {};
  const bring = async (...kinds: readonly DemoKind[]): Promise<void> => {
    for (const kind of kinds) {
      const { length } = company.files[kind];
      onStep(`${length} ${length === 1 ? "row" : "rows"} of ${kind}`);
      imported[kind] = await importKind({ system, tenant, store }, kind, company);
    }
  };
  await bring("users", "customers", "persons", "items", "links");
  // None of these needs another: while the database stores one's, the next is read.
  await allOf([
    bring("orders"),
    bring("invoices", "payments"),
    bring("activities"),
    (async () => {
      onStep("sales plans and deals");
      await seedDemoPlans(salesContextOf(tenant, store, system.runtime), { seed: SEED, asOf });
    })(),
  ]);
  await seedDemoStatus(store, toInstant(system.runtime.clock()));
  await connectLocalSlack(system, tenant, userIdSchema.parse(adminId));
  await sendAtAnyHour(store, toInstant(system.runtime.clock()));
  await system.queues.send("rebuilds", { tenantId });
  await system.queues.idle();
  // The demo gets no new orders. Its date is frozen, or every customer would look lost within weeks.
  await system.directory.scheduleNightly(tenantId, NEVER);
  return { tenantId, asOf, imported };
}

/** Waits for all, also when one fails: none may go on in a system that is being closed. */
async function allOf(steps: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(steps)).find((step) => step.status === "rejected");
  if (failed !== undefined) throw failed.reason;
}

/** How many documents the demo's file of this kind has. */
async function importKind(
  { system, tenant, store }: { readonly system: LocalSystem; readonly tenant: Tenant; readonly store: TenantStore },
  kind: DemoKind,
  { files }: DemoCompany,
): Promise<number> {
  const { documents } = await importRecords({
    tenant,
    now: toInstant(system.runtime.clock()),
    format: ownFormat(kind),
    records: recordsOf(files[kind]),
    grouper: memoryGrouper(),
    imports: store.imports,
    onReject: ({ line, reason }) => {
      throw new Error(`the demo's ${kind} row ${line} was rejected: ${reason}`);
    },
  });
  return documents;
}

/** Whoever tries the demo at night sees its messages too. */
async function sendAtAnyHour(store: TenantStore, now: Instant): Promise<void> {
  await changeTenantPreferences({ store, patch: { hasQuietHours: false }, by: "demo", now });
}

/** One status to look at, of customers that order as seldom as the demo's, which is told to nobody; and who has it. */
async function seedDemoStatus(
  { monitors, selections }: Pick<TenantStore, "monitors" | "selections">,
  createdAt: Instant,
): Promise<void> {
  const given = newMonitorSchema.parse({
    ...presetOf("sleeping"),
    followUp: { type: "call", textTemplate: "Ask <name> what they need (<cpho|no phone>)", mode: "by-hand" },
    told: { forYou: false, digest: false, alert: false },
    criteria: {
      all: [
        { field: "sale.sold.last", op: "olderThan", value: 2, unit: "months" },
        { field: "sale.sold.total", op: ">", value: 10 },
      ],
    },
  });
  await monitors.create(newMonitor(monitorIdSchema.parse("sleeping"), given, 1));
  await selections.create({
    selectionId: "sel_sleeping",
    name: "Sleeping customers",
    ownerType: "company",
    kind: "dynamic",
    criteria: { field: "status", op: "hasStatus", value: "sleeping" },
    createdAt,
    createdBy: "operator",
    version: 1,
  });
}

const notePath = (folder: string): string => join(folder, "demo-day");

async function readNote(folder: string): Promise<Day | undefined> {
  const text = await readFile(notePath(folder), "utf8").catch(() => "");
  return daySchema.safeParse(text.trim()).data;
}

/** Rows read in one go. After them the database's answers to other kinds are heard: else it waits for their next calls. */
const READ_TOGETHER = 250;

async function* recordsOf(records: readonly Readonly<Record<string, string>>[]): AsyncGenerator<SourceRecord> {
  for (const [i, record] of records.entries()) {
    if (i % READ_TOGETHER === 0) await setImmediate();
    yield { line: i + 2, record };
  }
}
