import { type StoredStatuses, noStatuses, statusValuesSchema } from "@regulars/core/snapshots/status-values";
import type { StoredItem } from "../engine/operations.ts";

/** The statuses of a customer as they are stored; an item that only notes findings has none. */
export const statusesOf = (item: StoredItem): StoredStatuses =>
  item["r"] === undefined ? noStatuses : { values: statusValuesSchema.parse(item), revision: Number(item["r"]) };
