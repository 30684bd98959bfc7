import type { ItemLink } from "../catalog/item-link.ts";
import { faultOfLink } from "../catalog/link-rules.ts";
import { ok } from "../platform/result.ts";
import type { Tenant } from "../tenants/tenant.ts";
import { type Validated, refuseColumn } from "./checked.ts";
import type { LinkRow } from "./rows.ts";

/** One link from its row; the ratio is one to one by default. */
export function assembleLink(row: LinkRow, tenant: Pick<Tenant, "codeRed">): Validated<ItemLink> {
  const { itemId, linkedItemId, ratio = 1, linkedRatio = 1, lagDays, bidirectional } = row;
  const link = {
    itemId,
    linkedItemId,
    ratio,
    linkedRatio,
    ...(lagDays === undefined ? {} : { lagDays }),
    ...(bidirectional === undefined ? {} : { bidirectional }),
  };
  const fault = faultOfLink(link, tenant);
  return fault === undefined ? ok(link) : refuseColumn(fault.path, fault.code, fault.message);
}
