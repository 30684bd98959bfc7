import { ok } from "@regulars/core/platform/result";
import type { Hono } from "hono";
import type { Form } from "../page/form.ts";
import { formResponse } from "../page/html-response.ts";
import type { Needs } from "../page/needs.ts";
import { inTenant } from "../page/open-tenant.ts";
import { queryOf, unusable } from "../page/query.ts";
import { formRefusal, refusal } from "../page/refusal.ts";
import { refusedForm } from "../page/refused-form.ts";
import { STALE } from "../page/stale-form.ts";
import { savedResponse } from "../page/saved.ts";
import { type PageContext, type PageEnv, newPages } from "../page/viewer.ts";
import { type UserPreview, previewUserForm, readUsersPage, saveUserForm } from "./users-page.ts";
import { usersView } from "./users-view.ts";

const MANAGES: Needs = ["users.manage"];

interface Outcome {
  readonly failed?: { readonly reason: string; readonly message: string };
  readonly preview?: UserPreview;
}

/** The people of a tenant: a list, and a form that shows what it would change, or saves it. */
export function usersPages(): Hono<PageEnv> {
  const pages = newPages();

  const shown = async (c: PageContext, chosen: unknown, form: Form = {}, { failed, preview }: Outcome = {}) => {
    const id = typeof chosen === "string" ? chosen : undefined;
    const page = await inTenant(c, c.req.param("tenant") ?? "", MANAGES, async (opened) =>
      ok(await readUsersPage(opened, id)),
    );
    if (!page.ok) return refusal(c, page);
    if (id !== undefined && page.value.chosen === undefined) unusable(c, "user");
    const isStale = failed?.reason === STALE;
    const message = isStale ? c.var.words.say("settings.stale") : failed?.message;
    const { fields } = refusedForm("", form);
    const refused = message === undefined ? undefined : refusedForm(message, form);
    const view = usersView(page.value, c.var.words, { fields, refused, preview, isStale });
    return formResponse(c, view, failed, isStale);
  };

  pages.get("/users/:tenant", (c) => shown(c, queryOf(c)["user"] || undefined));

  pages.post("/users/:tenant", async (c) => {
    const form = await c.req.parseBody();
    const { tenant } = c.req.param();
    const done = await inTenant<UserPreview | undefined>(c, tenant, MANAGES, async (opened) => {
      if (form["do"] !== "save") return previewUserForm(c.var, opened, form);
      const saved = await saveUserForm(c.var, opened, form);
      return saved.ok ? ok(undefined) : saved;
    });
    const chosen = form["isNew"] === undefined ? form["userId"] : undefined;
    if (!done.ok) return formRefusal(c, done, (told) => shown(c, chosen, form, { failed: told }));
    if (done.value !== undefined) return shown(c, chosen, form, { preview: done.value });
    return savedResponse(c, `${c.req.path}?user=${encodeURIComponent(String(form["userId"]))}`);
  });

  return pages;
}
