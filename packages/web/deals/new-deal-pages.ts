import { dealThing } from "@regulars/core/deals/edit-rights";
import { type Result, ok } from "@regulars/core/platform/result";
import type { Added } from "@regulars/flows/leads/add-to-plan";
import { salesContextOf } from "@regulars/functions/effects";
import type { Runtime } from "@regulars/functions/runtime";
import type { Hono } from "hono";
import { cardAnchorOf, planPath } from "../page/addresses.ts";
import { formResponse, htmlResponse } from "../page/html-response.ts";
import { SEES_DEALS } from "../page/needs.ts";
import { type OpenTenant, inTenant } from "../page/open-tenant.ts";
import { type RefusedForm, refusedForm } from "../page/refused-form.ts";
import { formRefusal, refusal } from "../page/refusal.ts";
import { type PageContext, type PageEnv, newPages } from "../page/viewer.ts";
import { KEY_USED, addDealByForm } from "./new-deal-form.ts";
import { type NewDealPage, readNewDealPage } from "./new-deal-page.ts";
import { type NewDealOutcome, newDealOutcomeView, newDealView } from "./new-deal-view.ts";

/** The form of a new deal, and what it came to. */
export function newDealPages({ runtime }: { readonly runtime: Runtime }): Hono<PageEnv> {
  const pages = newPages();

  const formPage = async (c: PageContext, refused?: RefusedForm) => {
    const { tenant = "", plan = "" } = c.req.param();
    const page = await inTenant(c, tenant, SEES_DEALS, (opened) =>
      readNewDealPage(salesContextOf(opened.tenant, opened.whole, runtime), opened, plan),
    );
    return page.ok ? formResponse(c, newDealView(page.value, c.var.words, refused), refused) : refusal(c, page);
  };

  pages.get("/plans/:tenant/:plan/new-deal", (c) => formPage(c));
  pages.post("/plans/:tenant/:plan/new-deal", async (c) => {
    const { tenant, plan } = c.req.param();
    const form = refusedForm("", await c.req.parseBody());
    const done = await inTenant(c, tenant, SEES_DEALS, async (opened): Promise<Result<Done>> => {
      const context = salesContextOf(opened.tenant, opened.whole, runtime);
      const page = await readNewDealPage(context, opened, plan);
      if (!page.ok) return page;
      const added = await addDealByForm(context, opened, page.value, form.fields);
      if (!added.ok) return added;
      const isUpdate = form.fields["onDuplicate"] === "update";
      return ok({ page: page.value, added: added.value, came: outcomeOf(added.value, isUpdate, page.value, opened) });
    });
    if (!done.ok) {
      // A form that added a deal already gets an id of its own for another one.
      const { key: _used, ...withoutKey } = form.fields;
      const fields = done.reason === KEY_USED ? withoutKey : form.fields;
      return formRefusal(c, done, (told) => formPage(c, { fields, message: told.message }));
    }
    const { page, added, came } = done.value;
    if (added.fault !== undefined) noteFault(c, added);
    await runtime.queues.send("webhooks", { tenantId: tenant });
    if (came !== undefined) return htmlResponse(c, newDealOutcomeView(page, c.var.words, came));
    const board = planPath(page.tenant.tenantId, page.plan.planId);
    return c.redirect(`${board}?added=${added.dealId}#${cardAnchorOf(added.dealId)}`, 303);
  });

  return pages;
}

interface Done {
  readonly page: NewDealPage;
  readonly added: Added;
  readonly came: NewDealOutcome | undefined;
}

/** What is told instead of the board; nothing of a new deal that the viewer sees there. */
function outcomeOf(
  { dealId, deal, isDuplicate, isHidden }: Added,
  isUpdate: boolean,
  { plan }: NewDealPage,
  { decide }: OpenTenant,
): NewDealOutcome | undefined {
  if (isHidden) return { type: isDuplicate ? "hidden" : "notYours" };
  // One that still waits for its manager has no title yet that could be read.
  if (isDuplicate) return { type: isUpdate ? "updated" : "there", deal: deal ?? { dealId, title: dealId } };
  if (deal === undefined) return { type: "waits" };
  return decide("deal.see", dealThing(deal, plan)) ? undefined : { type: "notYours" };
}

/** The deal is stored, and will be assigned: nobody is refused for it. */
function noteFault({ var: { runtime, requestId } }: PageContext, { dealId, fault }: Added): void {
  const reason = fault instanceof Error ? (fault.stack ?? fault.message) : String(fault);
  runtime.log.error("lead awaiting assignment", { requestId, dealId, reason });
}
