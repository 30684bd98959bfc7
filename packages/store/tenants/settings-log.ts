import { randomUUID } from "node:crypto";
import {
  type ChangeStamp,
  type PlacedEntry,
  type SettingsLog,
  changedSettings,
  settingsEntrySchema,
} from "@regulars/core/tenants/settings-log";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { Operations, TransactWrite } from "../engine/operations.ts";
import type { Keys } from "../keys.ts";

/** Changes that this process has logged: those of one millisecond stay in their order. */
let saved = 0;

/** The write that logs what has changed of a tenant's settings; none where nothing has, or nobody changed it. */
export function settingsLogWrites(
  keys: Keys,
  before: Tenant,
  after: Tenant,
  stamp: ChangeStamp | undefined,
): TransactWrite[] {
  const changes = changedSettings(before, after);
  if (stamp === undefined || changes.length === 0) return [];
  saved += 1;
  const key = keys.settingsChange(stamp.at, `${String(saved).padStart(9, "0")}-${randomUUID().slice(0, 8)}`);
  return [{ Put: { Item: { ...key, ...stamp, changes } } }];
}

/** Changes of a tenant's settings, one item each. */
export const openSettingsLog = (operations: Operations, keys: Keys): SettingsLog => ({
  page: async ({ limit, before }) => {
    const entries: PlacedEntry[] = [];
    for await (const item of operations.query({
      KeyConditionExpression: `pk = :pk${before === undefined ? "" : " AND sk < :before"}`,
      ExpressionAttributeValues: {
        ":pk": keys.settingsChanges(),
        ...(before === undefined ? {} : { ":before": before }),
      },
      ScanIndexForward: false,
      Limit: limit + 1,
    })) {
      if (entries.length === limit) return { entries, hasMore: true };
      entries.push({ ...settingsEntrySchema.parse(item), place: String(item["sk"]) });
    }
    return { entries, hasMore: false };
  },
});
