import { idOfSegment } from "@regulars/core/platform/id-text";
import { toInstant } from "@regulars/core/platform/values";
import type { Runtime } from "@regulars/functions/runtime";
import type { Hono } from "hono";
import { addresses } from "../page/addresses.ts";
import { htmlResponse, refusedPage } from "../page/html-response.ts";
import { LOOKS, inTenant } from "../page/open-tenant.ts";
import { formRefusal, refusal } from "../page/refusal.ts";
import { refusedForm } from "../page/refused-form.ts";
import { readFindingPage } from "./finding-page.ts";
import { findingView } from "./finding-view.ts";
import { readRepPage } from "./rep-page.ts";
import { repView } from "./rep-view.ts";
import { reviewFinding } from "./review.ts";
import { type PageEnv, newPages } from "../page/viewer.ts";

interface InsightPagesOptions {
  readonly runtime: Runtime;
}

/** Reps' pages, and findings with what one can do about them. */
export function insightPages({ runtime }: InsightPagesOptions): Hono<PageEnv> {
  const pages = newPages();

  pages.get("/for-you/:tenant/:user?", async (c) => {
    const { tenant, user } = c.req.param();
    const now = toInstant(runtime.clock());
    const page = await inTenant(c, tenant, LOOKS, (opened) =>
      readRepPage(opened, user === undefined ? undefined : idOfSegment(user), c.req.query(), now),
    );
    const { viewer } = c.var;
    // Who sees not everybody's list has one of their own.
    if (!page.ok && page.reason === "unknown-user" && user === undefined && viewer.type === "user")
      return c.redirect(addresses().rep(viewer.tenantId, viewer.userId), 303);
    return page.ok ? htmlResponse(c, repView(page.value)) : refusal(c, page);
  });

  pages.get("/findings/:tenant/:finding", async (c) => {
    const { tenant, finding: id } = c.req.param();
    const links = addresses(new URL(c.req.url).origin);
    const now = toInstant(runtime.clock());
    const page = await inTenant(c, tenant, LOOKS, (opened) => readFindingPage(opened, idOfSegment(id), links, now));
    const isNoted = c.req.query("noted") !== undefined;
    return page.ok ? htmlResponse(c, findingView(page.value, { isNoted }), { hasForms: true }) : refusal(c, page);
  });

  pages.post("/findings/:tenant/:finding", async (c) => {
    const { tenant, finding: id } = c.req.param();
    const form = await c.req.parseBody();
    const now = toInstant(runtime.clock());
    const done = await inTenant(c, tenant, LOOKS, (opened) => reviewFinding(opened, idOfSegment(id), form, now));
    if (!done.ok)
      return formRefusal(c, done, async () => {
        const links = addresses(new URL(c.req.url).origin);
        const page = await inTenant(c, tenant, LOOKS, (opened) => readFindingPage(opened, idOfSegment(id), links, now));
        if (!page.ok) return refusal(c, page);
        const refused = refusedForm(done.message, form);
        return refusedPage(c, findingView(page.value, { refused }), 422, { hasForms: true });
      });
    return c.redirect(`${c.req.path}${form["action"] === "feedback" ? "?noted" : ""}`, 303);
  });

  return pages;
}
