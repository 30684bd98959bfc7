import type { SalesContext } from "@regulars/flows/sales-context";
import { salesContextOf } from "@regulars/functions/effects";
import type { Runtime } from "@regulars/functions/runtime";
import type { Hono } from "hono";
import { filteredPage } from "../page/filtered-page.ts";
import { SEES_DEALS, inTenant, type OpenTenant } from "../page/open-tenant.ts";
import { readRefusalDealsPage } from "./refusal-deals-page.ts";
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

  pages.get("/refusals/:tenant", (c) =>
    filteredPage(
      c,
      (query) =>
        inTenant(c, c.req.param("tenant"), SEES_DEALS, (opened) => readRefusalsPage(contextOf(opened), opened, query)),
      refusalsView,
    ),
  );

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
