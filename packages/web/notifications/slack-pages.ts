import { ok } from "@regulars/core/platform/result";
import type { Runtime } from "@regulars/functions/runtime";
import type { Hono } from "hono";
import { formResponse } from "../page/html-response.ts";
import type { Needs } from "../page/needs.ts";
import { inTenant } from "../page/open-tenant.ts";
import { formRefusal, refusal } from "../page/refusal.ts";
import { refusedForm } from "../page/refused-form.ts";
import { doneResponse } from "../page/saved.ts";
import { type PageContext, type PageEnv, newPages } from "../page/viewer.ts";
import { changeSlack, readSlackPage } from "./slack-page.ts";
import { slackView } from "./slack-view.ts";

const MANAGES: Needs = ["settings.manage"];

/** The page of a tenant's Slack workspace. */
export function slackPages({ runtime }: { readonly runtime: Runtime }): Hono<PageEnv> {
  const pages = newPages();

  const page = async (c: PageContext, sent: Parameters<typeof slackView>[2] = {}) => {
    const read = await inTenant(c, c.req.param("tenant") ?? "", MANAGES, async (opened) =>
      ok(await readSlackPage(opened, runtime)),
    );
    if (!read.ok) return refusal(c, read);
    const view = slackView(read.value, c.var.words, sent);
    return formResponse(c, view, sent.refused);
  };

  pages.get("/notifications/:tenant/slack", (c) => page(c));

  pages.post("/notifications/:tenant/slack", async (c) => {
    const form = await c.req.parseBody();
    const done = await inTenant(c, c.req.param("tenant"), MANAGES, (opened) => changeSlack({ opened, form, runtime }));
    if (!done.ok) return formRefusal(c, done, (told) => page(c, { refused: refusedForm(told.message, form) }));
    // A form may not lead to another site: its answer has a link.
    return done.value === undefined ? doneResponse(c) : page(c, { address: done.value });
  });

  return pages;
}
