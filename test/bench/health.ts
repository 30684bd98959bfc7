import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import {
  type CustomerId,
  customerIdSchema,
  day,
  dayNumber,
  personIdSchema,
  toDayNumber,
  toInstant,
  userIdSchema,
} from "@regulars/core/platform/values";
import { median } from "@regulars/core/platform/statistics";
import type { ActivityView } from "@regulars/core/snapshots/activity-view";
import { previewHealth } from "@regulars/flows/relationships/preview-health";
import type { LocalSystem, OpenedTenant } from "@regulars/local/system";
import { Operations } from "@regulars/store/engine/operations";
import { noUsage } from "@regulars/store/engine/table";
import { keysOf } from "@regulars/store/keys";
import { activities } from "@regulars/store/snapshots/activities/activities";
import { encodeActivities } from "@regulars/store/snapshots/activities/activities-chunk";
import { chunkKey } from "@regulars/store/snapshots/projections";
import { nightly } from "./nightly-runs.ts";
import { wholesaleOrders } from "./wholesale.ts";
import { type BenchFigure, testTenantRecord } from "./workspace.ts";

const CUSTOMERS = 1_000;
const PERSONS_EACH = 10;
const ACTIVITIES_EACH = 200;
const ROUNDS = 13;
const MEMORY_ROUNDS = 2;
const SAMPLE_MS = 20;
const AS_OF = "2026-11-22";
const LAST = toDayNumber(day(AS_OF));
const TENANT = "relationships";

/** What the health of 10,000 persons with 200 activities each costs the night, and its preview. */
export async function healthFigures(system: LocalSystem): Promise<BenchFigure[]> {
  await system.makeTenant(testTenantRecord(TENANT, "EUR"));
  const opened = await system.openTenant(testTenantRecord(TENANT, "EUR").tenantId);
  const bytes = await fill(system, opened);
  const rounds = await nights(system, opened);
  const [peakWithout, peakWith] = await peaks(system, opened);
  return [
    {
      name: "health of 10,000 persons, 200 activities each: grows a night by",
      value: 100 * ((median(rounds.map(({ without, withIt }) => withIt.ms / without.ms)) ?? Number.NaN) - 1),
      unit: "%",
      limit: 25,
    },
    {
      name: "… and reads more of the table, when it has found nothing yet",
      value: Math.max(...rounds.map(({ first, without }) => first.readRequestUnits - without.readRequestUnits)),
      unit: "RRU",
      limit: 0,
    },
    {
      name: "… and needs as much memory as the night without it, times",
      value: peakWith / peakWithout,
      unit: "",
      limit: 1.05,
    },
    {
      name: "… bytes of an activity in chunks",
      value: bytes / (CUSTOMERS * PERSONS_EACH * ACTIVITIES_EACH),
      unit: "B",
      limit: 6,
    },
    { name: "preview of other health settings for them", value: await previewTime(system), unit: "ms", limit: 2_000 },
  ];
}

/** Orders of the reference shape, and packed activities, as a night finds them. Returns the bytes of the activities. */
async function fill(system: LocalSystem, { store, tenant }: OpenedTenant): Promise<number> {
  for (const orders of wholesaleOrders(CUSTOMERS, 7)) await store.imports.saveOrders(orders);
  await system.queues.send("rebuilds", { tenantId: tenant.tenantId });
  await system.queues.idle();
  const keys = keysOf(tenant.tenantId);
  const operations = new Operations(system.runtime.table, noUsage());
  let bytes = 0;
  for (let c = 0; c < CUSTOMERS; c += 1) {
    const customerId = customerIdSchema.parse(`C${10_000 + c}`);
    for (const [year, own] of Map.groupBy(activitiesOf(customerId, c), ({ day: on }) => yearOf(on))) {
      const packed = encodeActivities(own);
      bytes += packed.length;
      await operations.put({ ...chunkKey(keys, activities, customerId, year), v: packed, r: 1 });
    }
  }
  return bytes;
}

const yearOf = (on: number): number => new Date(on * 86_400_000).getUTCFullYear();

/** Of two years, mostly e-mails in turns; at every tenth customer the last one waits. */
function activitiesOf(customerId: CustomerId, nth: number): ActivityView[] {
  const views: ActivityView[] = [];
  for (let p = 0; p < PERSONS_EACH; p += 1) {
    const [personId, userId] = [personIdSchema.parse(`${customerId}-${p}`), userIdSchema.parse(`u${(nth + p) % 40}`)];
    for (let i = 0; i < ACTIVITIES_EACH; i += 1) {
      const kind = (nth * 31 + p * 17 + i * 7) % 10;
      views.push({
        day: dayNumber(LAST - 1 - Math.floor(i * 3.6) - (kind % 3)),
        type: kind < 7 ? "email" : kind < 8 ? "meeting" : kind < 9 ? "call" : "task",
        direction: (i % 2 === 0) === (nth % 10 === 0) ? "in" : "out",
        completed: true,
        userId,
        personId,
      });
    }
  }
  return views.toSorted((a, b) => a.day - b.day);
}

interface Round {
  readonly without: Night;
  /** The first night with health, in which nothing of it is stored. */
  readonly first: Night;
  readonly withIt: Night;
}

/**
 * Nights in turn with health switched off and on: the rest of both is the same. Processor time, so that other work of
 * the machine does not count; the first round warms up.
 */
async function nights(system: LocalSystem, opened: OpenedTenant): Promise<readonly Round[]> {
  const rounds: Round[] = [];
  for (let i = 0; i < ROUNDS; i += 1) {
    // The first night after the other kind writes what has changed: only the second is quiet.
    await switched(system, opened, false);
    const without = await timedNight(system, opened);
    const first = await switched(system, opened, true);
    rounds.push({ without, first, withIt: await timedNight(system, opened) });
  }
  return rounds.slice(1);
}

/** The first night after the switch. */
async function switched(system: LocalSystem, { tenant }: OpenedTenant, health: boolean): Promise<Night> {
  await system.directory.change(tenant.tenantId, { relationships: { health } });
  return nightly(system, tenant.tenantId, AS_OF);
}

async function timedNight(system: LocalSystem, { tenant }: OpenedTenant): Promise<Night> {
  const before = process.cpuUsage();
  const night = await nightly(system, tenant.tenantId, AS_OF);
  const { user, system: kernel } = process.cpuUsage(before);
  return { ...night, ms: (user + kernel) / 1000 };
}

type Night = Awaited<ReturnType<typeof nightly>>;

/** The most that nights without and with health hold in use, in bytes: what is garbage is collected before each look. */
async function peaks(system: LocalSystem, opened: OpenedTenant): Promise<readonly [number, number]> {
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("gc");
  if (typeof collect !== "function") throw new Error("garbage cannot be collected");
  const peakOf = async (health: boolean): Promise<number> => {
    await switched(system, opened, health);
    let peak = 0;
    const sampler = setInterval(() => {
      collect();
      const { heapUsed, external } = process.memoryUsage();
      peak = Math.max(peak, heapUsed + external);
    }, SAMPLE_MS);
    await nightly(system, opened.tenant.tenantId, AS_OF);
    clearInterval(sampler);
    return peak;
  };
  const pairs: (readonly [number, number])[] = [];
  for (let i = 0; i < MEMORY_ROUNDS; i += 1) pairs.push([await peakOf(false), await peakOf(true)]);
  return [Math.max(...pairs.map(([without]) => without)), Math.max(...pairs.map(([, withIt]) => withIt))];
}

async function previewTime(system: LocalSystem): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < ROUNDS; i += 1) {
    const { tenant, store } = await system.openTenant(testTenantRecord(TENANT, "EUR").tenantId);
    const started = process.cpuUsage();
    const input = { tenant, store: store.nightly, change: { goodMin: 70 }, asOf: day(AS_OF) };
    const tried = await previewHealth({ ...input, now: toInstant(system.runtime.clock()) });
    const { user, system: kernel } = process.cpuUsage(started);
    times.push((user + kernel) / 1000);
    if (!tried.ok || tried.value.persons !== CUSTOMERS * PERSONS_EACH)
      throw new Error("the preview did not look at everybody");
  }
  return Math.min(...times);
}
