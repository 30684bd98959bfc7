import { isDeepStrictEqual } from "node:util";
import type { Traces } from "@regulars/core/erasure/traces";
import type { StoredItem } from "../engine/own-write.ts";

/** What an erasure makes of an item: nothing, no item, or the same item with other attributes. */
export type Fate = "keep" | "remove" | StoredItem;

/** What is known of an item when its fate is decided. */
export interface AtItem {
  readonly traces: Traces;
  /** The text after the family in the partition key, and the sort key. */
  readonly rest: string;
  readonly sk: string;
  /** The shards of the customers concerned, whose lists are made again. */
  readonly shards: ReadonlySet<number>;
}

/** What becomes of the items of a family. */
export type Rule = (item: StoredItem, at: AtItem) => Fate;

/** The item with other attributes, or as it is. */
export const changedOr = (item: StoredItem, after: StoredItem): Fate =>
  isDeepStrictEqual(item, after) ? "keep" : after;

/** Keys of the table and of its indexes are no contents. */
export function contentOf(item: StoredItem): StoredItem {
  const { pk: _pk, sk: _sk, g1p: _g1p, g1s: _g1s, g2p: _g2p, g2s: _g2s, ...content } = item;
  return content;
}

/** The item without attributes that have no value. */
export const defined = (item: StoredItem): StoredItem =>
  Object.fromEntries(Object.entries(item).filter(([, value]) => value !== undefined));
