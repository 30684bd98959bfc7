import { userIdSchema } from "@regulars/core/platform/values";
import { tick } from "@regulars/functions/workers/tick";
import { localContext } from "@regulars/local/queue";
import type { LocalSystem } from "@regulars/local/system";
import { allItems } from "@regulars/store/erasure/all-items";
import type { Table } from "@regulars/store/engine/table";
import * as z from "zod";
import type { StageCounts, Units } from "./stage-costs.ts";
import { wholesaleOrders } from "./wholesale.ts";
import { inWorkspace, testTenantRecord } from "./workspace.ts";

const CUSTOMERS = 200;
const AS_OF = "2026-11-22";
/** The day after, so that what is counted does not depend on the day of the counting. */
const NOW = Date.parse("2026-11-23T10:00:00Z");
/** Customers whose last order comes late and alone. */
const LATE = 20;

const usedSchema = z.object({
  ConsumedCapacity: z
    .union([z.object({ CapacityUnits: z.number() }), z.array(z.object({ CapacityUnits: z.number() }))])
    .optional(),
});

/** Counts all units that a client uses, whoever asks. */
function countUnits(table: Table): { -readonly [K in keyof Units]: number } {
  const units = { reads: 0, writes: 0 };
  table.raw.middlewareStack.add(
    (next, context) => async (args) => {
      const answer = await next(args);
      const used = [usedSchema.safeParse(answer.output).data?.ConsumedCapacity ?? []].flat();
      const isWrite = /Put|Update|Delete|Write/.test(String(context["commandName"]));
      for (const { CapacityUnits } of used) units[isWrite ? "writes" : "reads"] += CapacityUnits;
      return answer;
    },
    { step: "initialize", name: "countUnits" },
  );
  return units;
}

interface Counted extends Units {
  /** Processor time, ms. */
  readonly ms: number;
}

const reportSchema = z.object({ readRequestUnits: z.number(), writeRequestUnits: z.number() });

class Stage {
  readonly system: LocalSystem;
  readonly #units: Readonly<Units>;

  constructor(system: LocalSystem) {
    this.system = system;
    this.#units = countUnits(system.runtime.table);
  }

  async count(work: () => Promise<unknown>): Promise<Counted> {
    const [{ reads, writes }, before] = [{ ...this.#units }, process.cpuUsage()];
    await work();
    const { user, system } = process.cpuUsage(before);
    return { reads: this.#units.reads - reads, writes: this.#units.writes - writes, ms: (user + system) / 1_000 };
  }

  /** With what its store has counted: pages of snapshots are read past the client's own answers. */
  async night(tenantId: string, isOnHold = true): Promise<Counted & { readonly reported: Units }> {
    const from = this.system.reported.length;
    const counted = await this.count(async () => {
      await this.system.queues.send("nightly", { tenantId, asOf: AS_OF, isOnHold });
      await this.system.queues.idle();
      if (this.system.failures.length > 0) throw new Error(this.system.failures.join("; "));
    });
    const report = this.system.reported.slice(from).find(({ what }) => what === "nightly");
    const { readRequestUnits: reads, writeRequestUnits: writes } = reportSchema.parse(report?.figures);
    return { ...counted, reported: { reads, writes } };
  }
}

const rounded = (value: number): number => Math.max(0, Math.round(value * 1_000) / 1_000);

/** What is above a base, for each of so many. */
const each = (counted: Units, base: Units, count: number): Units => ({
  reads: rounded((counted.reads - base.reads) / count),
  writes: rounded((counted.writes - base.writes) / count),
});

const NONE: Units = { reads: 0, writes: 0 };

/**
 * Counts what a stage's work takes, in a system of its own, whose clock moves only when it is asked: counts do not hang on
 * a machine's speed. Of so many quiet nights the quickest gives the processor time.
 */
export function stageCounts(quietNights = 3): Promise<StageCounts> {
  let asked = 0;
  return inWorkspace(
    (system) => countStage(system, quietNights),
    () => NOW + (asked += 1),
  );
}

async function countStage(system: LocalSystem, quietNights: number): Promise<StageCounts> {
  const stage = new Stage(system);
  const { tenantId: empty } = await system.makeTenant(testTenantRecord("empty", "EUR"));
  const { tenantId } = await system.makeTenant(testTenantRecord("cost", "EUR"));
  const { store } = await system.openTenant(tenantId);
  const ticked = await stage.count(() =>
    tick.handlerFor(system.runtime)(Object(), { ...localContext("tick"), getRemainingTimeInMillis: () => 60_000 }),
  );
  await stage.night(empty);
  const emptyNight = await stage.night(empty);
  const rep = { userId: userIdSchema.parse("rep"), name: "Rep", email: "rep@example.com", role: "rep" as const };
  await store.imports.saveUsers([rep]);
  const orders = [...wholesaleOrders(CUSTOMERS, 7)];
  await store.imports.saveCustomers(
    orders.flatMap(([first]) => (first === undefined ? [] : [{ customerId: first.customerId, repId: rep.userId }])),
  );
  await store.imports.saveOrders(orders.flatMap((own) => own.slice(0, -1)));
  const rebuild = () => Promise.all(store.shards.map((shard) => store.rebuild(shard)));
  await rebuild();
  await stage.night(tenantId);
  const nights: Awaited<ReturnType<typeof stage.night>>[] = [];
  for (let nth = 0; nth < quietNights; nth += 1) nights.push(await stage.night(tenantId));
  const quiet = nights.reduce((least, one) => (one.ms < least.ms ? one : least));
  let bytes = 0;
  for await (const item of allItems(system.runtime.table, tenantId)) bytes += itemBytes(item);
  const late = orders.slice(0, LATE).flatMap((own) => own.slice(-1));
  const written = await stage.count(async () => {
    for (const order of late) await store.imports.saveOrders([order]);
  });
  const packed = await stage.count(rebuild);
  const nothingPacked = await stage.count(rebuild);
  const changed = each(packed, nothingPacked, LATE);
  const changedNight = each(await stage.night(tenantId), quiet, LATE);
  const from = system.reported.length;
  const told = await stage.night(tenantId, false);
  const deliveries = system.reported.slice(from).filter(({ what }) => what === "deliver");
  const sent = deliveries.reduce((sum, { figures }) => sum + Number(Object(figures)["sent"] ?? 0), 0);
  if (sent === 0) throw new Error("no message was sent");
  return {
    countedOn: new Date().toISOString().slice(0, 10),
    tick: each(ticked, NONE, 1),
    emptyNight: each(emptyNight.reported, NONE, 1),
    customer: {
      night: each(quiet.reported, emptyNight.reported, CUSTOMERS),
      nightMs: rounded((quiet.ms - emptyNight.ms) / CUSTOMERS),
      bytes: Math.round(bytes / CUSTOMERS),
    },
    changed: {
      reads: rounded(changed.reads + changedNight.reads),
      writes: rounded(changed.writes + changedNight.writes),
    },
    order: each(written, NONE, LATE),
    message: each(told, quiet, sent),
  };
}

/** About what DynamoDB counts of an item: names and values, packed bytes as they are. */
const itemBytes = (item: object): number =>
  JSON.stringify(item, (_name, value: unknown) => (value instanceof Uint8Array ? "x".repeat(value.length) : value))
    .length;
