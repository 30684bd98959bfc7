import { ok } from "@regulars/core/platform/result";
import { salesContextOf } from "@regulars/functions/effects";
import type { Runtime } from "@regulars/functions/runtime";
import type { Hono } from "hono";
import { queryOf } from "../page/query.ts";
import { htmlResponse } from "../page/html-response.ts";
import { LOOKS, SEES_DEALS } from "../page/needs.ts";
import { inTenant } from "../page/open-tenant.ts";
import { ownWords } from "../page/own-words.ts";
import { refusedForm } from "../page/refused-form.ts";
import { refusal } from "../page/refusal.ts";
import { type PageEnv, newPages } from "../page/viewer.ts";
import { keysView } from "./keys-view.ts";
import { LONGEST_SEARCH, readSearchPage } from "./search-page.ts";
import { searchView } from "./search-view.ts";

/** The search over a tenant, and the help page of keys. */
export function searchPages({ runtime }: { readonly runtime: Runtime }): Hono<PageEnv> {
  const pages = newPages();

  pages.get("/search/:tenant", async (c) => {
    const page = await inTenant(c, c.req.param("tenant"), [...LOOKS, ...SEES_DEALS], async (opened) => {
      const context = salesContextOf(opened.tenant, opened.whole, runtime);
      return ok(await readSearchPage(opened, context, queryOf(c)["q"] ?? ""));
    });
    if (!page.ok) return refusal(c, page);
    const { length } = queryOf(c)["q"] ?? "";
    if (length <= LONGEST_SEARCH) return htmlResponse(c, searchView(page.value, c.var.words));
    const message = c.var.words.say("search.tooLong", { most: LONGEST_SEARCH, numb: length });
    return htmlResponse(c, searchView(page.value, c.var.words, refusedForm(message, {})));
  });

  pages.get("/keys", async (c) => htmlResponse(c, keysView(await ownWords(c))));
  return pages;
}
