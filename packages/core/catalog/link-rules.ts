import * as z from "zod";
import type { ItemError } from "../platform/field-error.ts";
import type { ItemId } from "../platform/values.ts";
import type { Tenant } from "../tenants/tenant.ts";
import type { ItemLink, LinkedPair } from "./item-link.ts";

/** The largest number of a link's ratio that somebody enters. */
export const MOST_RATIO = 1000;

/** The months in which linked items are compared, and the days of the longest such window. */
export const linkMonths = [1, 3, 6, 12] as const;
export const usualLinkMonths = 3;
const WINDOW_DAYS = { 1: 31, 3: 92, 6: 184, 12: 365 } as const;

const stored = z.object({ linkMonths: z.literal(linkMonths).catch(usualLinkMonths) });

/** The window in which a tenant compares linked items. */
export function linkWindow({ codeRed }: Pick<Tenant, "codeRed">): { readonly months: number; readonly days: number } {
  const months = stored.parse({ linkMonths: codeRed["linkMonths"] }).linkMonths;
  return { months, days: WINDOW_DAYS[months] };
}

/** What is wrong with a link by itself: an item with itself, or a linked item that comes after the compared window. */
export function faultOfLink(link: ItemLink, tenant: Pick<Tenant, "codeRed">): ItemError | undefined {
  const { itemId, linkedItemId, lagDays = 0 } = link;
  if (itemId === linkedItemId)
    return { path: "linkedItemId", code: "same-item", message: `linkedItemId is the item itself, ${itemId}` };
  const { months, days } = linkWindow(tenant);
  if (lagDays > days)
    return {
      path: "lagDays",
      code: "beyond-window",
      message: `lagDays "${lagDays}" is longer than the ${months} months that are compared: 0 to ${days} are allowed`,
    };
  return undefined;
}

/** Whether the other direction of a pair expects other quantities: 1 with 24 one way is 24 with 1 the other way. */
export const contradicts = (link: Ratio, mirror: Ratio): boolean =>
  link.ratio * mirror.ratio !== link.linkedRatio * mirror.linkedRatio;

type Ratio = Pick<ItemLink, "ratio" | "linkedRatio">;

/** The fault of a link that contradicts the one that is stored, or given before, for the other direction. */
export const contradictionFault = (link: ItemLink, mirror: ItemLink): ItemError => ({
  path: "ratio",
  code: "contradicts",
  message: `ratio "${ratioText(link)}" from ${link.itemId} to ${link.linkedItemId} contradicts ${ratioText(mirror)} from ${mirror.itemId} to ${mirror.linkedItemId}: ${ratioText({ ratio: mirror.linkedRatio, linkedRatio: mirror.ratio })} or a multiple of it is allowed`,
});

/** The fault of a link with items that the tenant does not have; `undefined` when it has both. */
export function unknownItemFault(link: LinkedPair, known: ReadonlySet<ItemId>): ItemError | undefined {
  const path = (["itemId", "linkedItemId"] as const).find((one) => !known.has(link[one]));
  if (path === undefined) return undefined;
  const message = `${path} "${link[path]}" is no item that was imported or ordered: import it first`;
  return { path, code: "unknown-item", message };
}

/** A ratio as people write it: `1:24`. */
export const ratioText = ({ ratio, linkedRatio }: Ratio): string => `${ratio}:${linkedRatio}`;
