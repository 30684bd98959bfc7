import type { ItemLink } from "../catalog/item-link.ts";
import { ok } from "../platform/result.ts";
import { type Validated, refuseColumn } from "./checked.ts";
import type { LinkRow } from "./rows.ts";

/** One link from its row; the ratio is one to one by default. */
export function assembleLink(row: LinkRow): Validated<ItemLink> {
  const { itemId, linkedItemId, ratio = 1, linkedRatio = 1, lagDays, bidirectional } = row;
  if (itemId === linkedItemId)
    return refuseColumn("linkedItemId", "same-item", `linkedItemId is the item itself, ${itemId}`);
  return ok({
    itemId,
    linkedItemId,
    ratio,
    linkedRatio,
    ...(lagDays === undefined ? {} : { lagDays }),
    ...(bidirectional === undefined ? {} : { bidirectional }),
  });
}
