import { idOfSegment } from "@regulars/core/platform/id-text";
import { toInstant } from "@regulars/core/platform/values";
import type { Runtime } from "@regulars/functions/runtime";
import { rebuildAfter } from "@regulars/functions/workers/rebuild-after";
import { tellSlack } from "@regulars/functions/workers/tell-slack";
import type { Hono } from "hono";
import { addresses } from "../page/addresses.ts";
import { htmlResponse, isForPart, refusedPage } from "../page/html-response.ts";
import { LOOKS } from "../page/needs.ts";
import { inTenant } from "../page/open-tenant.ts";
import { formRefusal, refusal } from "../page/refusal.ts";
import { refusedForm } from "../page/refused-form.ts";
import { readFindingPage } from "./finding-page.ts";
import { findingView } from "./finding-view.ts";
import { queryOf, unusable } from "../page/query.ts";
import { type RepPageQuery, readRepList } from "./rep-list.ts";
import { readRepPage } from "./rep-page.ts";
import { listView, repView } from "./rep-view.ts";
import { reviewFinding } from "./review.ts";
import { ownPath } from "../access/own-path.ts";
import { type PageContext, type PageEnv, newPages } from "../page/viewer.ts";
import { repQueryOf } from "./rep-query.ts";

/** Refusals of a day that has not come, or is not over. */
const LATE: readonly string[] = ["not-over", "not-yet"];

interface InsightPagesOptions {
  readonly runtime: Runtime;
}

/** Reps' pages, and findings with what one can do about them. */
export function insightPages({ runtime }: InsightPagesOptions): Hono<PageEnv> {
  const pages = newPages();

  pages.get("/for-you/:tenant/:user?", async (c) => {
    const { tenant, user } = c.req.param();
    const now = toInstant(runtime.clock());
    const asked = repQueryOf(c);
    if (isForPart(c)) {
      const part = await inTenant(c, tenant, LOOKS, (opened) =>
        readRepList(opened, user === undefined ? undefined : idOfSegment(user), asked, now),
      );
      return part.ok ? htmlResponse(c, listView(part.value.list)) : refusal(c, part);
    }
    const read = (query: RepPageQuery) =>
      inTenant(c, tenant, LOOKS, (opened) =>
        readRepPage(opened, user === undefined ? undefined : idOfSegment(user), query, now),
      );
    let page = await read(asked);
    // A day that is not over yet: the page is shown without it, and says so.
    if (!page.ok && LATE.includes(page.reason)) {
      for (const name of ["day", "asOf"])
        if (queryOf(c)[name]) unusable(c, name, (words) => words.say("page.aPastDay"));
      page = await read({ ...asked, day: undefined, asOf: undefined });
    }
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
    return page.ok ? htmlResponse(c, findingView(page.value)) : refusal(c, page);
  });

  pages.post("/findings/:tenant/:finding", async (c) => {
    const { tenant, finding: id } = c.req.param();
    const form = await c.req.parseBody();
    const now = toInstant(runtime.clock());
    const done = await inTenant(c, tenant, LOOKS, async (opened) => {
      const findingId = idOfSegment(id);
      const reviewed = await reviewFinding(opened, findingId, form, now);
      if (!reviewed.ok) return reviewed;
      await tellSlack({ tenant: opened.tenant, store: opened.whole }, { type: "acted", findingId }, runtime);
      await rebuildAfter(runtime.queues, opened.tenant.tenantId, opened.whole.changedCustomers);
      return reviewed;
    });
    if (!done.ok)
      return formRefusal(c, done, async (told) => {
        const links = addresses(new URL(c.req.url).origin);
        const page = await inTenant(c, tenant, LOOKS, (opened) => readFindingPage(opened, idOfSegment(id), links, now));
        if (!page.ok) return refusal(c, page);
        const refused = refusedForm(told.message, form);
        return refusedPage(c, findingView(page.value, { refused }), 422);
      });
    return c.redirect(backOf(c, form), 303);
  });

  return pages;
}

/**
 * Where an action leads to: the list that it was done on, which then can undo it, or the finding. There a sentence tells
 * what was done, and has the focus; what was undone has none, and the focus stays where it can be done again.
 */
function backOf(c: PageContext, { action, back }: Readonly<Record<string, unknown>>): string {
  if (typeof back !== "string") return action === "undo" ? `${c.req.path}#review` : c.req.path;
  const url = new URL(ownPath(back), "https://own.invalid");
  url.searchParams.set("did", idOfSegment(c.req.param("finding") ?? ""));
  return `${url.pathname}${url.search}`;
}
