import type { Runtime } from "@regulars/functions/runtime";
import type { Hono } from "hono";
import type { Form } from "../page/form.ts";
import { queryOf, unusable } from "../page/query.ts";
import { selectionPath, selectionsPath } from "../page/addresses.ts";
import { formResponse } from "../page/html-response.ts";
import { LOOKS, type Needs } from "../page/needs.ts";
import { inTenant } from "../page/open-tenant.ts";
import { type RefusedForm, refusedForm } from "../page/refused-form.ts";
import { formRefusal, refusal } from "../page/refusal.ts";
import { doneResponse } from "../page/saved.ts";
import { type PageContext, type PageEnv, newPages } from "../page/viewer.ts";
import { callListOf, previewByForm, startByForm } from "./selection-actions-page.ts";
import { selectionView } from "./selection-view.ts";
import { changeByForm, createByForm, readSelectionPage, readSelectionsPage } from "./selections-page.ts";
import { selectionsView } from "./selections-view.ts";
const READS: Needs = [...LOOKS, "statuses.manage"];
const MANAGES: Needs = ["statuses.manage"];

/** Pages of selections: the list, and one with its members and what is done for them. */
export function selectionPages({ runtime }: { readonly runtime: Runtime }): Hono<PageEnv> {
  const pages = newPages();

  const listPage = async (c: PageContext, refused?: RefusedForm): Promise<Response> => {
    const page = await inTenant(c, c.req.param("tenant") ?? "", READS, readSelectionsPage);
    if (!page.ok) return refusal(c, page);
    const view = selectionsView(page.value, c.var.words, refused);
    return formResponse(c, view, refused);
  };

  const onePage = async (c: PageContext, form: Form = {}, refused?: RefusedForm): Promise<Response> => {
    const { tenant = "", selection: selectionId = "" } = c.req.param();
    const needs = form["do"] === "preview" ? MANAGES : READS;
    const page = await inTenant(c, tenant, needs, async (opened) => {
      const preview =
        form["do"] === "preview" && refused === undefined
          ? await previewByForm(opened, runtime, selectionId, form)
          : undefined;
      if (preview?.ok === false) return preview;
      const asked = { selectionId, action: queryOf(c)["action"], preview: preview?.value };
      return readSelectionPage(opened, runtime, asked);
    });
    if (!page.ok && form["do"] === "preview" && refused === undefined)
      return formRefusal(c, page, (told) => onePage(c, form, refusedForm(told.message, form)));
    if (!page.ok) return refusal(c, page);
    if (queryOf(c)["action"] && page.value.mayManage && page.value.action === undefined) unusable(c, "action");
    const view = selectionView(page.value, c.var.words, refused ?? refusedForm("", form), refused !== undefined);
    return formResponse(c, view, refused);
  };

  pages.get("/selections/:tenant", (c) => listPage(c));
  pages.post("/selections/:tenant", async (c) => {
    const form = await c.req.parseBody();
    const made = await inTenant(c, c.req.param("tenant"), MANAGES, (opened) => createByForm(opened, runtime, form));
    return made.ok
      ? c.redirect(`${c.req.path}/${encodeURIComponent(made.value.selectionId)}`, 303)
      : formRefusal(c, made, (told) => listPage(c, refusedForm(told.message, form)));
  });

  pages.get("/selections/:tenant/:selection", (c) => onePage(c));
  pages.post("/selections/:tenant/:selection", async (c) => {
    const form = await c.req.parseBody();
    const { tenant, selection: selectionId } = c.req.param();
    if (form["do"] === "preview") return onePage(c, form);
    const done = await inTenant(c, tenant, MANAGES, async (opened) => {
      const { tenantId } = opened.tenant;
      if (form["do"] === "start") {
        const started = await startByForm(opened, runtime, c.var.requestId, selectionId, form);
        if (!started.ok) return started;
        return { ok: true, value: `${selectionPath(tenantId, selectionId)}?action=${started.value.operationId}` };
      }
      const changed = await changeByForm(opened, runtime, selectionId, form);
      if (!changed.ok) return changed;
      const next =
        form["do"] === "delete" ? selectionsPath(tenantId) : selectionPath(tenantId, changed.value.selectionId);
      return { ok: true, value: next };
    });
    if (done.ok) return form["do"] === "start" ? c.redirect(done.value, 303) : doneResponse(c, done.value);
    return formRefusal(c, done, (told) => onePage(c, form, refusedForm(told.message, form)));
  });

  pages.get("/selections/:tenant/:selection/call-list.csv", async (c) => {
    const { tenant, selection: selectionId } = c.req.param();
    const csv = await inTenant(c, tenant, LOOKS, (opened) => callListOf(opened, runtime, selectionId));
    if (!csv.ok) return refusal(c, csv);
    return c.body(csv.value, 200, {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": 'attachment; filename="call-list.csv"',
      "x-content-type-options": "nosniff",
    });
  });

  return pages;
}
