import { ok } from "@regulars/core/platform/result";
import type { SalesContext } from "@regulars/flows/sales-context";
import { salesContextOf } from "@regulars/functions/effects";
import type { Runtime } from "@regulars/functions/runtime";
import type { Hono } from "hono";
import { formResponse, htmlResponse } from "../page/html-response.ts";
import type { Needs } from "../page/needs.ts";
import { ROWS_FIELD, withRowsAsked } from "../page/form-rows.ts";
import { type OpenTenant, inTenant } from "../page/open-tenant.ts";
import { type RefusedForm, refusedForm } from "../page/refused-form.ts";
import { formRefusal, refusal } from "../page/refusal.ts";
import { savedResponse } from "../page/saved.ts";
import { type PageContext, type PageEnv, newPages } from "../page/viewer.ts";
import { createPlanByForm } from "./new-plan-form.ts";
import { readNewPlanPage } from "./new-plan-page.ts";
import { newPlanView } from "./new-plan-view.ts";
import { changePlanByForm, planOf } from "./plan-form.ts";
import { readPlanSettings } from "./plan-settings-page.ts";
import { planSettingsView } from "./plan-settings-view.ts";

const MANAGES: Needs = ["plans.manage"];

/** Rules and members are tried before they are saved; a plan is archived only after it was said what that would do. */
const isTried = ({ fields }: RefusedForm): boolean =>
  fields["action"] === "try" ||
  (fields["action"] === "members" && fields["do"] === "try") ||
  (fields["action"] === "archive" && fields["do"] !== "save");

const withRows = (sent: RefusedForm | undefined): RefusedForm | undefined =>
  sent && { ...sent, fields: withRowsAsked(sent.fields) };
/** With a row more or less nothing is refused. */
const reallyRefused = (sent: RefusedForm | undefined): RefusedForm | undefined =>
  sent?.message === "" ? undefined : sent;

/** The form of a new sales plan, and the settings of one, with what its rules would do. */
export function planSettingsPages({ runtime }: { readonly runtime: Runtime }): Hono<PageEnv> {
  const pages = newPages();
  const contextOf = ({ tenant, whole }: OpenTenant): SalesContext => salesContextOf(tenant, whole, runtime);

  const newPlanPage = async (c: PageContext, sent?: RefusedForm) => {
    const page = await inTenant(c, c.req.param("tenant") ?? "", MANAGES, async (opened) =>
      ok(await readNewPlanPage(contextOf(opened), opened)),
    );
    if (!page.ok) return refusal(c, page);
    return formResponse(c, newPlanView(page.value, c.var.words, withRows(sent)), reallyRefused(sent));
  };

  pages.get("/new-plan/:tenant", (c) => newPlanPage(c));
  pages.post("/new-plan/:tenant", async (c) => {
    const tenant = c.req.param("tenant");
    const form = refusedForm("", await c.req.parseBody());
    if (form.fields[ROWS_FIELD] !== undefined) return newPlanPage(c, form);
    const made = await inTenant(c, tenant, MANAGES, async (opened) => {
      const context = contextOf(opened);
      return createPlanByForm(context, await readNewPlanPage(context, opened), form.fields, opened.words);
    });
    return made.ok
      ? c.redirect(`/plans/${tenant}/${made.value.planId}`, 303)
      : formRefusal(c, made, (told) => newPlanPage(c, { ...form, message: told.message }));
  });

  const settingsPage = async (c: PageContext, sent?: RefusedForm, reason?: string) => {
    const { tenant = "", plan = "" } = c.req.param();
    const page = await inTenant(c, tenant, MANAGES, (opened) => readPlanSettings(contextOf(opened), opened, plan));
    if (!page.ok) return refusal(c, page);
    const isStale = reason === "stale-version";
    const view = planSettingsView(page.value, c.var.words, { refused: withRows(sent), isStale });
    return formResponse(c, view, reallyRefused(sent), isStale);
  };

  const triedPage = async (c: PageContext, form: RefusedForm) => {
    const { tenant = "", plan = "" } = c.req.param();
    const page = await inTenant(c, tenant, MANAGES, (opened) =>
      readPlanSettings(contextOf(opened), opened, plan, form.fields),
    );
    if (!page.ok) return formRefusal(c, page, (told) => settingsPage(c, { ...form, message: told.message }));
    return htmlResponse(c, planSettingsView(page.value, c.var.words, { tried: form.fields }));
  };

  pages.get("/plans/:tenant/:plan/settings", (c) => settingsPage(c));
  pages.post("/plans/:tenant/:plan/settings", async (c) => {
    const { tenant, plan } = c.req.param();
    const form = refusedForm("", await c.req.parseBody());
    if (isTried(form)) return triedPage(c, form);
    if (form.fields[ROWS_FIELD] !== undefined) return settingsPage(c, form);
    const done = await inTenant(c, tenant, MANAGES, async (opened) => {
      const context = contextOf(opened);
      const found = await planOf(context, opened, plan);
      if (!found.ok) return found;
      const changed = await changePlanByForm(context, opened, found.value, form.fields);
      if (!changed.ok) return changed;
      const state = await context.store.assignment.assignmentStateOf(changed.value.planId);
      if (state?.hasUnassigned === true)
        await runtime.queues.send("plans", { tenantId: opened.tenant.tenantId, planId: changed.value.planId });
      return ok(changed.value);
    });
    return done.ok
      ? savedResponse(c)
      : formRefusal(c, done, (told) => settingsPage(c, { ...form, message: told.message }, told.reason));
  });

  return pages;
}
