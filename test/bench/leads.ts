import { dealIdOf } from "@regulars/core/platform/ids";
import { leadPayloadSchema } from "@regulars/core/leads/lead-payload";
import { newPlanSchema } from "@regulars/core/sales-plans/sales-plan";
import { type TenantId, userIdSchema } from "@regulars/core/platform/values";
import { addToPlan } from "@regulars/flows/leads/add-to-plan";
import { createSalesPlan } from "@regulars/flows/sales-plans/create-sales-plan";
import type { SalesContext } from "@regulars/flows/sales-context";
import { LeadBatchers } from "@regulars/flows/leads/lead-batcher";
import { salesContextOf } from "@regulars/functions/effects";
import type { LocalSystem, OpenedTenant } from "@regulars/local/system";
import * as z from "zod";
import { inParallel, spreadOf } from "../fixtures/sales-plan.ts";
import { postgresPrograms } from "./postgres-server.ts";
import { skipLockedLeads } from "./skip-locked-plan.ts";
import { VersionLockedPlan } from "./version-locked-plan.ts";
import { type BenchFigure, testTenantRecord } from "./workspace.ts";

const MANAGERS = ["A", "B", "C", "D", "E"];
const LEADS = 1_000;
const PEER_LEADS = 300;
const WRITERS = 50;
const MANY = 200;

interface Run {
  readonly perSecond: number;
  readonly p99Ms: number;
  /** Managers by sequence number, or in the compared plan's own order. */
  readonly managers: readonly string[];
}

/**
 * Leads to one plan (docs/benchmarks.md), compared in the same run with a plan that is locked by its version, and with
 * PostgreSQL.
 */
export async function leadFigures(system: LocalSystem): Promise<BenchFigure[]> {
  const tenant = await system.makeTenant(testTenantRecord("leads", "EUR"));
  const opened = await system.openTenant(tenant.tenantId);
  await opened.store.imports.saveUsers(
    MANAGERS.map((id) => ({ userId: userIdSchema.parse(id), name: id, role: "rep" as const })),
  );
  // Both run once before the measurement, so that the second has no advantage of a warm process.
  await ours(system, opened, { leads: 50, writers: WRITERS });
  await peer(system, tenant.tenantId, "warm", { leads: 50, writers: WRITERS });
  const locked = await peer(system, tenant.tenantId, "counted", { leads: PEER_LEADS, writers: WRITERS });
  const shared = await ours(system, opened, { leads: LEADS, writers: WRITERS });
  const postgres = await postgresFigures(shared.perSecond);
  const apart = await ours(system, opened, { leads: LEADS, writers: WRITERS, isApart: true });
  const alone = await aLeadAlone(system, opened);
  const many = await ours(system, opened, { leads: LEADS, writers: MANY });
  const lockedMany = await peer(system, tenant.tenantId, "many", { leads: MANY, writers: MANY });
  return [
    { name: "leads to one plan, 50 writers", value: shared.perSecond, unit: "/s" },
    { name: "… each writer in a process of its own", value: apart.perSecond, unit: "/s" },
    { name: "… plan locked by its version (peer)", value: locked.perSecond, unit: "/s" },
    { name: "… times the peer", value: shared.perSecond / locked.perSecond, unit: "×", goal: { atLeast: 4 } },
    {
      name: "… times the peer, processes apart",
      value: apart.perSecond / locked.perSecond,
      unit: "×",
      goal: { atLeast: 2 },
    },
    ...postgres,
    { name: "… spread after every sequence number", value: spreadOf(shared.managers, MANAGERS), unit: "", limit: 1 },
    { name: "… spread, processes apart", value: spreadOf(apart.managers, MANAGERS), unit: "", limit: 1 },
    {
      name: "… lost or double",
      value: LEADS - shared.managers.length + LEADS - apart.managers.length,
      unit: "",
      limit: 0,
    },
    { name: "a lead alone, calls of the store", value: alone.calls, unit: "", limit: 3 },
    { name: "… items written", value: alone.items, unit: "", goal: { atMost: 7 } },
    { name: "add to plan, 200 at once, p99", value: many.p99Ms, unit: "ms", limit: 2_000 },
    { name: "… plan locked by its version (peer), p99", value: lockedMany.p99Ms, unit: "ms" },
  ];
}

/** The same leads to PostgreSQL, whose spread is that of the end. */
async function postgresFigures(perSecond: number): Promise<BenchFigure[]> {
  const programs = postgresPrograms();
  const name = "… PostgreSQL 15, managers FOR UPDATE SKIP LOCKED (peer)";
  if (programs === undefined) return [{ name, value: Number.NaN, unit: "(absent: its programs are not installed)" }];
  const run = await skipLockedLeads(programs, { managers: MANAGERS, leads: LEADS, writers: WRITERS });
  return [
    { name, value: run.perSecond, unit: "/s" },
    { name: "… times PostgreSQL", value: perSecond / run.perSecond, unit: "×" },
    { name: "… spread of PostgreSQL", value: run.spread, unit: "" },
  ];
}

/** Calls and written items of one lead while nobody else sends any, in a process that has had one before. */
async function aLeadAlone(system: LocalSystem, opened: OpenedTenant): Promise<{ calls: number; items: number }> {
  const { middlewareStack } = system.runtime.table.raw;
  let [calls, items] = [0, 0];
  const counted = async (add: () => Promise<void>): Promise<void> => {
    middlewareStack.add(
      (next) => (args) => {
        calls += 1;
        items += writesSchema.parse(args.input).TransactItems.length;
        return next(args);
      },
      { step: "initialize", name: "countLead" },
    );
    await add();
    middlewareStack.remove("countLead");
  };
  await ours(system, opened, { leads: 2, writers: 1, around: (i, add) => (i === 1 ? counted(add) : add()) });
  return { calls, items };
}

const writesSchema = z.object({ TransactItems: z.array(z.unknown()).default([]) });

interface Load {
  readonly leads: number;
  readonly writers: number;
  /** Concurrent writers that share only the store. */
  readonly isApart?: boolean;
  readonly around?: (i: number, add: () => Promise<void>) => Promise<void>;
}

async function ours(system: LocalSystem, { tenant, store }: OpenedTenant, load: Load): Promise<Run> {
  const contextOf = (): SalesContext =>
    salesContextOf(tenant, store, { ...system.runtime, leadBatchers: new LeadBatchers() });
  const one = contextOf();
  const asked = newPlanSchema.parse({
    name: "Bench",
    distribution: { mode: "uniform", affinity: "related", balance: "least" },
    members: MANAGERS.map((userId) => ({ userId })),
  });
  const made = await createSalesPlan(one, asked);
  if (!made.ok) throw new Error(made.message);
  const { planId } = made.value;
  const contexts = Array.from({ length: load.writers }, () => (load.isApart === true ? contextOf() : one));
  const measured = await measure(load, async (i) => {
    const context = contexts[i % contexts.length] ?? one;
    const lead = leadPayloadSchema.parse({ person: { externalId: `${planId}-${i}` } });
    const sender = { scope: "bench", key: `${planId}-${i}` };
    const by = { actorId: "command", requestId: `r${i}`, patienceMs: 120_000 };
    const added = await addToPlan({ context, planId, lead, sender, ...by });
    if (!added.ok) throw new Error(added.message);
  });
  const last = await store.sales.assignment.lastReserved(planId);
  const ids = Array.from({ length: last }, (_, i) => dealIdOf(planId, i + 1));
  const deals = await store.sales.deals.deals(ids);
  const managers = ids.map((dealId) => deals.get(dealId)?.managerId).filter((managerId) => managerId !== undefined);
  return { ...measured, managers };
}

async function peer(system: LocalSystem, tenantId: TenantId, name: string, load: Load): Promise<Run> {
  const plan = await VersionLockedPlan.make(system.runtime.table, `T#${tenantId}#PEER-${name}`, MANAGERS);
  const measured = await measure(load, (i) => plan.add(`lead-${i}`));
  return { ...measured, managers: await plan.managers() };
}

async function measure(
  { leads, writers, around = (_, work) => work() }: Load,
  add: (i: number) => Promise<void>,
): Promise<Omit<Run, "managers">> {
  const latencies: number[] = [];
  const started = performance.now();
  await inParallel(leads, writers, async (i) => {
    const begun = performance.now();
    await around(i, () => add(i));
    latencies.push(performance.now() - begun);
  });
  const seconds = (performance.now() - started) / 1_000;
  latencies.sort((a, b) => a - b);
  return { perSecond: leads / seconds, p99Ms: latencies[Math.ceil(leads * 0.99) - 1] ?? 0 };
}
