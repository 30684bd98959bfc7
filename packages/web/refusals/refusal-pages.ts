import type { SalesContext } from "@regulars/flows/sales-context";
import { salesContextOf } from "@regulars/functions/effects";
import type { Runtime } from "@regulars/functions/runtime";
import type { Table } from "@regulars/store/engine/table";
import { Hono } from "hono";
import { htmlResponse, notFound } from "../page/html-response.ts";
import { filteredPage } from "../page/filtered-page.ts";
import { type OpenTenant, inTenant } from "../page/open-tenant.ts";
import { refusalPage } from "../page/refusal-view.ts";
import { readRefusalDealsPage } from "./refusal-deals-page.ts";
import { refusalDealsView } from "./refusal-deals-view.ts";
import { readRefusalsPage } from "./refusals-page.ts";
import { refusalsView } from "./refusals-view.ts";

interface RefusalPagesOptions {
  readonly table: Table;
  readonly runtime: Runtime;
}

/** The refusal report, and the deals behind each of its figures. */
export function refusalPages({ table, runtime }: RefusalPagesOptions): Hono {
  const pages = new Hono();
  const contextOf = ({ tenant, whole }: OpenTenant): SalesContext => salesContextOf(tenant, whole, runtime);

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
