import { holds, may } from "@regulars/core/access/may";
import type { Right } from "@regulars/core/access/rights";
import { statusesRefusal } from "@regulars/core/tenants/edition";
import type { PageTextId } from "@regulars/render/texts/page-words";
import {
  addresses,
  codeRedPath,
  dataQualityPath,
  nightsPath,
  notificationsPath,
  plansPath,
  refusalsPath,
  relationshipsPath,
  settingsPath,
  statusesPath,
  teamPath,
} from "./addresses.ts";
import { LOOKS, SEES_DEALS } from "./needs.ts";
import type { PageEnv } from "./viewer.ts";

/** A place of the header's menu. */
export interface Place {
  readonly says: PageTextId;
  readonly path: string;
  /** Whether the page that is open belongs to it. */
  readonly isHere: boolean;
}

/** Where a day's work is done, and what else the viewer may open. */
export interface Places {
  readonly daily: readonly Place[];
  readonly others: readonly Place[];
}

/** First parts of the addresses of a place's pages, where these are others than its own. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  "for-you": ["for-you", "findings", "introductions"],
  plans: ["plans", "new-plan", "refusal-reasons"],
  "code-red": ["code-red", "links"],
  statuses: ["statuses", "selections"],
  settings: ["settings", "code-red-settings", "users", "api-keys", "webhooks"],
};

/** The places that the viewer of a tenant has the rights for. `address` is the page that is open. */
export function placesOf({ tenant, actor }: NonNullable<PageEnv["Variables"]["place"]>, address: string): Places {
  const { tenantId } = tenant;
  const [, here = ""] = address.split(/[/?#]/);
  const seen = (says: PageTextId, path: string, rights: readonly Right[]): readonly Place[] => {
    const [, part = ""] = path.split("/");
    const isHere = (PARTS[part] ?? [part]).includes(here);
    return rights.some((right) => holds(actor, right)) ? [{ says, path, isHere }] : [];
  };
  const own =
    actor.type === "user" && !may(actor, "tenant.see_list", {})
      ? addresses().rep(tenantId, actor.user.userId)
      : teamPath(tenantId);
  const hasStatuses = statusesRefusal(tenant) === undefined;
  return {
    daily: [
      ...seen("introductions.forYou", own, LOOKS),
      ...seen("home.plans", plansPath(tenantId), SEES_DEALS),
      ...seen("place.codeRed", codeRedPath(tenantId), LOOKS),
      ...seen("place.relationships", relationshipsPath(tenantId), LOOKS),
      ...(hasStatuses ? seen("place.statuses", statusesPath(tenantId), [...LOOKS, "statuses.manage"]) : []),
    ],
    others: [
      ...seen("place.lost", refusalsPath(tenantId), SEES_DEALS),
      ...seen("place.messages", notificationsPath(tenantId), ["users.manage", ...LOOKS]),
      ...seen("settings.nights", nightsPath(tenantId), ["nightly.run", "insights.view_all"]),
      ...seen("settings.quality", dataQualityPath(tenantId), ["insights.view_all"]),
      ...seen("place.settings", settingsPath(tenantId), ["settings.manage"]),
    ],
  };
}
