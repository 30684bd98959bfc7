import { suggestionStates } from "@regulars/core/code-red/link-review";
import { ok } from "@regulars/core/platform/result";
import { toInstant } from "@regulars/core/platform/values";
import type { Runtime } from "@regulars/functions/runtime";
import type { Hono } from "hono";
import { choiceIn, indexIn, queryOf, unusable } from "../page/query.ts";
import { formResponse } from "../page/html-response.ts";
import { changeSuggestionsByForm, readLinkSuggestions } from "./link-suggestions-page.ts";
import { linkSuggestionsView } from "./link-suggestions-view.ts";
import { changeLinkByForm, readLinksPage } from "./links-page.ts";
import { linksView } from "./links-view.ts";
import { LOOKS, MANAGES, type Needs, SEES_TEAM } from "../page/needs.ts";
import { inTenant } from "../page/open-tenant.ts";
import { type RefusedForm, refusedForm } from "../page/refused-form.ts";
import { formRefusal, refusal } from "../page/refusal.ts";
import { doneResponse } from "../page/saved.ts";
import { type PageContext, type PageEnv, newPages } from "../page/viewer.ts";

interface LinksPagesOptions {
  readonly runtime: Runtime;
}
const READS: Needs = ["settings.manage", ...LOOKS];

/** Pages of links between items: the entered ones, and those that orders suggest. */
export function linksPages({ runtime }: LinksPagesOptions): Hono<PageEnv> {
  const pages = newPages();
  const now = () => toInstant(runtime.clock());

  const linksPage = async (c: PageContext, tenant: string, refused?: RefusedForm) => {
    const asked = { item: queryOf(c)["item"], from: indexIn(c, "from") };
    const page = await inTenant(c, tenant, READS, async (opened) => ok(await readLinksPage(opened, asked)));
    if (!page.ok) return refusal(c, page);
    if (page.value.isUnused) unusable(c, "item", (words) => words.say("links.linkedItem"));
    const view = linksView(page.value, c.var.words, refused);
    return formResponse(c, view, refused);
  };

  const suggestionsPage = async (c: PageContext, tenant: string, refused?: RefusedForm) => {
    const asked = { state: choiceIn(c, "state", suggestionStates), from: indexIn(c, "from") };
    const page = await inTenant(c, tenant, SEES_TEAM, async (opened) =>
      ok(await readLinkSuggestions(opened, asked, now())),
    );
    if (!page.ok) return refusal(c, page);
    const view = linkSuggestionsView(page.value, c.var.words, refused);
    return formResponse(c, view, refused);
  };

  pages.get("/links/:tenant", (c) => linksPage(c, c.req.param("tenant")));
  pages.post("/links/:tenant", async (c) => {
    const tenant = c.req.param("tenant");
    const form = await c.req.parseBody();
    const done = await inTenant(c, tenant, MANAGES, (opened) => changeLinkByForm(opened, form));
    return done.ok
      ? doneResponse(c)
      : formRefusal(c, done, (told) => linksPage(c, tenant, refusedForm(told.message, form)));
  });

  pages.get("/links/:tenant/suggestions", (c) => suggestionsPage(c, c.req.param("tenant")));
  pages.post("/links/:tenant/suggestions", async (c) => {
    const tenant = c.req.param("tenant");
    const form = await c.req.parseBody();
    const done = await inTenant(c, tenant, MANAGES, (opened) => changeSuggestionsByForm(opened, form, now()));
    return done.ok
      ? doneResponse(c)
      : formRefusal(c, done, (told) => suggestionsPage(c, tenant, refusedForm(told.message, form)));
  });

  return pages;
}
