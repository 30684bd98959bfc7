import { rowAs } from "@regulars/core/platform/unreadable-row";
import { randomUUID } from "node:crypto";
import {
  type ChangeLogName,
  type ChangeStamp,
  type PlacedEntry,
  type ChangeLog,
  changedValues,
  changeEntrySchema,
} from "@regulars/core/tenants/change-log";
import type { Operations } from "../engine/operations.ts";
import type { TransactWrite } from "../engine/transact-write.ts";
import type { Keys } from "../keys.ts";

/** Changes that this process has logged: those of one millisecond stay in their order. */
let saved = 0;

/** What was changed by whom: of many, the one named by `of`. */
interface LoggedChange {
  readonly log: ChangeLogName;
  readonly of?: string;
  /** Without one, nothing is logged. */
  readonly stamp: ChangeStamp | undefined;
}

/** The write that logs what has changed; none where nothing has, or nobody changed it. */
export function changeWrites(
  keys: Keys,
  before: object,
  after: object,
  { log, of, stamp }: LoggedChange,
): TransactWrite[] {
  const changes = changedValues(before, after);
  if (stamp === undefined || changes.length === 0) return [];
  saved += 1;
  const key = keys.loggedChange(log, stamp.at, `${String(saved).padStart(9, "0")}-${randomUUID().slice(0, 8)}`);
  return [{ Put: { Item: { ...key, ...stamp, ...(of === undefined ? {} : { of }), changes } } }];
}

/** The logs of changes. */
export const openChangeLogs = (operations: Operations, keys: Keys): Readonly<Record<ChangeLogName, ChangeLog>> => ({
  settings: openChangeLog(operations, keys, "settings"),
  users: openChangeLog(operations, keys, "users"),
  keys: openChangeLog(operations, keys, "keys"),
  webhooks: openChangeLog(operations, keys, "webhooks"),
});

/** The changes of a log, one item each. */
const openChangeLog = (operations: Operations, keys: Keys, log: ChangeLogName): ChangeLog => ({
  page: async ({ limit, before }) => {
    const entries: PlacedEntry[] = [];
    for await (const item of operations.query({
      KeyConditionExpression: `pk = :pk${before === undefined ? "" : " AND sk < :before"}`,
      ExpressionAttributeValues: {
        ":pk": keys.loggedChanges(log),
        ...(before === undefined ? {} : { ":before": before }),
      },
      ScanIndexForward: false,
      Limit: limit + 1,
    })) {
      if (entries.length === limit) return { entries, hasMore: true };
      entries.push({ ...rowAs(changeEntrySchema, item), place: String(item["sk"]) });
    }
    return { entries, hasMore: false };
  },
});
