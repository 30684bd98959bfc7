import { ok } from "@regulars/core/platform/result";
import { toInstant } from "@regulars/core/platform/values";
import type { Runtime } from "@regulars/functions/runtime";
import type { Table } from "@regulars/store/engine/table";
import { openTenantDirectory } from "@regulars/store/tenants/tenants";
import { type Context, Hono } from "hono";
import { csrf } from "hono/csrf";
import { htmlResponse, notFound, refusedPage } from "../page/html-response.ts";
import { inTenant } from "../page/open-tenant.ts";
import { refusalPage } from "../page/refusal-view.ts";
import { type RefusedForm, refusedForm } from "../page/refused-form.ts";
import { readSettingsPage, saveSettings } from "./settings-page.ts";
import { settingsView } from "./settings-view.ts";

interface SettingsPagesOptions {
  readonly table: Table;
  readonly runtime: Runtime;
}

/** The page of a tenant's settings, and what was changed. */
export function settingsPages({ table, runtime }: SettingsPagesOptions): Hono {
  const pages = new Hono();

  const shown = async (c: Context, tenant: string, refused?: RefusedForm) => {
    const page = await inTenant(table, tenant, async (opened) => ok(await readSettingsPage(opened)));
    if (!page.ok) return notFound(c, refusalPage(page.message));
    const view = settingsView(page.value, refused);
    return refused === undefined
      ? htmlResponse(c, view, { hasForms: true })
      : refusedPage(c, view, 422, { hasForms: true });
  };

  pages.get("/settings/:tenant", (c) => shown(c, c.req.param("tenant")));

  pages.post("/settings/:tenant", csrf(), async (c) => {
    const { tenant } = c.req.param();
    const form = await c.req.parseBody();
    const now = toInstant(runtime.clock());
    const directory = openTenantDirectory(table);
    const saved = await inTenant(table, tenant, (opened) => saveSettings({ opened, form, now }, directory));
    return saved.ok ? c.redirect(c.req.path, 303) : shown(c, tenant, refusedForm(saved.message, form));
  });

  return pages;
}
