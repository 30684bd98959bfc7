import { rowAs } from "@regulars/core/platform/unreadable-row";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { Agenda, AgendaEntry } from "@regulars/core/monitors/agenda";
import { settledIn, settledText } from "@regulars/core/monitors/settled-names";
import { dayNumber, daySchema, toDayNumber } from "@regulars/core/platform/values";
import * as z from "zod";
import type { StoredItem } from "../engine/own-write.ts";
import { shardOfAgenda } from "./keys.ts";

const itemSchema = z.object({
  sk: z.string(),
  settledOn: daySchema,
  book: z.string(),
  /** A packed text: every night reads it. */
  settled: z.instanceof(Uint8Array),
  v: z.instanceof(Uint8Array),
  /** The persons and projects of those entries that have any. */
  o: z.instanceof(Uint8Array).optional(),
});

/** Name 6 bytes, check 4, days from `settledOn` to the next change 2. */
const BYTES = 12;
const NEVER = 0xffff;

/** The entry that they are of 2 bytes, their number 2, each name 4. */
const OWNERS_BYTES = 4;
const OWNER_BYTES = 4;

/** As many as an item holds. Whoever is beyond is looked at every night. */
export const MOST_ENTRIES = 30_000;
const MOST_BYTES = MOST_ENTRIES * BYTES;

/** An agenda's attributes; a shard's customers are packed. */
export function packAgenda({ settledOn, book, settled, entries }: Agenda): StoredItem {
  const kept = thatFit(entries).toSorted(([a], [b]) => a - b);
  const bytes = new Uint8Array(kept.length * BYTES);
  const view = new DataView(bytes.buffer);
  kept.forEach(([name, { check, nextChangeOn }], index) => {
    const at = index * BYTES;
    view.setUint32(at, Math.floor(name / 0x10000));
    view.setUint16(at + 4, name % 0x10000);
    view.setUint32(at + 6, check);
    // A day that is too far to be told is asked for again then.
    const days = nextChangeOn === undefined ? NEVER : nextChangeOn - toDayNumber(settledOn);
    view.setUint16(at + 10, nextChangeOn === undefined ? NEVER : Math.max(0, Math.min(days, NEVER - 1)));
  });
  return { settledOn, book, settled: deflateRawSync(settledText(settled)), v: bytes, ...packOwners(kept) };
}

function thatFit(entries: Agenda["entries"]): [number, AgendaEntry][] {
  let left = MOST_BYTES;
  return [...entries].filter(([, { owners = NOBODY }]) => {
    left -= BYTES + (owners.size === 0 ? 0 : OWNERS_BYTES + OWNER_BYTES * owners.size);
    return left >= 0;
  });
}

const NOBODY: ReadonlySet<number> = new Set();

function packOwners(kept: readonly (readonly [number, AgendaEntry])[]): { readonly o?: Uint8Array } {
  const those = kept.flatMap(([, { owners = NOBODY }], index) => (owners.size === 0 ? [] : [{ index, owners }]));
  if (those.length === 0) return {};
  const bytes = new Uint8Array(those.reduce((sum, { owners }) => sum + OWNERS_BYTES + OWNER_BYTES * owners.size, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const { index, owners } of those) {
    view.setUint16(at, index);
    view.setUint16(at + 2, owners.size);
    at += OWNERS_BYTES;
    for (const name of owners) {
      view.setUint32(at, name);
      at += OWNER_BYTES;
    }
  }
  return { o: bytes };
}

/** By the place of their entry. */
function unpackOwners(bytes: Uint8Array = new Uint8Array()): ReadonlyMap<number, ReadonlySet<number>> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found = new Map<number, ReadonlySet<number>>();
  for (let at = 0; at < bytes.byteLength;) {
    const [index, size] = [view.getUint16(at), view.getUint16(at + 2)];
    at += OWNERS_BYTES;
    found.set(index, new Set(Array.from({ length: size }, (_, nth) => view.getUint32(at + nth * OWNER_BYTES))));
    at += size * OWNER_BYTES;
  }
  return found;
}

/** An agenda of a stored item. One that cannot be read is none: everybody of its shard is looked at. */
export function agendaIn(item: StoredItem): Agenda | undefined {
  try {
    return unpackAgenda(item);
  } catch {
    return undefined;
  }
}

function unpackAgenda(item: StoredItem): Agenda {
  const { sk, settledOn, book, settled, v, o } = rowAs(itemSchema, item);
  const view = new DataView(v.buffer, v.byteOffset, v.byteLength);
  const from = toDayNumber(settledOn);
  const owners = unpackOwners(o);
  const entries = new Map<number, AgendaEntry>();
  for (let at = 0; at + BYTES <= v.byteLength; at += BYTES) {
    const days = view.getUint16(at + 10);
    entries.set(view.getUint32(at) * 0x10000 + view.getUint16(at + 4), {
      check: view.getUint32(at + 6),
      ...(days === NEVER ? {} : { nextChangeOn: dayNumber(from + days) }),
      owners: owners.get(at / BYTES),
    });
  }
  return { shard: shardOfAgenda(sk), settledOn, book, settled: settledIn(inflateRawSync(settled).toString()), entries };
}
