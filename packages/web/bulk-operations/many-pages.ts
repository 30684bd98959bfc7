import { ok } from "@regulars/core/platform/result";
import type { SalesContext } from "@regulars/flows/sales-context";
import { salesContextOf } from "@regulars/functions/effects";
import type { Runtime } from "@regulars/functions/runtime";
import type { Hono } from "hono";
import { boardAgain } from "../boards/move-answer.ts";
import { queryAddressOf, readDealQuery } from "../deals/deal-query.ts";
import { dealOperationPath, planPath } from "../page/addresses.ts";
import { htmlResponse } from "../page/html-response.ts";
import { SEES_DEALS } from "../page/needs.ts";
import { type OpenTenant, inTenant } from "../page/open-tenant.ts";
import { formRefusal, refusal } from "../page/refusal.ts";
import { type PageContext, type PageEnv, newPages } from "../page/viewer.ts";
import { type ManyForm, changeMany } from "./change-many.ts";
import { readOperationPage } from "./operation-page.ts";
import { operationView } from "./operation-view.ts";

/** The form of a board's chosen cards, and the page of what came of it. */
export function manyPages({ runtime }: { readonly runtime: Runtime }): Hono<PageEnv> {
  const pages = newPages();
  const contextOf = ({ tenant, whole }: OpenTenant): SalesContext => salesContextOf(tenant, whole, runtime);

  pages.post("/plans/:tenant/:plan/many", async (c) => {
    const { tenant, plan } = c.req.param();
    const form = await manyFormOf(c);
    const done = await inTenant(c, tenant, SEES_DEALS, async (opened) => {
      const operation = await changeMany(contextOf(opened), opened, plan, form);
      return operation.ok ? ok({ operation: operation.value, tenantId: opened.tenant.tenantId }) : operation;
    });
    if (!done.ok)
      return formRefusal(c, done, (told) => {
        const fields = { ...form.fields, chosen: form.deals.join(",") };
        return boardAgain(c, contextOf, { message: told.message, fields });
      });
    const { operation, tenantId } = done.value;
    const { operationId, planId, state, changed, failed } = operation;
    if (state === "running") await runtime.queues.send("plans", { tenantId, operationId });
    await runtime.queues.send("webhooks", { tenantId });
    if (state === "running" || failed > 0) return c.redirect(dealOperationPath(tenantId, planId, operationId), 303);
    const read = readDealQuery(planId, c.req.query(), c.var.words);
    const board = planPath(tenantId, planId);
    const change = { more: c.req.query("more") ?? "", changed: String(changed) };
    return c.redirect(read.ok ? queryAddressOf(board, read.value.asked, change) : board, 303);
  });

  pages.get("/plans/:tenant/:plan/operations/:operation", async (c) => {
    const { tenant, plan, operation } = c.req.param();
    const page = await inTenant(c, tenant, SEES_DEALS, (opened) =>
      readOperationPage(contextOf(opened), opened, plan, operation),
    );
    return page.ok ? htmlResponse(c, operationView(page.value, c.var.words)) : refusal(c, page);
  });

  return pages;
}

/** Every chosen card is a field of the same name. */
async function manyFormOf(c: PageContext): Promise<ManyForm> {
  const { deal = [], ...form } = await c.req.parseBody({ all: true });
  const deals = [deal].flat().filter((one) => typeof one === "string");
  const texts = Object.entries(form).filter((field): field is [string, string] => typeof field[1] === "string");
  return { fields: Object.fromEntries(texts), deals };
}
