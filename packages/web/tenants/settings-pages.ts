import { ok } from "@regulars/core/platform/result";
import { toInstant } from "@regulars/core/platform/values";
import type { Runtime } from "@regulars/functions/runtime";
import { settingsMessageOf } from "@regulars/functions/workers/messages";
import type { Hono } from "hono";
import { ROWS_FIELD, withRowsAsked } from "../page/form-rows.ts";
import type { Form } from "../page/form.ts";
import { formResponse } from "../page/html-response.ts";
import type { Needs } from "../page/needs.ts";
import { inTenant } from "../page/open-tenant.ts";
import { formRefusal, refusal } from "../page/refusal.ts";
import { STALE } from "../page/stale-form.ts";
import { refusedForm } from "../page/refused-form.ts";
import { previewForm, readSettingsPage, saveSettings } from "./settings-page.ts";
import type { NamedPreview } from "./settings-preview-view.ts";
import { settingsView } from "./settings-view.ts";
import { savedResponse } from "../page/saved.ts";
import { type PageContext, type PageEnv, newPages } from "../page/viewer.ts";

const MANAGES: Needs = ["settings.manage"];

/** The page of a tenant's settings: each group's form shows what it would change, or saves it. */
export function settingsPages({ runtime }: { readonly runtime: Runtime }): Hono<PageEnv> {
  const pages = newPages();

  const shown = async (
    c: PageContext,
    form: Form = {},
    outcome: {
      readonly refused?: { readonly reason: string; readonly message: string };
      readonly preview?: NamedPreview;
    } = {},
  ) => {
    const tenant = c.req.param("tenant") ?? "";
    const page = await inTenant(c, tenant, MANAGES, async (opened) =>
      ok(await readSettingsPage(opened, toInstant(runtime.clock()))),
    );
    if (!page.ok) return refusal(c, page);
    const { refused, preview } = outcome;
    const isStale = refused?.reason === STALE;
    const message = isStale ? c.var.words.say("settings.stale") : (refused?.message ?? "");
    const { fields } = refusedForm("", form);
    const sent = { fields, preview, isStale, refused: refused && refusedForm(message, form) };
    const view = settingsView(page.value, c.var.words, sent);
    return formResponse(c, view, refused, isStale);
  };

  pages.get("/settings/:tenant", (c) => shown(c));

  pages.post("/settings/:tenant", async (c) => {
    const form = await c.req.parseBody();
    if (form[ROWS_FIELD] !== undefined) return shown(c, withRowsAsked(refusedForm("", form).fields));
    const now = toInstant(runtime.clock());
    const done = await inTenant<NamedPreview | undefined>(c, c.req.param("tenant"), MANAGES, async (opened) => {
      if (form["do"] === "preview") return previewForm(c.var, { opened, form, now });
      const saved = await saveSettings({ opened, form, now });
      if (!saved.ok) return saved;
      const message = settingsMessageOf(opened.tenant, saved.value);
      if (message !== undefined) await runtime.queues.send("rebuilds", message);
      return ok(undefined);
    });
    if (!done.ok) return formRefusal(c, done, (told) => shown(c, form, { refused: told }));
    return done.value === undefined ? savedResponse(c) : shown(c, form, { preview: done.value });
  });

  return pages;
}
