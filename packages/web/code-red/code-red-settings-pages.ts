import { type Result, ok } from "@regulars/core/platform/result";
import { toInstant } from "@regulars/core/platform/values";
import { type SettingsPreview, previewSettings } from "@regulars/flows/code-red/preview-settings";
import { changeSettings } from "@regulars/flows/insights/change-settings";
import { settingsChangeSchema } from "@regulars/core/insights/tenant-settings";
import type { Runtime } from "@regulars/functions/runtime";
import type { Table } from "@regulars/store/engine/table";
import { openTenantDirectory } from "@regulars/store/tenants/tenants";
import { type Context, Hono } from "hono";
import { csrf } from "hono/csrf";
import { htmlResponse, notFound, refusedPage } from "../page/html-response.ts";
import { changeOfForm } from "./code-red-settings-fields.ts";
import { codeRedSettingsView } from "./code-red-settings-view.ts";
import { type OpenTenant, inTenant } from "../page/open-tenant.ts";
import { refusedForm } from "../page/refused-form.ts";
import { refusalPage } from "../page/refusal-view.ts";

/** The last changes that are shown. */
const MOST_CHANGES = 20;

/** The page of Code Red's settings: its form previews or saves them. */
export function codeRedSettingsPages({ table, runtime }: { readonly table: Table; readonly runtime: Runtime }): Hono {
  const pages = new Hono();

  const page = async (
    c: Context,
    form: Readonly<Record<string, unknown>> = {},
    outcome: { readonly message?: string; readonly preview?: SettingsPreview } = {},
  ) => {
    const read = await inTenant(table, c.req.param("tenant") ?? "", async ({ tenant, whole }) =>
      ok({ tenant, changes: (await whole.settingsLog.page({ limit: MOST_CHANGES })).entries }),
    );
    if (!read.ok) return notFound(c, refusalPage(read.message));
    const { message, preview } = outcome;
    const refused = message === undefined ? undefined : refusedForm(message, form);
    const view = codeRedSettingsView(read.value, refusedForm("", form).fields, { refused, preview });
    const options = { hasForms: true };
    return refused === undefined ? htmlResponse(c, view, options) : refusedPage(c, view, 422, options);
  };

  pages.get("/code-red-settings/:tenant", (c) => page(c));

  pages.post("/code-red-settings/:tenant", csrf(), async (c) => {
    const form = await c.req.parseBody();
    const change = changeOfForm(form);
    const now = toInstant(runtime.clock());
    const done = await inTenant(table, c.req.param("tenant"), (opened) =>
      form["do"] === "save" ? save(opened, change) : preview(opened, change),
    );
    if (!done.ok) return page(c, form, { message: done.message });
    return done.value === undefined ? c.redirect(c.req.path, 303) : page(c, form, { preview: done.value });

    function preview(
      { tenant, store, whole }: OpenTenant,
      codeRed: Readonly<Record<string, unknown>>,
    ): Promise<Result<SettingsPreview | undefined>> {
      const scope = { canSee: () => true };
      return previewSettings({ tenant, store, codeRed: whole.codeRed, scope, change: codeRed, now });
    }

    async function save({ tenant, catalog, whole }: OpenTenant, given: Readonly<Record<string, unknown>>) {
      const saved = await changeSettings({
        tenant,
        catalog,
        directory: openTenantDirectory(table),
        change: settingsChangeSchema.parse({ codeRed: given }),
        stamp: { at: now, by: "operator" },
        storedAmounts: whole.storedAmounts,
      });
      return saved.ok ? ok(undefined) : saved;
    }
  });

  return pages;
}
