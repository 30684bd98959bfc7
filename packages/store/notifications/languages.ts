import { rowAs } from "@regulars/core/platform/unreadable-row";
import { preferencesSchema } from "@regulars/core/notifications/preferences";
import type { Language } from "@regulars/core/platform/languages";
import type { TenantId, UserId } from "@regulars/core/platform/values";
import type { Key } from "../engine/key.ts";
import { Operations } from "../engine/operations.ts";
import type { StoredItem } from "../engine/own-write.ts";
import { type Table, noUsage } from "../engine/table.ts";
import { keysOf } from "../keys.ts";
import type { Further } from "../tenants/claimant.ts";

/** The languages that a user and their tenant have chosen among their preferences. */
export interface ChosenLanguages {
  readonly own?: Language | undefined;
  readonly tenants?: Language | undefined;
}

function languageAt(items: readonly StoredItem[], key: Key | undefined): Language | undefined {
  const item = items.find(({ pk, sk }) => pk === key?.pk && sk === key?.sk);
  return item && rowAs(preferencesSchema, item).choices.language;
}

/** Where the languages of a user and their tenant are, and what they are among the items that were read there. */
export function languagesOf(tenantId: TenantId, userId: UserId | undefined): Further<ChosenLanguages> {
  const keys = keysOf(tenantId);
  const tenants = keys.tenantPreferences();
  const own = userId === undefined ? undefined : keys.userPreferences(userId);
  return {
    wanted: own === undefined ? [tenants] : [tenants, own],
    among: (items) => ({
      own: languageAt(items, own),
      tenants: languageAt(items, tenants),
    }),
  };
}

/** Reads both with one call. */
export async function readLanguages(
  table: Table,
  tenantId: TenantId,
  userId: UserId | undefined,
): Promise<ChosenLanguages> {
  const { wanted, among } = languagesOf(tenantId, userId);
  return among(await new Operations(table, noUsage()).batchGet(wanted));
}
