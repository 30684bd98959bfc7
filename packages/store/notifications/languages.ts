import { preferencesSchema } from "@regulars/core/notifications/preferences";
import type { Language } from "@regulars/core/platform/languages";
import type { TenantId, UserId } from "@regulars/core/platform/values";
import { Operations } from "../engine/operations.ts";
import { type Table, noUsage } from "../engine/table.ts";
import { keysOf } from "../keys.ts";

/** The languages that a user and their tenant have chosen among their preferences. */
export interface ChosenLanguages {
  readonly own?: Language | undefined;
  readonly tenants?: Language | undefined;
}

/** Reads both with one call. */
export async function readLanguages(
  table: Table,
  tenantId: TenantId,
  userId: UserId | undefined,
): Promise<ChosenLanguages> {
  const keys = keysOf(tenantId);
  const tenants = keys.tenantPreferences();
  const own = userId === undefined ? [] : [keys.userPreferences(userId)];
  const items = await new Operations(table, noUsage()).batchGet([tenants, ...own]);
  const languageAt = (key: { readonly sk: string } | undefined): Language | undefined => {
    const item = items.find(({ sk }) => sk === key?.sk);
    return item && preferencesSchema.parse(item).choices.language;
  };
  return { own: languageAt(own[0]), tenants: languageAt(tenants) };
}
