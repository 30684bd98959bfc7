import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { LRUCache } from "lru-cache";
import type { FindingList, FindingLists, ListOwner } from "@regulars/core/insights/finding-lists";
import { contentHash } from "../engine/content-hash.ts";
import type { Operations } from "../engine/operations.ts";
import type { StoredItem } from "../engine/own-write.ts";
import type { Keys } from "../keys.ts";
import { CHUNK_LIMIT_BYTES, splitBytes } from "../snapshots/chunk.ts";

/** Changes with what a list is: one of another version is not used. */
const CONTENT_VERSION = 1;

/** Findings that a process keeps unpacked: about 2 KB each. */
const MOST_FINDINGS = 30_000;

/** Lists by a hash of their content: they never change. */
const unpacked = new LRUCache<string, FindingList>({
  maxSize: MOST_FINDINGS,
  sizeCalculation: ({ customers }) => customers.reduce((sum, { findings }) => sum + findings.length, 1),
});

interface Parts {
  readonly operations: Operations;
  readonly keys: Keys;
  /** A hash of what the tenant's catalog says of items, links and persons. */
  readonly catalog: () => Promise<string>;
}

/** An item of a list: its bytes, their hash, the version, and of how many pieces the list is. */
interface Piece {
  readonly v: Uint8Array;
  readonly h: string;
  readonly version: string;
  readonly pieces: number;
}

/** The lists of owners, one item each; a list that is too large for one takes several. */
export function openFindingLists({ operations, keys, catalog }: Parts): FindingLists {
  const storedOf = async (owners: readonly ListOwner[]): Promise<ReadonlyMap<ListOwner, Piece>> => {
    const items = await operations.batchGet(owners.map((owner) => keys.findingList(owner, 0)));
    const bySort = new Map(items.map((item) => [String(item["sk"]), pieceOf(item)]));
    return new Map(
      owners.flatMap((owner): [ListOwner, Piece][] => {
        const piece = bySort.get(keys.findingList(owner, 0).sk);
        return piece === undefined ? [] : [[owner, piece]];
      }),
    );
  };
  return {
    versionOf: async (given) => contentHash([CONTENT_VERSION, given, await catalog()]),
    keep: async (lists, version) => {
      const stored = await storedOf([...lists.keys()]);
      const items = [...lists].flatMap(([owner, list]) => {
        const bytes = packList(list);
        const h = hashOf(bytes);
        const before = stored.get(owner);
        if (before?.h === h && before.version === version) return [];
        const pieces = splitBytes(bytes, CHUNK_LIMIT_BYTES);
        return pieces.map((v, i) => ({ ...keys.findingList(owner, i), v, h, version, pieces: pieces.length }));
      });
      await operations.batchPut(items);
    },
    pack: packList,
    unpack: unpackList,
    read: async (owners, version) => {
      const stored = await storedOf(owners);
      const lists = await Promise.all(
        owners.map(async (owner) => {
          const piece = stored.get(owner);
          if (piece?.version !== version) return undefined;
          return unpacked.get(piece.h) ?? readList(operations, keys, owner, piece);
        }),
      );
      const found = lists.filter((list) => list !== undefined);
      return found.length === owners.length ? found : undefined;
    },
  };
}

const packList = (list: FindingList): Uint8Array => deflateRawSync(JSON.stringify(list), { level: 3 });

const unpackList = (packed: Uint8Array): FindingList =>
  JSON.parse(inflateRawSync(packed).toString("utf8")) as FindingList;

async function readList(
  operations: Operations,
  keys: Keys,
  owner: ListOwner,
  { v, h, pieces }: Piece,
): Promise<FindingList | undefined> {
  const others = Array.from({ length: pieces - 1 }, (_, i) => keys.findingList(owner, i + 1));
  const items = await operations.batchGet(others);
  const parts = others.map(({ sk }) => pieceOf(items.find((item) => item["sk"] === sk))?.v ?? new Uint8Array());
  const bytes = Buffer.concat([v, ...parts]);
  // Another nightly run may be replacing it.
  if (hashOf(bytes) !== h) return undefined;
  const list = unpackList(bytes);
  unpacked.set(h, list);
  return list;
}

function pieceOf(item: StoredItem | undefined): Piece | undefined {
  if (item === undefined) return undefined;
  const { v, h, version, pieces } = item;
  return v instanceof Uint8Array && typeof h === "string" && typeof version === "string"
    ? { v, h, version, pieces: Number(pieces) }
    : undefined;
}

const hashOf = (content: Uint8Array): string => createHash("sha256").update(content).digest("base64url").slice(0, 22);
