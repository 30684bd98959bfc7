import { type Result, ok } from "@regulars/core/platform/result";
import { toInstant } from "@regulars/core/platform/values";
import { type SettingsPreview, previewSettings } from "@regulars/flows/code-red/preview-settings";
import { changeSettings } from "@regulars/flows/insights/change-settings";
import { settingsChangeSchema } from "@regulars/core/insights/tenant-settings";
import type { Runtime } from "@regulars/functions/runtime";
import type { Hono } from "hono";
import { authorNames } from "../page/authors.ts";
import type { Form } from "../page/form.ts";
import { formResponse } from "../page/html-response.ts";
import { askedOf, changeOfForm } from "./code-red-settings-form.ts";
import { codeRedSettingsView } from "./code-red-settings-view.ts";
import { MOST_CHANGES } from "../page/logged-changes.ts";
import type { Needs } from "../page/needs.ts";
import { inTenant, type OpenTenant } from "../page/open-tenant.ts";
import { STALE, notStale } from "../page/stale-form.ts";
import { refusedForm } from "../page/refused-form.ts";
import { formRefusal, refusal } from "../page/refusal.ts";
import { byLabel } from "../tenants/setting-refusal.ts";
import { savedResponse } from "../page/saved.ts";
import { type PageContext, type PageEnv, newPages } from "../page/viewer.ts";

const MANAGES: Needs = ["settings.manage"];

/** The page of Code Red's settings: its form previews or saves them. */
export function codeRedSettingsPages({ runtime }: { readonly runtime: Runtime }): Hono<PageEnv> {
  const pages = newPages();

  const page = async (
    c: PageContext,
    form: Form = {},
    outcome: {
      readonly failed?: { readonly reason: string; readonly message: string };
      readonly preview?: SettingsPreview;
    } = {},
  ) => {
    const read = await inTenant(c, c.req.param("tenant") ?? "", MANAGES, async (opened) => {
      const { entries } = await opened.whole.changeLogs.settings.page({ limit: MOST_CHANGES });
      const { tenant, catalog } = opened;
      return ok({ tenant, changes: entries, authorOf: await authorNames(opened), kinds: catalog.kinds });
    });
    if (!read.ok) return refusal(c, read);
    const { failed, preview } = outcome;
    const isStale = failed?.reason === STALE;
    const message = isStale ? c.var.words.say("settings.stale") : failed?.message;
    const refused = message === undefined ? undefined : refusedForm(message, form);
    const { fields } = refusedForm("", form);
    const view = codeRedSettingsView(read.value, c.var.words, fields, { refused, preview, isStale });
    return formResponse(c, view, refused, isStale);
  };

  pages.get("/code-red-settings/:tenant", (c) => page(c));

  pages.post("/code-red-settings/:tenant", async (c) => {
    const form = await c.req.parseBody();
    const change = changeOfForm(form);
    const now = toInstant(runtime.clock());
    const done = await inTenant(c, c.req.param("tenant"), MANAGES, (opened) =>
      (form["do"] === "save" ? save(opened, change) : preview(opened, change)).then((result) =>
        byLabel<SettingsPreview | undefined>(result, askedOf(opened, form), opened.words),
      ),
    );
    if (!done.ok) return formRefusal(c, done, (told) => page(c, form, { failed: told }));
    return done.value === undefined ? savedResponse(c) : page(c, form, { preview: done.value });

    async function preview(
      { tenant, store, whole, scope }: OpenTenant,
      codeRed: Readonly<Record<string, unknown>>,
    ): Promise<Result<SettingsPreview | undefined>> {
      const still = notStale(tenant.codeRed, form);
      if (!still.ok) return still;
      const seen = await scope();
      return previewSettings({ tenant, store, codeRed: whole.codeRed, scope: seen, change: codeRed, now });
    }

    async function save(
      { tenant, catalog, whole, directory, by }: OpenTenant,
      given: Readonly<Record<string, unknown>>,
    ) {
      const saved = await changeSettings({
        tenant,
        catalog,
        directory,
        change: settingsChangeSchema.parse({ codeRed: given }),
        stamp: { at: now, by },
        storedAmounts: whole.storedAmounts,
        isStill: (stored) => notStale(stored.codeRed, form),
      });
      return saved.ok ? ok(undefined) : saved;
    }
  });

  return pages;
}
