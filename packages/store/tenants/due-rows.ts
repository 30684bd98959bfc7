import { type DueKind, type DueRows, dueKinds } from "@regulars/core/tenants/due-rows";
import { type Instant, type TenantId, instantSchema, tenantIdSchema, toInstant } from "@regulars/core/platform/values";
import type { DueWork } from "@regulars/core/tenants/tenant-directory";
import { Operations } from "../engine/operations.ts";
import type { TransactWrite } from "../engine/transact-write.ts";
import type { BeforeWrite, PlacedWrite } from "../engine/placed-write.ts";
import { type Table, noUsage } from "../engine/table.ts";
import { type Keys, keysOf } from "../keys.ts";
import { tenantsWithDue } from "./keys.ts";

/**
 * Families whose changes may leave something to the sweep of plans: leads that wait, deals in deleted statuses, boards
 * that are behind, operations, backtests and erasures that were interrupted, events and deliveries of webhooks.
 */
const SWEPT_BY_PLANS: ReadonlySet<string> = new Set(
  "PLANS SEQ QUEUE UNASSIGNED DEAL BOARD OPERATION OPERATIONS BACKTEST EVENT WEBHOOKS SENT ERASURES".split(" "),
);

/** The place of what is due at all times. */
const ALWAYS = "-";

/** For how long a process relies on a row that it has written, ms. */
const RELIED_ON_MS = 5 * 60_000;
/**
 * For how long a row stays after nothing was found, ms: a function that relies on it may run for 15 minutes more, and by
 * then every index has caught up.
 */
const IDLE_MS = RELIED_ON_MS + 15 * 60_000;
const MINUTE_MS = 60_000;
const INSTANT = /^\d{4}-\d\d-\d\dT[\d:.]{12}Z/;

interface DuePlace {
  readonly kind: DueKind;
  readonly place: string;
}

/** What follows the tenant in a partition key. */
const familyOf = (partition: string): string => partition.split("#", 3)[2] ?? "";

/** What a write makes due, and when. */
function madeDueBy({ pk, g2p, g2s = "" }: PlacedWrite): DuePlace | undefined {
  const family = familyOf(pk);
  if (family === "OUT") {
    const at = INSTANT.exec(g2s)?.[0];
    if (at === undefined || (g2p !== undefined && familyOf(g2p) !== "DUE")) return undefined;
    return { kind: "outgoing", place: toInstant(Math.ceil(Date.parse(at) / MINUTE_MS) * MINUTE_MS) };
  }
  if (family === "PREF") return pk.endsWith("#FOLLOW") ? { kind: "outgoing", place: ALWAYS } : undefined;
  return SWEPT_BY_PLANS.has(family) ? { kind: "plans", place: ALWAYS } : undefined;
}

/** What a row is written with; each write counts, so that who removes it knows whether it is still the same. */
const announced = (keys: Keys, tenantId: TenantId, { kind, place }: DuePlace) => ({
  Key: keys.dueRow(kind, place),
  UpdateExpression: "SET tenantId = :tenant, g2p = :index, g2s = :place REMOVE idleSince ADD n :one",
  ExpressionAttributeValues: { ":tenant": tenantId, ":index": tenantsWithDue(kind), ":place": place, ":one": 1 },
});

/** A row of each kind for a tenant of which it is not known what is due. */
export const firstDueRows = (tenantId: TenantId): TransactWrite[] =>
  dueKinds.map((kind) => ({ Update: announced(keysOf(tenantId), tenantId, { kind, place: ALWAYS }) }));

/** The rows that each process has written, by its table and their keys: when, by its monotonic clock. */
const written = new WeakMap<Table, Map<string, number>>();
const MOST_REMEMBERED = 10_000;

/** After rows were removed otherwise: this process relies on none that it has written. */
export const relyOnNoRow = (table: Table): void => written.get(table)?.clear();

/**
 * Writes due rows before what they announce, and never in its transaction: all leads of a tenant would be in each other's
 * way. What comes after a row is found all the same, because the row is not removed before its writers have ended.
 */
export function announcing(table: Table, tenantId: TenantId): BeforeWrite {
  const keys = keysOf(tenantId);
  // Not counted with the tenant's writes: it is a write in five minutes.
  const operations = new Operations(table, noUsage());
  const known = written.get(table) ?? new Map<string, number>();
  written.set(table, known);
  return async (writes) => {
    for (const write of writes) {
      const due = madeDueBy(write);
      if (due === undefined) continue;
      const { pk, sk } = keys.dueRow(due.kind, due.place);
      const before = known.get(`${pk} ${sk}`);
      const now = performance.now();
      if (before !== undefined && now - before < RELIED_ON_MS) continue;
      await operations.update(announced(keys, tenantId, due));
      if (known.size >= MOST_REMEMBERED) known.clear();
      known.set(`${pk} ${sk}`, now);
    }
  };
}

/** The due rows of a tenant, for whoever has looked. */
export const openDueRows = (operations: Operations, keys: Keys): DueRows => ({
  settle: async (kind, now, isIdle) => {
    for await (const { sk, n, idleSince } of operations.query({
      KeyConditionExpression: "pk = :rows AND sk BETWEEN :first AND :now",
      ExpressionAttributeValues: {
        ":rows": keys.dueRows(),
        ":first": keys.dueRow(kind, "").sk,
        ":now": keys.dueRow(kind, now).sk,
      },
      ConsistentRead: true,
    })) {
      const Key = { pk: keys.dueRows(), sk: String(sk) };
      // A row that was written again since announces something else.
      const same = { ConditionExpression: "n = :n", ExpressionAttributeValues: { ":n": n } };
      const idleMs = typeof idleSince === "string" ? Date.parse(now) - Date.parse(idleSince) : 0;
      if (isIdle && idleMs >= IDLE_MS) await operations.delete(Key, same);
      else if (!isIdle || idleSince === undefined)
        await operations.update({
          Key,
          UpdateExpression: "SET idleSince = :now",
          ...same,
          ExpressionAttributeValues: { ":n": n, ":now": now },
        });
    }
  },
});

/**
 * The tenants that have something due, or had lately; one query for all. The index may lag behind, by seconds: what it
 * does not show yet is found by the next sweep.
 */
export async function dueWork(operations: Operations, kind: DueKind, now: Instant): Promise<DueWork> {
  const found = new Set<TenantId>();
  let since: Instant | undefined;
  for await (const { tenantId, g2s, idleSince } of operations.query({
    IndexName: "gsi2",
    KeyConditionExpression: "g2p = :index AND g2s <= :now",
    ExpressionAttributeValues: { ":index": tenantsWithDue(kind), ":now": now },
  })) {
    found.add(tenantIdSchema.parse(tenantId));
    // In the order of time; who has looked has set `idleSince`.
    if (idleSince === undefined && g2s !== ALWAYS) since ??= instantSchema.parse(g2s);
  }
  return { tenants: [...found], since };
}
