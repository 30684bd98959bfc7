import type { TenantId } from "@regulars/core/platform/values";
import { familiesOf } from "./engine/key.ts";
import { tenantsKeys } from "./tenants/keys.ts";
import { accessKeys } from "./access/keys.ts";
import { catalogKeys } from "./catalog/keys.ts";
import { customersKeys } from "./customers/keys.ts";
import { ordersKeys } from "./orders/keys.ts";
import { invoicesKeys } from "./invoices/keys.ts";
import { snapshotsKeys } from "./snapshots/keys.ts";
import { importsKeys } from "./imports/keys.ts";
import { salesFiguresKeys } from "./sales-figures/keys.ts";
import { codeRedKeys } from "./code-red/keys.ts";
import { insightsKeys } from "./insights/keys.ts";
import { notificationsKeys } from "./notifications/keys.ts";
import { nightlyKeys } from "./nightly/keys.ts";
import { salesPlansKeys } from "./sales-plans/keys.ts";
import { contactsKeys } from "./contacts/keys.ts";
import { dealsKeys } from "./deals/keys.ts";
import { webhooksKeys } from "./webhooks/keys.ts";
import { leadsKeys } from "./leads/keys.ts";
import { boardsKeys } from "./boards/keys.ts";
import { selectionKeys } from "./monitors/selection-keys.ts";
import { followUpKeys } from "./monitors/follow-up-keys.ts";
import { slackKeys } from "./slack/keys.ts";
import { whoKnowsKeys } from "./who-knows/keys.ts";
import { bulkEngineKeys } from "./bulk-engine/keys.ts";
import { erasureKeys } from "./erasure/keys.ts";
import { monitorsKeys } from "./monitors/keys.ts";

/** Every key of every item of one tenant, from the key files of the features. */
export function keysOf(tenantId: TenantId) {
  const inFamily = familiesOf(tenantId);
  return {
    ...tenantsKeys(inFamily),
    ...accessKeys(inFamily),
    ...catalogKeys(inFamily),
    ...customersKeys(inFamily),
    ...ordersKeys(inFamily),
    ...invoicesKeys(inFamily),
    ...snapshotsKeys(inFamily),
    ...importsKeys(inFamily),
    ...salesFiguresKeys(inFamily),
    ...codeRedKeys(inFamily),
    ...insightsKeys(inFamily),
    ...notificationsKeys(inFamily),
    ...nightlyKeys(inFamily),
    ...salesPlansKeys(inFamily),
    ...contactsKeys(inFamily),
    ...dealsKeys(inFamily),
    ...webhooksKeys(inFamily),
    ...leadsKeys(inFamily),
    ...boardsKeys(inFamily),
    ...bulkEngineKeys(inFamily),
    ...monitorsKeys(inFamily),
    ...followUpKeys(inFamily),
    ...selectionKeys(inFamily),
    ...whoKnowsKeys(inFamily),
    ...slackKeys(inFamily),
    ...erasureKeys(inFamily),
  };
}

export type Keys = ReturnType<typeof keysOf>;
