import { memo } from "@regulars/core/platform/memo";
import { randomUUID } from "node:crypto";
import { LRUCache } from "lru-cache";
import type { TenantId } from "@regulars/core/platform/values";
import { Operations } from "../engine/operations.ts";
import type { StoredItem } from "../engine/own-write.ts";
import type { BeforeWrite } from "../engine/placed-write.ts";
import { type Table, noUsage } from "../engine/table.ts";
import { keysOf } from "../keys.ts";

/**
 * What changes together: users, items with their numbers, links and who is out; the markers of changed customers, in all
 * shards, and persons; sales plans and refusal reasons.
 */
const headGroups = ["catalog", "customers", "plans"] as const;
type HeadGroup = (typeof headGroups)[number];

const FAMILIES = {
  catalog: "U I N LINK PROGRAMS OPTOUT DOMAIN ADDRESSES",
  customers: "CHANGED P",
  plans: "PLANS REASONS",
} satisfies Record<HeadGroup, string>;
const groups: ReadonlyMap<string, HeadGroup> = new Map(
  headGroups.flatMap((group) => FAMILIES[group].split(" ").map((family): [string, HeadGroup] => [family, group])),
);

function groupOf(pk: string): HeadGroup | undefined {
  const [, , family = ""] = pk.split("#", 3);
  return groups.get(family);
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
    for (const group of new Set(writes.map(({ pk }) => groupOf(pk)))) {
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
  const names = new Map(headGroups.map((group) => [group, settledOf(group)]));
  return { nameOf: (group) => names.get(group) };
}

const MOST_KEPT = 500;
/** What a nightly run forgets is no change: it is seen when what was read before is forgotten too, ms. */
const KEPT_MS = 10 * 60_000;

/** What a process has read of tenants, for as long as nothing of its group changes. */
export class KeptReads<T extends object> {
  readonly #group: HeadGroup;
  readonly #kept: LRUCache<string, Promise<T>>;

  constructor(group: HeadGroup, most = MOST_KEPT) {
    this.#group = group;
    this.#kept = new LRUCache({ max: most, ttl: KEPT_MS });
  }

  /** `what` tells apart what is read of the same group. */
  read(heads: Heads, read: () => Promise<T>, what = ""): Promise<T> {
    const name = this.#nameOf(heads, what);
    if (name === undefined) return read();
    const known = this.#kept.get(name);
    if (known !== undefined) return known;
    const reading = read();
    this.#kept.set(name, reading);
    reading.catch(() => this.#kept.delete(name));
    return reading;
  }

  /** What is kept already; nothing is read. */
  known(heads: Heads): Promise<T> | undefined {
    const name = this.#nameOf(heads, "");
    return name === undefined ? undefined : this.#kept.get(name);
  }

  #nameOf(heads: Heads, what: string): string | undefined {
    const name = heads.nameOf(this.#group);
    return name && `${name} ${what}`;
  }
}

/** A request that only reads asks once; others may have changed what they ask for again. */
export const onceFor = <T>(heads: Heads, read: () => Promise<T>): (() => Promise<T>) =>
  heads === noHeads ? read : memo(read);
