import { ok } from "@regulars/core/platform/result";
import { toInstant } from "@regulars/core/platform/values";
import type { Runtime } from "@regulars/functions/runtime";
import type { Hono } from "hono";
import { suppressionsPath } from "../page/addresses.ts";
import { formResponse } from "../page/html-response.ts";
import type { Needs } from "../page/needs.ts";
import { inTenant } from "../page/open-tenant.ts";
import { readIn } from "../page/query.ts";
import { formRefusal, refusal } from "../page/refusal.ts";
import { type RefusedForm, refusedForm } from "../page/refused-form.ts";
import { doneResponse } from "../page/saved.ts";
import { type PageContext, type PageEnv, newPages } from "../page/viewer.ts";
import { liftOnPage, readSuppressions } from "./suppressions-page.ts";
import { suppressionsView } from "./suppressions-view.ts";

const MANAGES: Needs = ["notifications.manage"];

/** Addresses are in the order of the alphabet, after one. */
const asAddress = (text: string): string | undefined => (text.includes("@") ? text : undefined);

/** The page of addresses that get no mail. */
export function suppressionPages({ runtime }: { readonly runtime: Runtime }): Hono<PageEnv> {
  const pages = newPages();

  const page = async (c: PageContext, refused?: RefusedForm) => {
    const read = await inTenant(c, c.req.param("tenant") ?? "", MANAGES, async (opened) =>
      ok(await readSuppressions(opened, readIn(c, "after", asAddress))),
    );
    if (!read.ok) return refusal(c, read);
    const view = suppressionsView(read.value, c.var.words, refused);
    return formResponse(c, view, refused);
  };

  pages.get("/notifications/:tenant/suppressions", (c) => page(c));

  pages.post("/notifications/:tenant/suppressions", async (c) => {
    const form = await c.req.parseBody();
    const now = toInstant(runtime.clock());
    const lifted = await inTenant(c, c.req.param("tenant"), MANAGES, async (opened) => {
      const done = await liftOnPage(opened, form["address"], now);
      return done.ok ? ok(opened.tenant.tenantId) : done;
    });
    return lifted.ok
      ? doneResponse(c, suppressionsPath(lifted.value))
      : formRefusal(c, lifted, (told) => page(c, refusedForm(told.message, form)));
  });

  return pages;
}
