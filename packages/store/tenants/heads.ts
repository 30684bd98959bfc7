import { memo } from "@regulars/core/platform/memo";
import { randomUUID } from "node:crypto";
import { LRUCache } from "lru-cache";
import type { TenantId } from "@regulars/core/platform/values";
import { Operations, type StoredItem } from "../engine/operations.ts";
import type { BeforeWrite } from "../engine/placed-write.ts";
import { type Table, noUsage } from "../engine/table.ts";
import { keysOf } from "../keys.ts";

/** What changes together: users, items, links and who is out; and the markers of changed customers, in all shards. */
export type HeadGroup = "catalog" | "customers";

const CATALOG: ReadonlySet<string> = new Set("U I LINK PROGRAMS OPTOUT DOMAIN ADDRESSES".split(" "));

function groupOf(pk: string): HeadGroup | undefined {
  const [, , family = ""] = pk.split("#", 3);
  if (family === "CHANGED") return "customers";
  return CATALOG.has(family) ? "catalog" : undefined;
}

/** For how long a store relies on a head that it has written, ms. */
const RELIED_ON_MS = 60_000;
/**
 * For how long a process must have seen the same head before it relies on it, ms: whoever wrote it may be writing under
 * it, and a write that has begun may take its time.
 */
const SETTLED_MS = RELIED_ON_MS + 120_000;

/**
 * Changes a group's head before anything of the group is changed, at most once a minute of a store, and never in its
 * transaction: all writers of a tenant would be in each other's way.
 */
export function changingHeads(table: Table, tenantId: TenantId): BeforeWrite {
  const Key = keysOf(tenantId).heads();
  // Not counted with the tenant's writes: it is a write in a minute.
  const operations = new Operations(table, noUsage());
  const written = new Map<HeadGroup, number>();
  return async (writes) => {
    const groups = new Set(writes.map(({ pk }) => groupOf(pk)));
    for (const group of groups) {
      if (group === undefined) continue;
      const now = performance.now();
      if (now - (written.get(group) ?? -Infinity) < RELIED_ON_MS) continue;
      await operations.update({
        Key,
        UpdateExpression: "SET #birth = if_not_exists(#birth, :birth) ADD #count :one",
        ExpressionAttributeNames: { "#birth": "birth", "#count": group },
        ExpressionAttributeValues: { ":birth": randomUUID(), ":one": 1 },
      });
      written.set(group, now);
    }
  };
}

/** The heads of a tenant as a request has read them, before it reads anything else. */
export interface Heads {
  /** A name that stays for as long as nothing of the group changes; `undefined` while something may be changing. */
  readonly nameOf: (group: HeadGroup) => string | undefined;
}

/** Heads of a tenant of which none is known: everything may be changing. */
export const noHeads: Heads = { nameOf: () => undefined };

const MOST_SEEN = 20_000;
/** When this process first saw a head, by its monotonic clock. */
const firstSeen = new LRUCache<string, number>({ max: MOST_SEEN });

/** What a process knows of a tenant's heads, read at `now` of its monotonic clock. */
export function headsOf(item: StoredItem | undefined, now: number): Heads {
  const birth = item?.["birth"];
  if (typeof birth !== "string") return noHeads;
  const settledOf = (group: HeadGroup): string | undefined => {
    // With the tenant, because a copy of a tenant has the same heads.
    const name = `${String(item?.["pk"])} ${birth} ${group} ${Number(item?.[group] ?? 0)}`;
    const since = firstSeen.get(name) ?? now;
    firstSeen.set(name, since);
    return now - since >= SETTLED_MS ? name : undefined;
  };
  const names = { catalog: settledOf("catalog"), customers: settledOf("customers") };
  return { nameOf: (group) => names[group] };
}

const MOST_KEPT = 500;
/** What a nightly run forgets is no change: it is seen when what was read before is forgotten too, ms. */
const KEPT_MS = 10 * 60_000;

/** What a process has read of tenants, for as long as nothing of its group changes. */
export class KeptReads<T extends object> {
  readonly #group: HeadGroup;
  readonly #kept = new LRUCache<string, Promise<T>>({ max: MOST_KEPT, ttl: KEPT_MS });

  constructor(group: HeadGroup) {
    this.#group = group;
  }

  read(heads: Heads, read: () => Promise<T>): Promise<T> {
    const name = heads.nameOf(this.#group);
    if (name === undefined) return read();
    const known = this.#kept.get(name);
    if (known !== undefined) return known;
    const reading = read();
    this.#kept.set(name, reading);
    reading.catch(() => this.#kept.delete(name));
    return reading;
  }
}

/** A request that only reads asks once; others may have changed what they ask for again. */
export const onceFor = <T>(heads: Heads, read: () => Promise<T>): (() => Promise<T>) =>
  heads === noHeads ? read : memo(read);
