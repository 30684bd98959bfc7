import { createHash } from "node:crypto";
import { planIdSchema } from "@regulars/core/platform/ids";
import { ok } from "@regulars/core/platform/result";
import type { SalesContext } from "@regulars/flows/sales-context";
import { readPlace } from "../deals/sort-place.ts";
import { htmlResponse, pathAndQuery } from "../page/html-response.ts";
import { SEES_DEALS } from "../page/needs.ts";
import { type OpenTenant, inTenant } from "../page/open-tenant.ts";
import { refusal } from "../page/refusal.ts";
import type { PageContext } from "../page/viewer.ts";
import { type BoardPageView, readBoardPage } from "./board-page.ts";
import { boardPart } from "./board-view.ts";
import { CARDS } from "./shown-cards.ts";

/** Most cards of a column that its script asks for at once. */
const MOST_AT_ONCE = 100;

/** The columns, unless the browser has them already. */
interface Columns {
  readonly tag: string | undefined;
  readonly page: BoardPageView | undefined;
}

/**
 * The columns of a board for its script: as they are now, or the cards after a place. While nothing has changed the
 * answer is 304, from a few small reads.
 */
export async function columnsAnswer(
  c: PageContext,
  contextOf: (opened: OpenTenant) => SalesContext,
): Promise<Response> {
  const { tenant = "", plan = "" } = c.req.param();
  const query = c.req.query();
  const answer = await inTenant<Columns>(c, tenant, SEES_DEALS, async (opened) => {
    const context = contextOf(opened);
    const tag = await tagOf(c, context, plan);
    if (tag !== undefined && c.req.header("if-none-match") === tag) {
      opened.noteDecision("plan.see_all");
      return ok({ tag, page: undefined });
    }
    const after = readPlace(query["after"]);
    const limit = after === undefined ? CARDS : Math.min(Math.trunc(Number(query["limit"])) || CARDS, MOST_AT_ONCE);
    const page = await readBoardPage(context, opened, plan, query, { after, limit: Math.max(limit, 1) });
    return page.ok ? ok({ tag, page: page.value }) : page;
  });
  if (!answer.ok) return refusal(c, answer);
  const { tag, page } = answer.value;
  if (page === undefined) return c.body(null, 304);
  const response = await htmlResponse(c, boardPart(page));
  if (tag !== undefined) response.headers.set("etag", tag);
  return response;
}

/** Names what an address shows to its viewer at this moment; the user's id and rights are part of it. */
async function tagOf(c: PageContext, { store }: SalesContext, planText: string): Promise<string | undefined> {
  const planId = planIdSchema.safeParse(planText);
  if (!planId.success) return undefined;
  const [plan, stamp] = await Promise.all([store.salesPlans.plan(planId.data), store.boards.stamp(planId.data)]);
  const seen = JSON.stringify([pathAndQuery(c), plan?.version, stamp, c.var.place?.actor]);
  return `"${createHash("sha256").update(seen).digest("base64url").slice(0, 22)}"`;
}
