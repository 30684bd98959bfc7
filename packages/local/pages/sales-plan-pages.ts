import type { SalesContext } from "@regulars/flows/sales-context";
import { salesContextOf } from "@regulars/functions/effects";
import type { Runtime } from "@regulars/functions/runtime";
import type { Table } from "@regulars/store/engine/table";
import { Hono } from "hono";
import { csrf } from "hono/csrf";
import { htmlResponse, notFound, refusedPage } from "../http/html-response.ts";
import { readBoardPage } from "./board-page.ts";
import { boardView } from "./board-view.ts";
import { changeDealByForm } from "./deal-form.ts";
import { readDealListPage } from "./deal-list-page.ts";
import { dealListView } from "./deal-list-view.ts";
import { readDealPage } from "./deal-page.ts";
import { dealView } from "./deal-view.ts";
import { filteredPage } from "./filtered-page.ts";
import { type OpenTenant, inTenant } from "./open-tenant.ts";
import { readRefusalDealsPage } from "./refusal-deals-page.ts";
import { refusalDealsView } from "./refusal-deals-view.ts";
import { readRefusalsPage } from "./refusals-page.ts";
import { refusalsView } from "./refusals-view.ts";
import { refusedForm } from "./refused-form.ts";
import { refusalPage } from "./refusal-view.ts";

interface PlanPagesOptions {
  readonly table: Table;
  readonly runtime: Runtime;
}

/** Pages of sales plans: boards, deals with their actions, and the refusal report. */
export function planPages({ table, runtime }: PlanPagesOptions): Hono {
  const pages = new Hono();
  const contextOf = ({ tenant, whole }: OpenTenant): SalesContext => salesContextOf(tenant, whole, runtime);

  pages.get("/plans/:tenant/:plan", (c) => {
    const { tenant, plan } = c.req.param();
    return filteredPage(
      c,
      (query) => inTenant(table, tenant, (opened) => readBoardPage(contextOf(opened), opened, plan, query)),
      boardView,
    );
  });

  pages.get("/plans/:tenant/:plan/list", (c) => {
    const { tenant, plan } = c.req.param();
    return filteredPage(
      c,
      (query) => inTenant(table, tenant, (opened) => readDealListPage(contextOf(opened), opened, plan, query)),
      dealListView,
    );
  });

  pages.get("/plans/:tenant/:plan/deals/:deal", async (c) => {
    const { tenant, plan, deal } = c.req.param();
    const page = await inTenant(table, tenant, (opened) => readDealPage(contextOf(opened), opened, plan, deal));
    return page.ok ? htmlResponse(c, dealView(page.value), { hasForms: true }) : notFound(c, refusalPage(page.message));
  });

  pages.post("/plans/:tenant/:plan/deals/:deal", csrf(), async (c) => {
    const { tenant, plan, deal } = c.req.param();
    const form = await c.req.parseBody();
    const done = await inTenant(table, tenant, async (opened) =>
      changeDealByForm(contextOf(opened), await opened.store.users(), plan, deal, form),
    );
    if (!done.ok) {
      const page = await inTenant(table, tenant, (opened) => readDealPage(contextOf(opened), opened, plan, deal));
      if (!page.ok) return notFound(c, refusalPage(page.message));
      return refusedPage(c, dealView(page.value, refusedForm(done.message, form)), 422, { hasForms: true });
    }
    await runtime.queues.send("webhooks", { tenantId: done.value });
    return c.redirect(c.req.path, 303);
  });

  pages.get("/refusals/:tenant", (c) =>
    filteredPage(
      c,
      (query) => inTenant(table, c.req.param("tenant"), (opened) => readRefusalsPage(contextOf(opened), opened, query)),
      refusalsView,
    ),
  );

  pages.get("/refusals/:tenant/deals", async (c) => {
    const page = await inTenant(table, c.req.param("tenant"), (opened) =>
      readRefusalDealsPage(contextOf(opened), opened, c.req.query()),
    );
    return page.ok ? htmlResponse(c, refusalDealsView(page.value)) : notFound(c, refusalPage(page.message));
  });

  return pages;
}
