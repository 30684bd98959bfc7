import type { SalesContext } from "@regulars/flows/sales-context";
import { salesContextOf } from "@regulars/functions/effects";
import type { Runtime } from "@regulars/functions/runtime";
import type { Hono } from "hono";
import { formResponse, htmlResponse } from "../page/html-response.ts";
import { type Needs, SEES_DEALS } from "../page/needs.ts";
import { type OpenTenant, inTenant } from "../page/open-tenant.ts";
import { type RefusedForm, refusedForm } from "../page/refused-form.ts";
import { formRefusal, refusal } from "../page/refusal.ts";
import { savedResponse } from "../page/saved.ts";
import { type PageContext, type PageEnv, newPages } from "../page/viewer.ts";
import { STALE } from "../page/stale-form.ts";
import { readPlansPage, saveReasonByForm } from "./reasons-page.ts";
import { plansView } from "./plans-view.ts";
import { reasonsView } from "./reasons-view.ts";

const MANAGES: Needs = ["plans.manage"];

/** The list of a tenant's sales plans, and the reasons why their deals are lost. */
export function plansPages({ runtime }: { readonly runtime: Runtime }): Hono<PageEnv> {
  const pages = newPages();
  const contextOf = ({ tenant, whole }: OpenTenant): SalesContext => salesContextOf(tenant, whole, runtime);

  pages.get("/plans/:tenant", async (c) => {
    const page = await inTenant(c, c.req.param("tenant"), SEES_DEALS, (opened) =>
      readPlansPage(contextOf(opened), opened),
    );
    return page.ok ? htmlResponse(c, plansView(page.value, c.var.words)) : refusal(c, page);
  });

  const reasonsPage = async (c: PageContext, tenant: string, sent?: RefusedForm, reason?: string) => {
    const page = await inTenant(c, tenant, MANAGES, (opened) => readPlansPage(contextOf(opened), opened));
    if (!page.ok) return refusal(c, page);
    const isStale = reason === STALE;
    const refused = sent && isStale ? { ...sent, message: c.var.words.say("settings.stale") } : sent;
    const view = reasonsView(page.value, c.var.words, { refused, isStale });
    return formResponse(c, view, refused, isStale);
  };

  pages.get("/refusal-reasons/:tenant", (c) => reasonsPage(c, c.req.param("tenant")));
  pages.post("/refusal-reasons/:tenant", async (c) => {
    const tenant = c.req.param("tenant");
    const form = refusedForm("", await c.req.parseBody());
    const done = await inTenant(c, tenant, MANAGES, (opened) =>
      saveReasonByForm(contextOf(opened), form.fields, opened.words),
    );
    return done.ok
      ? savedResponse(c)
      : formRefusal(c, done, (told) => reasonsPage(c, tenant, { ...form, message: told.message }, told.reason));
  });

  return pages;
}
