import { ok } from "@regulars/core/platform/result";
import { toInstant } from "@regulars/core/platform/values";
import type { Runtime } from "@regulars/functions/runtime";
import { settingsMessageOf } from "@regulars/functions/workers/messages";
import type { Hono } from "hono";
import { htmlResponse, refusedPage } from "../page/html-response.ts";
import { inTenant, type Needs } from "../page/open-tenant.ts";
import { formRefusal, refusal } from "../page/refusal.ts";
import { type RefusedForm, refusedForm } from "../page/refused-form.ts";
import { readSettingsPage, saveSettings } from "./settings-page.ts";
import { settingsView } from "./settings-view.ts";
import { type PageContext, type PageEnv, newPages } from "../page/viewer.ts";

const MANAGES: Needs = ["settings.manage"];

interface SettingsPagesOptions {
  readonly runtime: Runtime;
}

/** The page of a tenant's settings, and what was changed. */
export function settingsPages({ runtime }: SettingsPagesOptions): Hono<PageEnv> {
  const pages = newPages();

  const shown = async (c: PageContext, tenant: string, refused?: RefusedForm) => {
    const page = await inTenant(c, tenant, MANAGES, async (opened) => ok(await readSettingsPage(opened)));
    if (!page.ok) return refusal(c, page);
    const view = settingsView(page.value, c.var.words, refused);
    return refused === undefined
      ? htmlResponse(c, view, { hasForms: true })
      : refusedPage(c, view, 422, { hasForms: true });
  };

  pages.get("/settings/:tenant", (c) => shown(c, c.req.param("tenant")));

  pages.post("/settings/:tenant", async (c) => {
    const { tenant } = c.req.param();
    const form = await c.req.parseBody();
    const now = toInstant(runtime.clock());
    const saved = await inTenant(c, tenant, MANAGES, async (opened) => {
      const changed = await saveSettings({ opened, form, now });
      const message = changed.ok ? settingsMessageOf(opened.tenant, changed.value) : undefined;
      if (message !== undefined) await runtime.queues.send("rebuilds", message);
      return changed;
    });
    return saved.ok
      ? c.redirect(c.req.path, 303)
      : formRefusal(c, saved, () => shown(c, tenant, refusedForm(saved.message, form)));
  });

  return pages;
}
