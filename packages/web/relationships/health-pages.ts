import { idOfSegment } from "@regulars/core/platform/id-text";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import { customerIdSchema, toInstant } from "@regulars/core/platform/values";
import { listHealth } from "@regulars/flows/relationships/list-health";
import { readCustomerHealth } from "@regulars/flows/relationships/read-customer-health";
import { healthCsv } from "@regulars/render/relationships/health-csv";
import type { Runtime } from "@regulars/functions/runtime";
import type { Table } from "@regulars/store/engine/table";
import { Hono } from "hono";
import { htmlResponse, notFound } from "../page/html-response.ts";
import { healthCustomerView } from "./health-customer-view.ts";
import { healthView } from "./health-view.ts";
import type { Html } from "../page/layout.ts";
import { inTenant, type OpenTenant } from "../page/open-tenant.ts";
import { refusalPage } from "../page/refusal-view.ts";

interface HealthPagesOptions {
  readonly table: Table;
  readonly runtime: Runtime;
}

/** Pages of relationships: all customers, what to act on first, and one customer. */
export function healthPages({ table, runtime }: HealthPagesOptions): Hono {
  const pages = new Hono();
  const readingOf = ({ tenant, store }: OpenTenant) => ({
    tenant,
    store,
    scope: { canSee: () => true },
    now: toInstant(runtime.clock()),
  });

  pages.get("/relationships/:tenant", async (c) => {
    if (c.req.query("csv") !== undefined) {
      const list = await inTenant(table, c.req.param("tenant"), (opened) => listHealth(readingOf(opened)));
      if (!list.ok) return notFound(c, refusalPage(list.message));
      return c.body(healthCsv(list.value.rows), 200, {
        "Content-Type": "text/csv; charset=utf-8",
        "Content-Disposition": 'attachment; filename="relationships.csv"',
      });
    }
    const page = await inTenant(table, c.req.param("tenant"), async (opened): Promise<Result<Html>> => {
      const isOnlyWeak = c.req.query("weak") !== undefined;
      const list = await listHealth({ ...readingOf(opened), filter: { onlyWeak: isOnlyWeak } });
      return list.ok
        ? ok(healthView({ tenant: opened.tenant, list: list.value, isOnlyWeak, from: c.req.query("from") }))
        : list;
    });
    return page.ok ? htmlResponse(c, page.value, { hasForms: true }) : notFound(c, refusalPage(page.message));
  });

  pages.get("/relationships/:tenant/:customer", async (c) => {
    const given = idOfSegment(c.req.param("customer"));
    const page = await inTenant(table, c.req.param("tenant"), async (opened): Promise<Result<Html>> => {
      const customerId = customerIdSchema.safeParse(given);
      if (!customerId.success) return refuse("unknown-customer", `There is no customer "${given}".`);
      const { records } = opened.whole;
      const read = await readCustomerHealth({ ...readingOf(opened), records, customerId: customerId.data });
      return read.ok ? ok(healthCustomerView(opened.tenant, read.value)) : read;
    });
    return page.ok ? htmlResponse(c, page.value) : notFound(c, refusalPage(page.message));
  });

  return pages;
}
