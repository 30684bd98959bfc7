import type { Owner } from "@regulars/core/monitors/owner";
import { pictureSchema } from "@regulars/core/monitors/picture";
import { cutText } from "@regulars/core/platform/cut-text";
import { idOfSegment } from "@regulars/core/platform/id-text";
import { ok, refuse } from "@regulars/core/platform/result";
import { toInstant } from "@regulars/core/platform/values";
import { statusesRefusal } from "@regulars/core/tenants/edition";
import { listStatuses } from "@regulars/flows/monitors/list-statuses";
import { memberCards, ownerName } from "@regulars/flows/monitors/member-cards";
import { pictureHeaders } from "@regulars/functions/api/monitors/picture-headers";
import type { Runtime } from "@regulars/functions/runtime";
import type { Hono } from "hono";
import { ownPath } from "../access/own-path.ts";
import { queryOf, readIn } from "../page/query.ts";
import { htmlResponse, refusedPage } from "../page/html-response.ts";
import { LOOKS, type Needs } from "../page/needs.ts";
import { type OpenTenant, inTenant } from "../page/open-tenant.ts";
import { refusedForm } from "../page/refused-form.ts";
import { formRefusal, refusal } from "../page/refusal.ts";
import { doneResponse } from "../page/saved.ts";
import { endFollowUpByForm } from "./end-follow-up.ts";
import { followUpByForm, followUpText } from "./follow-up-form.ts";
import { statusesView } from "./statuses-view.ts";
import { type PageEnv, newPages } from "../page/viewer.ts";

interface StatusesPagesOptions {
  /** Path of the data folder. */
  readonly folder: string;
  readonly runtime: Runtime;
}

const READS: Needs = [...LOOKS, "statuses.manage"];

/** Holders that are shown of each status. */
export const MOST_HOLDERS = 50;

/** The page of status monitors with who has their statuses, and their pictures. */
export function statusesPages({ folder, runtime }: StatusesPagesOptions): Hono<PageEnv> {
  const pages = newPages();

  const read = async (
    { tenant, words, catalog, store: nightly, whole, scope: seen, holds }: OpenTenant,
    { made, saved: savedId }: Readonly<Record<string, string>> = {},
  ) => {
    const { monitors, statuses } = whole;
    const scope = await seen();
    const now = toInstant(runtime.clock());
    const list = await listStatuses({
      tenant,
      nightly,
      monitors,
      statuses,
      scope,
      now,
      most: MOST_HOLDERS,
    });
    if (!list.ok) return list;
    const owners = list.value.listed.flatMap(({ holders }) => holders.map(({ owner }) => owner));
    const cardOf = await memberCards({ tenant, nightly, records: whole.records }, owners);
    const canReview = (owner: Owner) => scope.canReview(cardOf(owner)?.customer ?? {});
    const nameOf = (owner: Owner) => ownerName(owner, cardOf(owner));
    const followUp = await followUpText(whole, words, scope, made);
    const saved = list.value.listed.find(({ monitor }) => monitor.statusId === savedId)?.monitor.name;
    const mayManage = holds("statuses.manage");
    return ok({ folder, tenant, catalog, ...list.value, canReview, nameOf, made: followUp, saved, mayManage });
  };

  pages.get("/statuses/:tenant", async (c) => {
    const page = await inTenant(c, c.req.param("tenant"), READS, (opened) => read(opened, queryOf(c)));
    if (!page.ok) return refusal(c, page);
    for (const name of ["made", "saved"] as const) readIn(c, name, () => page.value[name]);
    return htmlResponse(c, statusesView(page.value, c.var.words));
  });

  pages.post("/statuses/:tenant/follow-ups/:status/:type/:owner", async (c) => {
    const { tenant, status: statusId, type: ownerType, owner } = c.req.param();
    const form = { ...(await c.req.parseBody()), statusId, ownerType, ownerId: idOfSegment(owner) };
    const made = await inTenant(c, tenant, LOOKS, (opened) => followUpByForm(opened, runtime, form));
    if (made.ok)
      return c.redirect(
        `/statuses/${encodeURIComponent(tenant)}?made=${encodeURIComponent(made.value.followUpId)}`,
        303,
      );
    return formRefusal(c, made, async (told) => {
      const page = await inTenant(c, tenant, READS, (opened) => read(opened));
      const refused = refusedForm(told.message, form);
      return page.ok ? refusedPage(c, statusesView(page.value, c.var.words, refused), 422) : refusal(c, page);
    });
  });

  pages.post("/statuses/:tenant/follow-ups/:followUp", async (c) => {
    const { tenant, followUp } = c.req.param();
    const form = await c.req.parseBody();
    const ended = await inTenant(c, tenant, LOOKS, (opened) =>
      endFollowUpByForm(opened, runtime, idOfSegment(followUp), form),
    );
    const { back } = form;
    return ended.ok ? doneResponse(c, ownPath(typeof back === "string" ? back : undefined)) : refusal(c, ended);
  });

  pages.get("/statuses/:tenant/pictures/:picture", async (c) => {
    const { tenant, picture: given } = c.req.param();
    const found = await inTenant(c, tenant, READS, async ({ tenant: owner, words, whole }) => {
      const id = pictureSchema.shape.pictureId.safeParse(given);
      const picture =
        id.success && statusesRefusal(owner) === undefined ? await whole.monitors.picture(id.data) : undefined;
      return picture === undefined
        ? refuse("unknown-picture", words.say("statuses.noPicture", { text: cutText(given, 100) }))
        : ok(picture);
    });
    if (!found.ok) return refusal(c, found);
    return c.body(new Uint8Array(found.value.bytes), 200, pictureHeaders(found.value.type));
  });

  return pages;
}
