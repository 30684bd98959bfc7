import { createHash } from "node:crypto";
import { Buffer } from "node:buffer";
import { LRUCache } from "lru-cache";
import type { CallListShard, CallListStore, ComparedCustomer } from "@regulars/core/code-red/call-list";
import type { Operations } from "../engine/operations.ts";
import type { Keys } from "../keys.ts";
import type { Changes } from "../snapshots/changes.ts";
import { CHUNK_LIMIT_BYTES, splitBytes } from "../snapshots/chunk.ts";
import { CONTENT_VERSION, packShard, unpackShard } from "./call-list-content.ts";

/** Customers whose unpacked comparisons a process keeps: about 4 KB each. */
const MOST_CUSTOMERS = 60_000;

/** Shards by partition and hash of their content: they never change. */
const unpacked = new LRUCache<string, CallListShard>({
  maxSize: MOST_CUSTOMERS,
  sizeCalculation: ({ customers }) => Math.max(1, customers.length),
});

/** Changed customers whose comparisons a process keeps. */
const MOST_CHANGED = 10_000;

const computedAgain = new LRUCache<string, { readonly one: ComparedCustomer | undefined }>({ max: MOST_CHANGED });

interface Parts {
  readonly operations: Operations;
  readonly keys: Keys;
  readonly changes: Changes;
  /** What the tenant's catalog says of items and links. */
  readonly catalog: () => Promise<object>;
}

/** The comparisons that a nightly run leaves, packed by shard; a large shard takes several items. */
export function openCallList({ operations, keys, changes, catalog }: Parts): CallListStore {
  return {
    versionOf: async (given) => hashOf(JSON.stringify([CONTENT_VERSION, given, await catalog()])),
    pack: packShard,
    keep: async (shard, bytes, known) => {
      const hash = hashOf(bytes);
      if (hash === known) return hash;
      const pieces = splitBytes(bytes, CHUNK_LIMIT_BYTES);
      await operations.batchPut(pieces.map((v, i) => ({ ...keys.callListPiece(shard, i), v, h: hash })));
      return hash;
    },
    read: async (shard, hash) => {
      const name = `${keys.callList(shard)} ${hash}`;
      const known = unpacked.get(name);
      if (known !== undefined) return known;
      const content = await readShard(operations, keys.callList(shard), hash);
      if (content !== undefined) unpacked.set(name, content);
      return content;
    },
    again: {
      find: (name) => computedAgain.get(`${keys.callList(0)} ${name}`),
      keep: (name, one) => void computedAgain.set(`${keys.callList(0)} ${name}`, { one }),
    },
    changed: () => changes.customers(),
    takeChanges: (until) => changes.takeSeen(until),
    forgetChanges: (seen) => changes.forget(seen),
  };
}

/** Pieces of a larger content of another night may follow: they have another hash. */
async function readShard(operations: Operations, pk: string, hash: string): Promise<CallListShard | undefined> {
  const pieces: Uint8Array[] = [];
  for await (const { v, h } of operations.partition(pk)) if (h === hash && v instanceof Uint8Array) pieces.push(v);
  const bytes = Buffer.concat(pieces);
  return hashOf(bytes) === hash ? unpackShard(bytes) : undefined;
}

const hashOf = (content: string | Uint8Array): string =>
  createHash("sha256").update(content).digest("base64url").slice(0, 22);
