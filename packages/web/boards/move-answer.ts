import type { Deal } from "@regulars/core/deals/deal";
import { ok } from "@regulars/core/platform/result";
import { statusNow } from "@regulars/core/sales-plans/status";
import type { SalesContext } from "@regulars/flows/sales-context";
import { problemResponse, refused } from "@regulars/functions/api/http/problem";
import { changeDealByForm } from "../deals/deal-form.ts";
import { readDealPage } from "../deals/deal-page.ts";
import { dealView } from "../deals/deal-view.ts";
import { cardAnchorOf } from "../page/addresses.ts";
import { wantsHtml } from "../page/admit.ts";
import { pathAndQuery, refusedPage } from "../page/html-response.ts";
import type { Html } from "../page/layout.ts";
import { SEES_DEALS } from "../page/needs.ts";
import { type OpenTenant, inTenant } from "../page/open-tenant.ts";
import { formRefusal, inOwnWords, refusal } from "../page/refusal.ts";
import { type RefusedForm, refusedForm } from "../page/refused-form.ts";
import type { PageContext } from "../page/viewer.ts";
import { readBoardPage } from "./board-page.ts";
import { boardView } from "./board-view.ts";

type ContextOf = (opened: OpenTenant) => SalesContext;

/** Refusals that the deal's page asks about: its form has all fields of a closing. */
const ASKED_ON_PAGE: readonly string[] = ["reason-required", "reason-not-offered", "clarification-required"];

/** Moves a deal as the form of its card asks. The script gets words to say; without it the board comes again. */
export async function moveAnswer(c: PageContext, contextOf: ContextOf): Promise<Response> {
  const { tenant = "", plan = "" } = c.req.param();
  const form = await c.req.parseBody();
  const dealText = String(form["deal"] ?? "");
  const done = await inTenant(c, tenant, SEES_DEALS, async (opened) => {
    const context = contextOf(opened);
    const changed = await changeDealByForm(context, opened, plan, dealText, form);
    if (!changed.ok)
      return changed.reason === "unknown-status"
        ? { ...changed, message: opened.words.say("board.noColumn") }
        : changed;
    return ok({ deal: changed.value, said: await movedWords(context, opened, changed.value) });
  });
  if (done.ok) await c.var.runtime.queues.send("webhooks", { tenantId: tenant });
  if (!wantsHtml(c)) {
    if (!done.ok) return problemResponse(refused(await inOwnWords(c, done)), c.var.requestId);
    return c.json({ said: done.value.said, version: done.value.deal.version });
  }
  if (done.ok) return c.redirect(`${pathAndQuery(c)}#${cardAnchorOf(done.value.deal.dealId)}`, 303);
  return formRefusal(c, done, (told) => {
    const again = refusedForm(told.message, form);
    return ASKED_ON_PAGE.includes(done.reason) ? dealAgain(c, contextOf, again) : boardAgain(c, contextOf, again);
  });
}

async function movedWords(
  { store }: SalesContext,
  { words }: OpenTenant,
  { title, planId, statusId }: Deal,
): Promise<string> {
  const plan = await store.salesPlans.plan(planId);
  const stat = (plan && statusNow(plan, statusId)?.name) ?? statusId;
  return words.say("board.isIn", { name: title, stat });
}

/** The board with the reason above it, and the form that was refused open and as it was filled. */
export async function boardAgain(c: PageContext, contextOf: ContextOf, again: RefusedForm): Promise<Response> {
  const { tenant = "", plan = "" } = c.req.param();
  const page = await inTenant(c, tenant, SEES_DEALS, async (opened) => {
    const asked = await readBoardPage(contextOf(opened), opened, plan, c.req.query());
    return asked.ok || asked.reason !== "unusable-query" ? asked : readBoardPage(contextOf(opened), opened, plan, {});
  });
  return page.ok ? formAgain(c, boardView(page.value, again)) : refusal(c, page);
}

async function dealAgain(c: PageContext, contextOf: ContextOf, again: RefusedForm): Promise<Response> {
  const { tenant = "", plan = "" } = c.req.param();
  const page = await inTenant(c, tenant, SEES_DEALS, (opened) =>
    readDealPage(contextOf(opened), opened, plan, again.fields["deal"] ?? ""),
  );
  return page.ok ? formAgain(c, dealView(page.value, again)) : refusal(c, page);
}

const formAgain = (c: PageContext, view: Html): Promise<Response> => refusedPage(c, view, 422);
