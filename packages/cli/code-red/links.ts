import { type ItemLink, type LinkedPair, itemLinkSchema } from "@regulars/core/catalog/item-link";
import { MOST_RATIO, ratioText } from "@regulars/core/catalog/link-rules";
import { itemIdSchema } from "@regulars/core/platform/values";
import { setLink } from "@regulars/flows/code-red/set-link";
import { UserError } from "@regulars/local/user-error";
import { checkedArgument, oneOf, tenantArgument, wholeNumber } from "../arguments.ts";
import { type Session, printJson, usable, withExistingSystem } from "../session.ts";
import { textTable } from "../text-table.ts";
import {
  type AskedLinks,
  type ItemText,
  type SuggestOptions,
  decide,
  itemTextOf,
  requestOf,
  reviewList,
  suggest,
} from "./link-suggestions.ts";
import { linksActions } from "./actions.ts";

export interface LinksOptions extends SuggestOptions {
  readonly tenant: string;
  readonly ratio?: string;
  readonly linkedRatio?: string;
  readonly lagDays?: string;
  readonly bidirectional?: boolean;
  readonly item?: string;
}

const LONGEST_LAG = 365;

/** `regulars links [ACTION] [ITEM] [LINKED]`: the links between items, and those that orders suggest. */
export function linksCommand(
  session: Session,
  actionName: string,
  pair: readonly (string | undefined)[],
  options: LinksOptions,
): Promise<number> {
  const action = oneOf(linksActions, "action", actionName);
  const tenantId = tenantArgument(options.tenant);
  const run = workOf(action, pair, options);
  return withExistingSystem(session, async (system) => {
    const opened = await system.openTenant(tenantId);
    await run({ opened, session, now: system.runtime.clock() });
    return 0;
  });
}

type Work = (asked: AskedLinks) => Promise<void>;

/** Refuses unusable arguments before anything is opened. */
function workOf(
  action: (typeof linksActions)[number],
  given: readonly (string | undefined)[],
  options: LinksOptions,
): Work {
  switch (action) {
    case "list":
      return list(options);
    case "set":
      return set(linkOf(pairOf(given), options));
    case "remove":
      return remove(pairOf(given));
    case "suggest":
      return suggest(requestOf(options), options);
    case "suggestions":
      return reviewList(options);
    case "accept":
      return decide(pairOf(given), "accepted", options);
    case "reject":
      return decide(pairOf(given), "rejected", options);
  }
}

function pairOf([item, linked]: readonly (string | undefined)[]): LinkedPair {
  if (item === undefined || linked === undefined) throw new UserError("name both items: the item and the linked one");
  return {
    itemId: checkedArgument(itemIdSchema, "item", item),
    linkedItemId: checkedArgument(itemIdSchema, "linked item", linked),
  };
}

function linkOf(pair: LinkedPair, { ratio = "1", linkedRatio = "1", lagDays, bidirectional }: LinksOptions): ItemLink {
  const bounds = { least: 1, most: MOST_RATIO };
  return itemLinkSchema.parse({
    ...pair,
    ratio: wholeNumber("--ratio", ratio, bounds),
    linkedRatio: wholeNumber("--linked-ratio", linkedRatio, bounds),
    ...(lagDays === undefined ? {} : { lagDays: wholeNumber("--lag-days", lagDays, { least: 0, most: LONGEST_LAG }) }),
    ...(bidirectional === true ? { bidirectional } : {}),
  });
}

function list({ item }: LinksOptions): Work {
  const itemId = item === undefined ? undefined : checkedArgument(itemIdSchema, "--item", item);
  return async ({ opened, session }) => {
    const all = await opened.store.links.list();
    const links = all.filter((link) => itemId === undefined || [link.itemId, link.linkedItemId].includes(itemId));
    if (session.json) printJson(session, { tenant: opened.tenant.tenantId, links });
    else if (links.length === 0) session.print("no links\n");
    else session.print(`${linkTable(links, await itemTextOf(opened, links))}\n`);
  };
}

const linkTable = (links: readonly ItemLink[], shown: ItemText): string =>
  textTable(
    ["ITEM", "LINKED ITEM", "RATIO", "DAYS LATER", "SHOWN BOTH WAYS"],
    links.map((link) => [
      shown(link.itemId),
      shown(link.linkedItemId),
      ratioText(link),
      String(link.lagDays ?? 0),
      link.bidirectional === true ? "yes" : "no",
    ]),
  );

function set(link: ItemLink): Work {
  return async ({ opened, session }) => {
    const { tenant, store } = opened;
    const outcome = usable(await setLink({ tenant, links: store.links, link }));
    if (session.json) printJson(session, { outcome, link });
    else session.print(`${outcome}: ${link.itemId} with ${link.linkedItemId} as ${ratioText(link)}\n`);
  };
}

function remove(pair: LinkedPair): Work {
  return async ({ opened, session }) => {
    const { itemId, linkedItemId } = pair;
    if (!(await opened.store.links.remove(pair)))
      throw new UserError(`unknown-link: there is no link from ${itemId} to ${linkedItemId}`);
    if (session.json) printJson(session, { removed: pair });
    else session.print(`removed: ${itemId} with ${linkedItemId}\n`);
  };
}
