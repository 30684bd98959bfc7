import { toInstant } from "@regulars/core/platform/values";
import type { Runtime } from "@regulars/functions/runtime";
import type { Table } from "@regulars/store/engine/table";
import { type Context, Hono } from "hono";
import { csrf } from "hono/csrf";
import { htmlResponse, notFound, refusedPage } from "../page/html-response.ts";
import { changeSuggestionsByForm, readLinkSuggestions } from "./link-suggestions-page.ts";
import { linkSuggestionsView } from "./link-suggestions-view.ts";
import { changeLinkByForm, readLinksPage } from "./links-page.ts";
import { linksView } from "./links-view.ts";
import { inTenant } from "../page/open-tenant.ts";
import { type RefusedForm, refusedForm } from "../page/refused-form.ts";
import { refusalPage } from "../page/refusal-view.ts";

interface LinksPagesOptions {
  readonly table: Table;
  readonly runtime: Runtime;
}

const options = { hasForms: true };

/** Pages of links between items: the entered ones, and those that orders suggest. */
export function linksPages({ table, runtime }: LinksPagesOptions): Hono {
  const pages = new Hono();
  const now = () => toInstant(runtime.clock());

  const linksPage = async (c: Context, tenant: string, refused?: RefusedForm) => {
    const page = await inTenant(table, tenant, (opened) => readLinksPage(opened, c.req.query()));
    if (!page.ok) return notFound(c, refusalPage(page.message));
    const view = linksView(page.value, refused);
    const isRefused = refused !== undefined || page.value.notUsed !== undefined;
    return isRefused ? refusedPage(c, view, 422, options) : htmlResponse(c, view, options);
  };

  const suggestionsPage = async (c: Context, tenant: string, refused?: RefusedForm) => {
    const page = await inTenant(table, tenant, (opened) => readLinkSuggestions(opened, c.req.query(), now()));
    if (!page.ok) return notFound(c, refusalPage(page.message));
    const view = linkSuggestionsView(page.value, refused);
    const isRefused = refused !== undefined || page.value.notUsed !== undefined;
    return isRefused ? refusedPage(c, view, 422, options) : htmlResponse(c, view, options);
  };

  pages.get("/links/:tenant", (c) => linksPage(c, c.req.param("tenant")));
  pages.post("/links/:tenant", csrf(), async (c) => {
    const tenant = c.req.param("tenant");
    const form = await c.req.parseBody();
    const done = await inTenant(table, tenant, (opened) => changeLinkByForm(opened, form));
    return done.ok ? c.redirect(c.req.path, 303) : linksPage(c, tenant, refusedForm(done.message, form));
  });

  pages.get("/links/:tenant/suggestions", (c) => suggestionsPage(c, c.req.param("tenant")));
  pages.post("/links/:tenant/suggestions", csrf(), async (c) => {
    const tenant = c.req.param("tenant");
    const form = await c.req.parseBody();
    const done = await inTenant(table, tenant, (opened) => changeSuggestionsByForm(opened, form, now()));
    return done.ok ? c.redirect(c.req.path, 303) : suggestionsPage(c, tenant, refusedForm(done.message, form));
  });

  return pages;
}
