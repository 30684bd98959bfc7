import { Buffer } from "node:buffer";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import {
  type StatusValues,
  type StoredStatuses,
  type ToldStatus,
  heldStatusSchema,
  noStatuses,
  statusValuesSchema,
} from "@regulars/core/snapshots/status-values";
import { inflateSync } from "fflate";
import * as z from "zod";
import type { StoredItem } from "../engine/own-write.ts";
import { fromDifferences, toDifferences } from "./differences.ts";

const DEFLATE_LEVEL = 9;

/**
 * What packed values look like: the texts of statuses are alike, and every night reads them. Whoever changes a letter of
 * it can no longer read what is stored: other words need another attribute.
 */
const WORDS = Buffer.from(
  `"type":"number","value":"followUp":"high","watch","ownerType":"project","ownerId":"person","pers":[{"type":"text","text":"ppho":"pmai":"proj":"psta":` +
    `{"settledOn":"2026-","nextChangeOn":"2026-","book":"1","basis":"1","settled":"","held":[[{"statusId":"","ownerType":"company","since":"2026-` +
    `","told":{"name":"","description":"","variables":{"name":{"type":"text","text":"` +
    "code numb cuid cate cont cpho phon mail maii team terr risk lost rlnk stat"
      .split(" ")
      .map((name) => `"},"${name}":{"type":"text","text":"`)
      .join("") +
    `"},"sinc":{"type":"day","day":"2026-"},"lsal":{"type":"day","day":"2026-"},"dlst":{"type":"text","text":""},"ovrd":{"type":"text","text":""}},"level":"medium","order":[1,100]}}],` +
    `{"statusId":[""],"since":["2026-"],"told":{"name":[""],"variables":{"stat":{"text":[""]},"sinc":{"day":["2026-"]}}}},`,
);

/** The attributes that are bytes; the second is of an earlier version. */
export const PACKED = ["v", "packed"] as const;

/** An earlier version packed these two, as they are. */
const formerlyPackedSchema = z.object({ held: z.unknown(), settled: z.unknown() });

/** The attributes of values, which are one; those of an earlier version are absent. */
export function attributesOf(values: Partial<StatusValues> | StoredItem) {
  const { held, toFollow, settled, settledOn, nextChangeOn, book, basis, ...rest } = values;
  if (!Array.isArray(held) || typeof settled !== "string") return values;
  const days = { settledOn, nextChangeOn };
  const text = JSON.stringify({ ...days, toFollow, book, basis, settled, held: toDifferences(held) });
  return { ...rest, ...FORMERLY, v: deflateRawSync(text, { level: DEFLATE_LEVEL, dictionary: WORDS }) };
}

/** Attributes of an earlier version. */
const FORMERLY = {
  held: undefined,
  settled: undefined,
  settledOn: undefined,
  nextChangeOn: undefined,
  book: undefined,
  basis: undefined,
  packed: undefined,
};

const scratch = new Uint8Array(65_536);

/**
 * A few hundred bytes for each of many customers: Node's own function makes a stream each time, which takes three times
 * as long.
 */
function unpacked(bytes: Uint8Array): string {
  const { length } = inflateSync(bytes, { dictionary: WORDS, out: scratch });
  // It is full where there may be more.
  return length < scratch.length
    ? Buffer.from(scratch.buffer, 0, length).toString()
    : inflateRawSync(bytes, { dictionary: WORDS }).toString();
}

/** An item with its values as they are, packed or not. Whoever reads them checks them; an erasure does not. */
export function unpackedStatuses(item: StoredItem): StoredItem {
  const { v, packed, ...rest } = item;
  if (v instanceof Uint8Array) {
    const values = JSON.parse(unpacked(v)) as StoredItem;
    const { held } = values;
    return { ...rest, ...values, held: Array.isArray(held) ? fromDifferences(held) : held };
  }
  const former =
    packed instanceof Uint8Array
      ? { ...rest, ...formerlyPackedSchema.parse(JSON.parse(inflateRawSync(packed).toString())) }
      : rest;
  const { settled } = former;
  return Array.isArray(settled) ? { ...former, settled: settled.join(" ") } : former;
}

const told = heldStatusSchema.shape.told.unwrap();

/**
 * The values without a look into the variables, which were checked when a text was filled with them: that would take
 * most of the time, and every night reads them.
 */
const storedSchema = statusValuesSchema.extend({
  held: z.array(
    heldStatusSchema.extend({
      told: told
        .extend({
          variables: z.custom<ToldStatus["variables"]>((given) => typeof given === "object" && given !== null),
        })
        .optional(),
    }),
  ),
});

/** The statuses of a customer as they are stored; an item that only notes findings has none. */
export const statusesOf = (item: StoredItem): StoredStatuses =>
  item["r"] === undefined
    ? noStatuses
    : { values: storedSchema.parse(unpackedStatuses(item)), revision: Number(item["r"]) };
