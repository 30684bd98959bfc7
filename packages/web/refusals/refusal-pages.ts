import { ok } from "@regulars/core/platform/result";
import type { SalesContext } from "@regulars/flows/sales-context";
import { salesContextOf } from "@regulars/functions/effects";
import type { Runtime } from "@regulars/functions/runtime";
import type { Hono } from "hono";
import { filteredPage } from "../page/filtered-page.ts";
import { htmlResponse } from "../page/html-response.ts";
import { SEES_DEALS } from "../page/needs.ts";
import { inTenant, type OpenTenant } from "../page/open-tenant.ts";
import { cellSchema, readRefusalDealsPage } from "./refusal-deals-page.ts";
import { reportCsv } from "@regulars/render/refusals/report-text";
import { isOn, placeIn, queryOf, usableQuery } from "../page/query.ts";
import { refusal } from "../page/refusal.ts";
import { refusalDealsView } from "./refusal-deals-view.ts";
import { readRefusalsPage } from "./refusals-page.ts";
import { refusalsView } from "./refusals-view.ts";
import { type PageEnv, newPages } from "../page/viewer.ts";

interface RefusalPagesOptions {
  readonly runtime: Runtime;
}

/** The refusal report, and the deals behind each of its figures. */
export function refusalPages({ runtime }: RefusalPagesOptions): Hono<PageEnv> {
  const pages = newPages();
  const contextOf = ({ tenant, whole }: OpenTenant): SalesContext => salesContextOf(tenant, whole, runtime);

  pages.get("/refusals/:tenant", async (c) => {
    const read = (query: Readonly<Record<string, string>>) =>
      inTenant(c, c.req.param("tenant"), SEES_DEALS, (opened) => readRefusalsPage(contextOf(opened), opened, query));
    if (!isOn(c, "csv")) return filteredPage(c, read, refusalsView);
    const page = await read(queryOf(c));
    if (!page.ok) return filteredPage(c, read, refusalsView);
    return c.body(reportCsv(page.value.report), 200, {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": 'attachment; filename="refusal-report.csv"',
    });
  });

  pages.get("/refusals/:tenant/deals", async (c) => {
    const cell = usableQuery(c, cellSchema);
    const after = placeIn(c, "after");
    const page = await inTenant(c, c.req.param("tenant"), SEES_DEALS, async (opened) =>
      ok(await readRefusalDealsPage(contextOf(opened), opened, cell, after)),
    );
    return page.ok ? htmlResponse(c, refusalDealsView(page.value)) : refusal(c, page);
  });

  return pages;
}
