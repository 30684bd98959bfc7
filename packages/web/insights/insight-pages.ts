import { idOfSegment } from "@regulars/core/platform/id-text";
import { toInstant } from "@regulars/core/platform/values";
import type { Runtime } from "@regulars/functions/runtime";
import type { Table } from "@regulars/store/engine/table";
import { Hono } from "hono";
import { csrf } from "hono/csrf";
import { addresses } from "../page/addresses.ts";
import { htmlResponse, notFound, refusedPage } from "../page/html-response.ts";
import { inTenant } from "../page/open-tenant.ts";
import { refusalPage } from "../page/refusal-view.ts";
import { refusedForm } from "../page/refused-form.ts";
import { readFindingPage } from "./finding-page.ts";
import { findingView } from "./finding-view.ts";
import { readRepPage } from "./rep-page.ts";
import { repView } from "./rep-view.ts";
import { reviewFinding } from "./review.ts";

interface InsightPagesOptions {
  readonly table: Table;
  readonly runtime: Runtime;
}

/** Reps' pages, and findings with what one can do about them. */
export function insightPages({ table, runtime }: InsightPagesOptions): Hono {
  const pages = new Hono();

  pages.get("/for-you/:tenant/:user?", async (c) => {
    const { tenant, user } = c.req.param();
    const now = toInstant(runtime.clock());
    const page = await inTenant(table, tenant, (opened) =>
      readRepPage(opened, user === undefined ? undefined : idOfSegment(user), c.req.query(), now),
    );
    return page.ok ? htmlResponse(c, repView(page.value)) : notFound(c, refusalPage(page.message));
  });

  pages.get("/findings/:tenant/:id", async (c) => {
    const { tenant, id } = c.req.param();
    const links = addresses(new URL(c.req.url).origin);
    const now = toInstant(runtime.clock());
    const page = await inTenant(table, tenant, (opened) => readFindingPage(opened, idOfSegment(id), links, now));
    const isNoted = c.req.query("noted") !== undefined;
    return page.ok
      ? htmlResponse(c, findingView(page.value, { isNoted }), { hasForms: true })
      : notFound(c, refusalPage(page.message));
  });

  pages.post("/findings/:tenant/:id", csrf(), async (c) => {
    const { tenant, id } = c.req.param();
    const form = await c.req.parseBody();
    const now = toInstant(runtime.clock());
    const done = await inTenant(table, tenant, (opened) => reviewFinding(opened, idOfSegment(id), form, now));
    if (!done.ok) {
      const links = addresses(new URL(c.req.url).origin);
      const page = await inTenant(table, tenant, (opened) => readFindingPage(opened, idOfSegment(id), links, now));
      if (!page.ok) return notFound(c, refusalPage(page.message));
      const refused = refusedForm(done.message, form);
      return refusedPage(c, findingView(page.value, { refused }), 422, { hasForms: true });
    }
    return c.redirect(`${c.req.path}${form["action"] === "feedback" ? "?noted" : ""}`, 303);
  });

  return pages;
}
