import { ok } from "@regulars/core/platform/result";
import type { Runtime } from "@regulars/functions/runtime";
import type { Hono } from "hono";
import type { Form } from "../page/form.ts";
import { formResponse } from "../page/html-response.ts";
import type { Needs } from "../page/needs.ts";
import { inTenant } from "../page/open-tenant.ts";
import { formRefusal, refusal } from "../page/refusal.ts";
import { refusedForm } from "../page/refused-form.ts";
import { type PageContext, type PageEnv, newPages } from "../page/viewer.ts";
import { type KeyOutcome, changeKeys, readApiKeysPage } from "./api-keys-page.ts";
import { apiKeysView } from "./api-keys-view.ts";

const MANAGES: Needs = ["keys.manage"];

/** The API keys of a tenant: a form shows what a key could do, makes it with its secret shown once, and revokes one. */
export function apiKeysPages({ runtime }: { readonly runtime: Runtime }): Hono<PageEnv> {
  const pages = newPages();

  const shown = async (
    c: PageContext,
    form: Form = {},
    { message, outcome }: { readonly message?: string; readonly outcome?: KeyOutcome } = {},
  ) => {
    const page = await inTenant(c, c.req.param("tenant") ?? "", MANAGES, async (opened) =>
      ok(await readApiKeysPage(opened)),
    );
    if (!page.ok) return refusal(c, page);
    const { fields } = refusedForm("", form);
    const refused = message === undefined ? undefined : refusedForm(message, form);
    const view = apiKeysView(page.value, c.var.words, { fields, refused, outcome });
    return formResponse(c, view, refused);
  };

  pages.get("/api-keys/:tenant", (c) => shown(c));

  pages.post("/api-keys/:tenant", async (c) => {
    const form = await c.req.parseBody();
    const done = await inTenant(c, c.req.param("tenant"), MANAGES, (opened) =>
      changeKeys(opened, form, runtime.clock()),
    );
    if (!done.ok) return formRefusal(c, done, (told) => shown(c, form, { message: told.message }));
    const isForm = done.value.type === "new" || done.value.type === "revoke";
    return shown(c, isForm ? form : {}, { outcome: done.value });
  });

  return pages;
}
