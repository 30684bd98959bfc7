import { idOfSegment } from "@regulars/core/platform/id-text";
import { toInstant } from "@regulars/core/platform/values";
import { codeRedCsv } from "@regulars/render/code-red/code-red-csv";
import type { Runtime } from "@regulars/functions/runtime";
import type { Table } from "@regulars/store/engine/table";
import { type Context, Hono } from "hono";
import { csrf } from "hono/csrf";
import { htmlResponse, notFound, refusedPage } from "../page/html-response.ts";
import { ok } from "@regulars/core/platform/result";
import { codeRedCustomerView } from "./code-red-customer-view.ts";
import { ignoreByForm, readCodeRedCustomerPage, readCodeRedPage } from "./code-red-page.ts";
import { codeRedView } from "./code-red-view.ts";
import { inTenant } from "../page/open-tenant.ts";
import { type RefusedForm, refusedForm } from "../page/refused-form.ts";
import { refusalPage } from "../page/refusal-view.ts";

interface CodeRedPagesOptions {
  readonly table: Table;
  readonly runtime: Runtime;
}

/** Pages of Code Red: the call list, also as CSV, and one customer with the forms that ignore its rows. */
export function codeRedPages({ table, runtime }: CodeRedPagesOptions): Hono {
  const pages = new Hono();
  const now = () => toInstant(runtime.clock());

  pages.get("/code-red/:tenant", async (c) => {
    const page = await inTenant(table, c.req.param("tenant"), (opened) =>
      readCodeRedPage(opened, c.req.query(), now()),
    );
    if (!page.ok) return notFound(c, refusalPage(page.message));
    if (c.req.query("csv") === undefined) {
      const view = codeRedView(page.value);
      const options = { hasForms: true };
      return page.value.notUsed.length === 0 ? htmlResponse(c, view, options) : refusedPage(c, view, 422, options);
    }
    const rows = page.value.list.rows.map((row) => ({ row, name: row.customer.name }));
    return c.body(codeRedCsv(rows, page.value.tenant.currency), 200, {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": 'attachment; filename="code-red.csv"',
    });
  });

  const customerPage = async (c: Context, tenant: string, customer: string, refused?: RefusedForm) => {
    const page = await inTenant(table, tenant, async (opened) => {
      const read = await readCodeRedCustomerPage(opened, idOfSegment(customer), now());
      return read.ok ? ok({ tenant: opened.tenant, read: read.value }) : read;
    });
    if (!page.ok) return notFound(c, refusalPage(page.message));
    const view = codeRedCustomerView(page.value.tenant, page.value.read, refused);
    return refused === undefined
      ? htmlResponse(c, view, { hasForms: true })
      : refusedPage(c, view, 422, { hasForms: true });
  };

  pages.get("/code-red/:tenant/:customer", (c) => customerPage(c, c.req.param("tenant"), c.req.param("customer")));

  pages.post("/code-red/:tenant/:customer", csrf(), async (c) => {
    const { tenant, customer } = c.req.param();
    const form = await c.req.parseBody();
    const done = await inTenant(table, tenant, (opened) => ignoreByForm(opened, idOfSegment(customer), form, now()));
    return done.ok ? c.redirect(c.req.path, 303) : customerPage(c, tenant, customer, refusedForm(done.message, form));
  });

  return pages;
}
