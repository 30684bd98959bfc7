import { ok } from "@regulars/core/platform/result";
import { toInstant } from "@regulars/core/platform/values";
import { reportPage } from "@regulars/functions/api/backtests/report-page";
import type { Runtime } from "@regulars/functions/runtime";
import type { Hono } from "hono";
import { htmlResponse, refusedPage } from "../page/html-response.ts";
import { backtestsPath } from "../page/addresses.ts";
import { askForBacktest, readBacktestsPage, readReport } from "./backtests-page.ts";
import { backtestsView } from "./backtests-view.ts";
import { SEES_TEAM, STARTS_BACKTESTS } from "../page/needs.ts";
import { inTenant } from "../page/open-tenant.ts";
import { refusedForm } from "../page/refused-form.ts";
import { formRefusal, refusal } from "../page/refusal.ts";
import { type PageEnv, newPages } from "../page/viewer.ts";

interface BacktestPagesOptions {
  readonly runtime: Runtime;
}

/** Pages of a tenant's backtests: the list with progress, the form that starts one, and each report. */
export function backtestPages({ runtime }: BacktestPagesOptions): Hono<PageEnv> {
  const pages = newPages();

  pages.get("/backtests/:tenant", async (c) => {
    const now = toInstant(runtime.clock());
    const page = await inTenant(c, c.req.param("tenant"), SEES_TEAM, (opened) => readBacktestsPage(opened, now));
    return page.ok ? htmlResponse(c, backtestsView(page.value, c.var.words)) : refusal(c, page);
  });

  pages.post("/backtests/:tenant", async (c) => {
    const form = await c.req.parseBody();
    const now = toInstant(runtime.clock());
    const asked = await inTenant(c, c.req.param("tenant"), STARTS_BACKTESTS, async (opened) => {
      const { tenantId } = opened.tenant;
      const backtestId = await askForBacktest(opened, form, now);
      if (backtestId.ok) await runtime.queues.send("backtests", { tenantId, backtestId: backtestId.value });
      return backtestId.ok ? ok(backtestsPath(tenantId)) : backtestId;
    });
    if (asked.ok) return c.redirect(asked.value, 303);
    return formRefusal(c, asked, async (told) => {
      const page = await inTenant(c, c.req.param("tenant"), SEES_TEAM, (opened) => readBacktestsPage(opened, now));
      if (!page.ok) return refusal(c, page);
      const refused = refusedForm(told.message, form);
      return refusedPage(c, backtestsView(page.value, c.var.words, refused), 422);
    });
  });

  pages.get("/backtests/:tenant/:id", async (c) => {
    const { tenant, id } = c.req.param();
    const page = await inTenant(c, tenant, SEES_TEAM, async (opened) => {
      const report = await readReport(opened, id);
      return report.ok
        ? ok(reportPage(opened.tenant.name, report.value, opened.words, backtestsPath(opened.tenant.tenantId)))
        : report;
    });
    return page.ok ? c.body(page.value.body, 200, page.value.headers) : refusal(c, page);
  });

  return pages;
}
