import { ok } from "@regulars/core/platform/result";
import type { Runtime } from "@regulars/functions/runtime";
import type { Hono } from "hono";
import type { Form } from "../page/form.ts";
import { formResponse } from "../page/html-response.ts";
import type { Needs } from "../page/needs.ts";
import { inTenant } from "../page/open-tenant.ts";
import { queryOf, unusable } from "../page/query.ts";
import { formRefusal, refusal } from "../page/refusal.ts";
import { refusedForm } from "../page/refused-form.ts";
import { STALE } from "../page/stale-form.ts";
import { type PageContext, type PageEnv, newPages } from "../page/viewer.ts";
import { type WebhookOutcome, changeWebhooks, readWebhooksPage } from "./webhooks-page.ts";
import { webhooksView } from "./webhooks-view.ts";

interface Failed {
  readonly reason: string;
  readonly message: string;
}

const MANAGES: Needs = ["webhooks.manage"];

/** The webhooks of a tenant: made, changed, paused, given another secret and removed, each said before it is done. */
export function webhooksPages({ runtime }: { readonly runtime: Runtime }): Hono<PageEnv> {
  const pages = newPages();

  const shown = async (
    c: PageContext,
    form: Form = {},
    { failed, outcome }: { readonly failed?: Failed; readonly outcome?: WebhookOutcome } = {},
  ) => {
    const chosen = queryOf(c)["webhook"] || undefined;
    const page = await inTenant(c, c.req.param("tenant") ?? "", MANAGES, async (opened) =>
      ok(await readWebhooksPage(opened, chosen)),
    );
    if (!page.ok) return refusal(c, page);
    if (chosen !== undefined && page.value.chosen === undefined) unusable(c, "webhook");
    const { fields } = refusedForm("", form);
    const isStale = failed?.reason === STALE;
    const message = isStale ? c.var.words.say("settings.stale") : failed?.message;
    const refused = message === undefined ? undefined : refusedForm(message, form);
    const view = webhooksView(page.value, c.var.words, { fields, refused, outcome, isStale });
    return formResponse(c, view, refused, isStale);
  };

  pages.get("/webhooks/:tenant", (c) => shown(c));

  pages.post("/webhooks/:tenant", async (c) => {
    const form = await c.req.parseBody();
    const done = await inTenant(c, c.req.param("tenant"), MANAGES, (opened) => changeWebhooks(opened, form, runtime));
    if (!done.ok) return formRefusal(c, done, (told) => shown(c, form, { failed: told }));
    return shown(c, done.value.type === "preview" ? form : {}, { outcome: done.value });
  });

  return pages;
}
