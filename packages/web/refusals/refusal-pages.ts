import type { SalesContext } from "@regulars/flows/sales-context";
import { salesContextOf } from "@regulars/functions/effects";
import type { Runtime } from "@regulars/functions/runtime";
import type { Hono } from "hono";
import { filteredPage } from "../page/filtered-page.ts";
import { SEES_DEALS } from "../page/needs.ts";
import { inTenant, type OpenTenant } from "../page/open-tenant.ts";
import { readRefusalDealsPage } from "./refusal-deals-page.ts";
import { reportCsv } from "@regulars/render/refusals/report-text";
import { queryOf } from "../page/query.ts";
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
    if (queryOf(c)["csv"] === undefined) return filteredPage(c, read, refusalsView);
    const page = await read(queryOf(c));
    if (!page.ok) return filteredPage(c, read, refusalsView);
    return c.body(reportCsv(page.value.report), 200, {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": 'attachment; filename="refusal-report.csv"',
    });
  });

  pages.get("/refusals/:tenant/deals", (c) =>
    filteredPage(
      c,
      (query) =>
        inTenant(c, c.req.param("tenant"), SEES_DEALS, (opened) =>
          readRefusalDealsPage(contextOf(opened), opened, query),
        ),
      refusalDealsView,
    ),
  );

  return pages;
}
