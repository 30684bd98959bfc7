import { idOfSegment } from "@regulars/core/platform/id-text";
import { ok } from "@regulars/core/platform/result";
import type { SalesContext } from "@regulars/flows/sales-context";
import { salesContextOf } from "@regulars/functions/effects";
import type { Runtime } from "@regulars/functions/runtime";
import type { Hono } from "hono";
import { dealOperationPath, planSettingsPath } from "../page/addresses.ts";
import { formResponse } from "../page/html-response.ts";
import type { Needs } from "../page/needs.ts";
import { type OpenTenant, inTenant } from "../page/open-tenant.ts";
import { type RefusedForm, refusedForm } from "../page/refused-form.ts";
import { formRefusal, refusal } from "../page/refusal.ts";
import { savedResponse } from "../page/saved.ts";
import { STALE } from "../page/stale-form.ts";
import { type PageContext, type PageEnv, newPages } from "../page/viewer.ts";
import { leaveByForm } from "./leave-form.ts";
import { leaverOf, readLeavePage } from "./leave-page.ts";
import { leaveView } from "./leave-view.ts";

const MANAGES: Needs = ["plans.manage"];

function placesOf(c: PageContext) {
  const { tenant = "", plan = "", member = "" } = c.req.param();
  return { tenant, plan, member: idOfSegment(member) ?? "" };
}

/** The page of a member who leaves a sales plan: who gets their open deals. */
export function leavePages({ runtime }: { readonly runtime: Runtime }): Hono<PageEnv> {
  const pages = newPages();
  const contextOf = ({ tenant, whole }: OpenTenant): SalesContext => salesContextOf(tenant, whole, runtime);

  const shown = async (c: PageContext, sent?: RefusedForm, isStale = false) => {
    const { tenant, plan, member } = placesOf(c);
    const page = await inTenant(c, tenant, MANAGES, (opened) => readLeavePage(contextOf(opened), opened, plan, member));
    return page.ok ? formResponse(c, leaveView(page.value, c.var.words, sent), sent, isStale) : refusal(c, page);
  };

  pages.get("/plans/:tenant/:plan/members/:member", (c) => shown(c));
  pages.post("/plans/:tenant/:plan/members/:member", async (c) => {
    const { tenant, plan, member } = placesOf(c);
    const form = refusedForm("", await c.req.parseBody());
    const done = await inTenant(c, tenant, MANAGES, async (opened) => {
      const context = contextOf(opened);
      const found = await leaverOf(context, opened, plan, member);
      if (!found.ok) return found;
      const { planId } = found.value.plan;
      const { tenantId } = opened.tenant;
      const operation = await leaveByForm(context, opened, found.value.plan, found.value.user.userId, form.fields);
      if (!operation.ok) return operation;
      const state = await context.store.assignment.assignmentStateOf(planId);
      if (state?.hasUnassigned === true) await runtime.queues.send("plans", { tenantId, planId });
      return ok({ tenantId, planId, operation: operation.value });
    });
    if (!done.ok)
      return formRefusal(c, done, ({ reason, message }) => shown(c, { ...form, message }, reason === STALE));
    const { tenantId, planId, operation } = done.value;
    if (operation === undefined || operation.total === 0) return savedResponse(c, planSettingsPath(tenantId, planId));
    const { operationId, state } = operation;
    if (state === "running") await runtime.queues.send("plans", { tenantId, operationId });
    await runtime.queues.send("webhooks", { tenantId });
    return c.redirect(dealOperationPath(tenantId, planId, operationId), 303);
  });

  return pages;
}
