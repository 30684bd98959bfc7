import { languages } from "@regulars/core/platform/languages";
import { type Result, ok } from "@regulars/core/platform/result";
import { toInstant } from "@regulars/core/platform/values";
import type { Runtime } from "@regulars/functions/runtime";
import type { Hono } from "hono";
import type { Form } from "../page/form.ts";
import { choiceIn, queryOf, unusable } from "../page/query.ts";
import { templatesPath } from "../page/addresses.ts";
import { formResponse } from "../page/html-response.ts";
import type { Needs } from "../page/needs.ts";
import { inTenant } from "../page/open-tenant.ts";
import { formRefusal, refusal } from "../page/refusal.ts";
import { STALE } from "../page/stale-form.ts";
import { type RefusedForm, refusedForm } from "../page/refused-form.ts";
import { savedResponse } from "../page/saved.ts";
import { type PageContext, type PageEnv, newPages } from "../page/viewer.ts";
import {
  type ShownPreview,
  type TemplateForm,
  previewForm,
  readTemplatesPage,
  saveTemplate,
} from "./templates-page.ts";
import { templatesView } from "./templates-view.ts";

const MANAGES: Needs = ["settings.manage"];

const languageIn = (c: PageContext) => choiceIn(c, "language", languages);

/** The page of a tenant's own words for the texts of messages: its form previews, saves, or goes back. */
export function templatePages({ runtime }: { readonly runtime: Runtime }): Hono<PageEnv> {
  const pages = newPages();

  interface Shown {
    readonly language: string | undefined;
    readonly textId: string | undefined;
    readonly refused?: { readonly reason: string; readonly message: string };
    readonly preview?: ShownPreview | undefined;
    readonly form?: Form;
  }

  const page = async (
    c: PageContext,
    { refused: notTaken, preview, form = {}, ...asked }: Shown,
  ): Promise<Response> => {
    const at = { links: runtime.links, now: toInstant(runtime.clock()) };
    const read = await inTenant(c, c.req.param("tenant") ?? "", MANAGES, (opened) =>
      readTemplatesPage({ opened, ...at }, asked),
    );
    if (!read.ok && read.reason === "unknown-text" && c.req.method === "GET") {
      unusable(c, "text");
      return page(c, { ...asked, textId: undefined });
    }
    if (!read.ok) return refusal(c, read);
    const { fields } = refusedForm("", form);
    const isStale = notTaken?.reason === STALE;
    const message = isStale ? c.var.words.say("settings.stale") : (notTaken?.message ?? "");
    const refused: RefusedForm | undefined = notTaken && { message, fields };
    const view = templatesView(read.value, { refused, preview, fields, ...(isStale ? { both: c.var.words } : {}) });
    return formResponse(c, view, refused, isStale);
  };

  pages.get("/notifications/:tenant/templates", (c) => page(c, { language: languageIn(c), textId: undefined }));

  pages.get("/notifications/:tenant/templates/edit", (c) =>
    page(c, { language: languageIn(c), textId: queryOf(c)["text"] }),
  );

  pages.post("/notifications/:tenant/templates/edit", async (c) => {
    const form = await c.req.parseBody();
    const given = formOf(form);
    const { language, textId, words } = given;
    const asked = { language, textId };
    const at = { links: runtime.links, now: toInstant(runtime.clock()) };
    const done = await inTenant(
      c,
      c.req.param("tenant"),
      MANAGES,
      async (opened): Promise<Result<ShownPreview | string>> => {
        const known = await readTemplatesPage({ opened, ...at }, asked);
        if (!known.ok) return known;
        if (form["do"] !== "save" && form["do"] !== "usual")
          return previewForm(given, known.value.language, { opened, ...at });
        const saved = await saveTemplate(
          { textId, words: form["do"] === "usual" ? null : words, was: form },
          known.value.language,
          { opened, now: at.now },
        );
        return saved.ok ? ok(templatesPath(saved.value.tenantId, language, textId)) : saved;
      },
    );
    if (!done.ok)
      return done.reason === "unknown-text"
        ? refusal(c, done)
        : formRefusal(c, done, (told) => page(c, { ...asked, form, refused: told }));
    return typeof done.value === "string"
      ? savedResponse(c, done.value)
      : page(c, { ...asked, form, preview: done.value });
  });

  return pages;
}

/** A form; browsers send the lines of a text with CR LF. */
function formOf(form: Form): TemplateForm {
  const text = (name: string): string => {
    const value = form[name];
    return typeof value === "string" ? value : "";
  };
  return {
    language: text("language"),
    textId: text("text"),
    words: text("words").replaceAll("\r\n", "\n").trim(),
    customerId: text("customer").trim(),
  };
}
