import { idOfSegment } from "@regulars/core/platform/id-text";
import { toInstant } from "@regulars/core/platform/values";
import { codeRedCsv } from "@regulars/render/code-red/code-red-csv";
import type { Runtime } from "@regulars/functions/runtime";
import type { Hono } from "hono";
import { authorNames } from "../page/authors.ts";
import { isMangled, isOn } from "../page/query.ts";
import { formResponse, htmlResponse } from "../page/html-response.ts";
import { ok } from "@regulars/core/platform/result";
import { codeRedCustomerView } from "./code-red-customer-view.ts";
import { ignoreByForm, readCodeRedCustomerPage, readCodeRedPage } from "./code-red-page.ts";
import { codeRedView } from "./code-red-view.ts";
import { LOOKS } from "../page/needs.ts";
import { inTenant } from "../page/open-tenant.ts";
import { type RefusedForm, refusedForm } from "../page/refused-form.ts";
import { formRefusal, refusal } from "../page/refusal.ts";
import { doneResponse } from "../page/saved.ts";
import { type PageContext, type PageEnv, newPages } from "../page/viewer.ts";

interface CodeRedPagesOptions {
  readonly runtime: Runtime;
}

/** Pages of Code Red: the call list, also as CSV, and one customer with the forms that ignore its rows. */
export function codeRedPages({ runtime }: CodeRedPagesOptions): Hono<PageEnv> {
  const pages = newPages();
  const now = () => toInstant(runtime.clock());

  pages.get("/code-red/:tenant", async (c) => {
    const page = await inTenant(c, c.req.param("tenant"), LOOKS, (opened) => readCodeRedPage(c, opened, now()));
    if (!page.ok) return refusal(c, page);
    if (!isOn(c, "csv") || isMangled(c)) return htmlResponse(c, codeRedView(page.value, c.var.words));
    const { tenant, list } = page.value;
    const rows = list.rows.map((row) => ({ row, name: row.customer.name }));
    const { basis } = list.compared.plan.settings;
    return c.body(codeRedCsv(rows, { currency: tenant.currency, basis }), 200, {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": 'attachment; filename="code-red.csv"',
    });
  });

  const customerPage = async (c: PageContext, tenant: string, customer: string, refused?: RefusedForm) => {
    const page = await inTenant(c, tenant, LOOKS, async (opened) => {
      const read = await readCodeRedCustomerPage(opened, idOfSegment(customer), now());
      if (!read.ok) return read;
      const persons = await opened.store.personsOf(read.value.customer.customerId);
      return ok({ tenant: opened.tenant, read: { ...read.value, persons, authorOf: await authorNames(opened) } });
    });
    if (!page.ok) return refusal(c, page);
    const view = codeRedCustomerView(page.value.tenant, page.value.read, c.var.words, refused);
    return formResponse(c, view, refused);
  };

  pages.get("/code-red/:tenant/:customer", (c) => customerPage(c, c.req.param("tenant"), c.req.param("customer")));

  pages.post("/code-red/:tenant/:customer", async (c) => {
    const { tenant, customer } = c.req.param();
    const form = await c.req.parseBody();
    const done = await inTenant(c, tenant, LOOKS, (opened) => ignoreByForm(opened, idOfSegment(customer), form, now()));
    return done.ok
      ? doneResponse(c)
      : formRefusal(c, done, (told) => customerPage(c, tenant, customer, refusedForm(told.message, form)));
  });

  return pages;
}
