import { presetNames } from "@regulars/core/monitors/presets";
import type { Runtime } from "@regulars/functions/runtime";
import { ok } from "@regulars/core/platform/result";
import type { Hono } from "hono";
import { choiceIn } from "../page/query.ts";
import { statusEditorPath, statusesPath } from "../page/addresses.ts";
import { htmlResponse, refusedPage } from "../page/html-response.ts";
import type { Needs } from "../page/needs.ts";
import { type OpenTenant, inTenant } from "../page/open-tenant.ts";
import { refusedForm } from "../page/refused-form.ts";
import { formRefusal, refusal } from "../page/refusal.ts";
import { type PageContext, type PageEnv, newPages } from "../page/viewer.ts";
import { deleteByForm, ownerTypeOf, readEditor, restoreByForm, saveByForm, sentEditor } from "./status-editor.ts";
import { statusEditorView } from "./status-editor-view.ts";
import { type StatusForm, textsOf } from "./status-form.ts";
import { pictureByForm } from "./status-picture.ts";
import { tryCriteria } from "./try-criteria.ts";
const MANAGES: Needs = ["statuses.manage"];

/** The pages on which a status is made and changed: what it would do is shown before it is saved. */
export function statusEditorPages({ runtime }: { readonly runtime: Runtime }): Hono<PageEnv> {
  const pages = newPages();

  const blank = async (c: PageContext): Promise<Response> => {
    const { tenant = "", status: statusId } = c.req.param();
    const asked = { statusId, preset: statusId === undefined ? choiceIn(c, "preset", presetNames) : undefined };
    const editor = await inTenant(c, tenant, MANAGES, (opened) => readEditor(opened, runtime, asked));
    return editor.ok ? htmlResponse(c, statusEditorView(editor.value)) : refusal(c, editor);
  };

  /** The form as it was sent, with what its criteria would do. */
  const tried = (opened: OpenTenant, statusId: string | undefined, form: StatusForm) =>
    sentEditor(opened, statusId, form).then(async (editor) => {
      if (!editor.ok) return editor;
      const { value } = editor;
      const done = await tryCriteria(opened, runtime, { ...value, ownerType: ownerTypeOf(value) });
      if (!done.ok) return done;
      const { words: criteria, tried: found } = done.value;
      return {
        ok: true,
        value: { ...value, form: { ...form, ...NO_LEAF, criteria }, tried: found, isTried: true },
      } as const;
    });

  const act = async (opened: OpenTenant, { statusId, form, file }: Sent) => {
    if (statusId !== undefined && form["do"] === "delete") return deleteByForm(opened, runtime, statusId);
    if (statusId !== undefined && form["do"] === "restore") return restoreByForm(opened, runtime, statusId);
    if (statusId !== undefined && PICTURE_ACTS.has(form["do"] ?? ""))
      return pictureByForm(opened, runtime, { statusId, form, file });
    const editor = await sentEditor(opened, statusId, form);
    return editor.ok ? saveByForm(opened, runtime, editor.value) : editor;
  };

  const redrawn = async (c: PageContext, form: StatusForm, message: string): Promise<Response> => {
    const { tenant = "", status: statusId } = c.req.param();
    const editor = await inTenant(c, tenant, MANAGES, async (opened) => {
      if (!WITHOUT_FIELDS.has(form["do"] ?? "")) return sentEditor(opened, statusId, form);
      const saved = await readEditor(opened, runtime, { statusId });
      return saved.ok ? ok({ ...saved.value, form: { ...form, ...saved.value.form } }) : saved;
    });
    if (!editor.ok) return refusal(c, editor);
    return refusedPage(c, statusEditorView(editor.value, refusedForm(message, form)), 422);
  };

  const sent = async (c: PageContext): Promise<Response> => {
    const { tenant = "", status: statusId } = c.req.param();
    const body: Readonly<Record<string, unknown>> = await c.req.parseBody();
    const form = textsOf(body);
    if (!ACTS.has(form["do"] ?? "")) {
      const editor = await inTenant(c, tenant, MANAGES, (opened) => tried(opened, statusId, form));
      if (!editor.ok) return formRefusal(c, editor, (told) => redrawn(c, form, told.message));
      return htmlResponse(c, statusEditorView(editor.value));
    }
    const done = await inTenant(c, tenant, MANAGES, async (opened) => {
      const saved = await act(opened, { statusId, form, file: body["picture"] });
      if (!saved.ok) return saved;
      const { tenantId } = opened.tenant;
      const shown =
        WITHOUT_FIELDS.has(form["do"] ?? "") && form["do"] !== "restore"
          ? statusEditorPath(tenantId, saved.value)
          : statusesPath(tenantId);
      return { ok: true, value: `${shown}?saved=${encodeURIComponent(saved.value)}` } as const;
    });
    return done.ok ? c.redirect(done.value, 303) : formRefusal(c, done, (told) => redrawn(c, form, told.message));
  };

  pages.get("/statuses/:tenant/edit", blank);
  pages.get("/statuses/:tenant/edit/:status", blank);
  pages.post("/statuses/:tenant/edit", sent);
  pages.post("/statuses/:tenant/edit/:status", sent);
  return pages;
}

interface Sent {
  readonly statusId: string | undefined;
  readonly form: StatusForm;
  readonly file: unknown;
}

const PICTURE_ACTS: ReadonlySet<string> = new Set(["picture", "no-picture"]);

/** Buttons of forms without the fields of a status: after a refusal they are shown as they are saved. */
const WITHOUT_FIELDS: ReadonlySet<string> = new Set(["delete", "restore", ...PICTURE_ACTS]);

/** What the form does at once; every other button shows what would be. */
const ACTS: ReadonlySet<string> = new Set(["save", ...WITHOUT_FIELDS]);

/** A comparison that was added is not there to be added again. */
const NO_LEAF = {
  leafField: "",
  leafOp: "",
  leafValue: "",
  leafUnit: "",
  leafNot: "",
  leafOrNever: "",
  leafAutomatic: "",
};
