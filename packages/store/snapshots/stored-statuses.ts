import { deflateRawSync, inflateRawSync } from "node:zlib";
import {
  type StatusValues,
  type StoredStatuses,
  noStatuses,
  statusValuesSchema,
} from "@regulars/core/snapshots/status-values";
import * as z from "zod";
import type { StoredItem } from "../engine/operations.ts";

/** Bytes of what is held as JSON above which it is packed: the texts of statuses are alike, and every night reads them. */
const MOST_PLAIN = 256;
const DEFLATE_LEVEL = 6;

/** Whoever reads values checks them; an erasure does not. */
const packedSchema = z.object({ held: z.unknown(), settled: z.unknown() });

/** The attributes of values. What is held and which monitors were settled is packed when it is long. */
export function attributesOf(values: Partial<StatusValues> | StoredItem) {
  const { held, settled, ...rest } = values;
  const text = JSON.stringify({ held, settled });
  return text.length <= MOST_PLAIN
    ? { ...values, packed: undefined }
    : { ...rest, held: undefined, settled: undefined, packed: deflateRawSync(text, { level: DEFLATE_LEVEL }) };
}

/** An item with its values as they are, packed or not. */
export function unpackedStatuses(item: StoredItem): StoredItem {
  const { packed, ...rest } = item;
  if (!(packed instanceof Uint8Array)) return rest;
  return { ...rest, ...packedSchema.parse(JSON.parse(inflateRawSync(packed).toString())) };
}

/** The statuses of a customer as they are stored; an item that only notes findings has none. */
export const statusesOf = (item: StoredItem): StoredStatuses =>
  item["r"] === undefined
    ? noStatuses
    : { values: statusValuesSchema.parse(unpackedStatuses(item)), revision: Number(item["r"]) };
