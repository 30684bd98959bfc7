import { ok } from "@regulars/core/platform/result";
import { toInstant } from "@regulars/core/platform/values";
import { reportPage } from "@regulars/functions/api/backtests/report-page";
import type { Runtime } from "@regulars/functions/runtime";
import type { Table } from "@regulars/store/engine/table";
import { Hono } from "hono";
import { csrf } from "hono/csrf";
import { htmlResponse, notFound, refusedPage } from "../page/html-response.ts";
import { backtestsPath } from "../page/addresses.ts";
import { askForBacktest, readBacktestsPage, readReport } from "./backtests-page.ts";
import { backtestsView } from "./backtests-view.ts";
import { inTenant } from "../page/open-tenant.ts";
import { refusedForm } from "../page/refused-form.ts";
import { refusalPage } from "../page/refusal-view.ts";

interface BacktestPagesOptions {
  readonly table: Table;
  readonly runtime: Runtime;
}

/** Pages of a tenant's backtests: the list with progress, the form that starts one, and each report. */
export function backtestPages({ table, runtime }: BacktestPagesOptions): Hono {
  const pages = new Hono();

  pages.get("/backtests/:tenant", async (c) => {
    const now = toInstant(runtime.clock());
    const page = await inTenant(table, c.req.param("tenant"), (opened) => readBacktestsPage(opened, now));
    return page.ok
      ? htmlResponse(c, backtestsView(page.value), { hasForms: true })
      : notFound(c, refusalPage(page.message));
  });

  pages.post("/backtests/:tenant", csrf(), async (c) => {
    const form = await c.req.parseBody();
    const now = toInstant(runtime.clock());
    const asked = await inTenant(table, c.req.param("tenant"), async (opened) => {
      const { tenantId } = opened.tenant;
      const backtestId = await askForBacktest(opened, form, now);
      if (backtestId.ok) await runtime.queues.send("backtests", { tenantId, backtestId: backtestId.value });
      return backtestId.ok ? ok(backtestsPath(tenantId)) : backtestId;
    });
    if (asked.ok) return c.redirect(asked.value, 303);
    const page = await inTenant(table, c.req.param("tenant"), (opened) => readBacktestsPage(opened, now));
    if (!page.ok) return notFound(c, refusalPage(page.message));
    const refused = refusedForm(asked.message, form);
    return refusedPage(c, backtestsView(page.value, refused), 422, { hasForms: true });
  });

  pages.get("/backtests/:tenant/:id", async (c) => {
    const { tenant, id } = c.req.param();
    const page = await inTenant(table, tenant, async (opened) => {
      const report = await readReport(opened, id);
      return report.ok
        ? ok(reportPage(opened.tenant.name, report.value, backtestsPath(opened.tenant.tenantId)))
        : report;
    });
    return page.ok ? c.body(page.value.body, 200, page.value.headers) : notFound(c, refusalPage(page.message));
  });

  return pages;
}
