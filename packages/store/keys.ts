import type { TenantId } from "@regulars/core/platform/values";
import { type FamilyFates, familiesOf } from "./engine/key.ts";
import { tenantsFates, tenantsKeys } from "./tenants/keys.ts";
import { accessFates, accessKeys } from "./access/keys.ts";
import { catalogFates, catalogKeys } from "./catalog/keys.ts";
import { customersFates, customersKeys } from "./customers/keys.ts";
import { ordersFates, ordersKeys } from "./orders/keys.ts";
import { invoicesFates, invoicesKeys } from "./invoices/keys.ts";
import { snapshotsKeys } from "./snapshots/keys.ts";
import { importsKeys } from "./imports/keys.ts";
import { salesFiguresFates, salesFiguresKeys } from "./sales-figures/keys.ts";
import { codeRedFates, codeRedKeys } from "./code-red/keys.ts";
import { insightsFates, insightsKeys } from "./insights/keys.ts";
import { notificationsFates, notificationsKeys } from "./notifications/keys.ts";
import { nightlyFates, nightlyKeys } from "./nightly/keys.ts";
import { salesPlansFates, salesPlansKeys } from "./sales-plans/keys.ts";
import { contactsFates, contactsKeys } from "./contacts/keys.ts";
import { dealsFates, dealsKeys } from "./deals/keys.ts";
import { webhooksFates, webhooksKeys } from "./webhooks/keys.ts";
import { leadsFates, leadsKeys } from "./leads/keys.ts";
import { boardsFates, boardsKeys } from "./boards/keys.ts";
import { selectionFates, selectionKeys } from "./monitors/selection-keys.ts";
import { followUpFates, followUpKeys } from "./monitors/follow-up-keys.ts";
import { slackFates, slackKeys } from "./slack/keys.ts";
import { whoKnowsFates, whoKnowsKeys } from "./who-knows/keys.ts";
import { bulkEngineFates, bulkEngineKeys } from "./bulk-engine/keys.ts";
import { erasureFates, erasureKeys } from "./erasure/keys.ts";
import { monitorsFates, monitorsKeys } from "./monitors/keys.ts";

function makeKeys(tenantId: TenantId) {
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

export type Keys = Readonly<ReturnType<typeof makeKeys>>;

/** Keys that were made: a request asks for its tenant's several times. Of so many tenants at most. */
const made = new Map<TenantId, Keys>();
const MOST_MADE = 100;

/** Every key of every item of one tenant, from the key files of the features. */
export function keysOf(tenantId: TenantId): Keys {
  const known = made.get(tenantId);
  if (known !== undefined) return known;
  if (made.size === MOST_MADE) made.clear();
  const keys = makeKeys(tenantId);
  made.set(tenantId, keys);
  return keys;
}

/** What an erasure makes of the families for which a word says it; rules of the others are in `erasure/item-fates.ts`. */
export const familyFates: FamilyFates = {
  ...accessFates,
  ...tenantsFates,
  ...catalogFates,
  ...customersFates,
  ...ordersFates,
  ...invoicesFates,
  ...salesFiguresFates,
  ...codeRedFates,
  ...insightsFates,
  ...notificationsFates,
  ...nightlyFates,
  ...salesPlansFates,
  ...contactsFates,
  ...dealsFates,
  ...webhooksFates,
  ...leadsFates,
  ...boardsFates,
  ...bulkEngineFates,
  ...monitorsFates,
  ...followUpFates,
  ...selectionFates,
  ...whoKnowsFates,
  ...slackFates,
  ...erasureFates,
};
