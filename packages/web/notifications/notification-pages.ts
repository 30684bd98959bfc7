import { type Result, ok } from "@regulars/core/platform/result";
import { type UserId, toInstant } from "@regulars/core/platform/values";
import type { Runtime } from "@regulars/functions/runtime";
import { askingSlack, ourChannelOf } from "@regulars/functions/slack/slack-connection";
import type { Hono } from "hono";
import type { Form } from "../page/form.ts";
import { formResponse, htmlResponse } from "../page/html-response.ts";
import { LOOKS, type Needs } from "../page/needs.ts";
import { type OpenTenant, inTenant } from "../page/open-tenant.ts";
import { choiceIn } from "../page/query.ts";
import { formRefusal, refusal } from "../page/refusal.ts";
import { refusedForm } from "../page/refused-form.ts";
import { STALE } from "../page/stale-form.ts";
import { savedResponse } from "../page/saved.ts";
import { type PageContext, type PageEnv, newPages } from "../page/viewer.ts";
import { type Upcoming, WHEN_DUE, previewMessages } from "@regulars/flows/notifications/preview";
import type { PreferencesPreview } from "@regulars/flows/notifications/preview-preferences";
import { whyWords } from "@regulars/render/notifications/why-words";
import type { PreferencesOwner } from "@regulars/core/notifications/preference-store";
import type { PageWords } from "@regulars/render/texts/page-words";
import { noteWords } from "./note-words.ts";
import { type NextMessages, nextView } from "./next-view.ts";
import { nobodysView } from "./nobodys-view.ts";
import { previewCompulsions, saveCompulsions } from "./compulsions.ts";
import { readPreferenceChanges } from "./preference-changes-view.ts";
import {
  type PreferencesPage,
  type SentForm,
  allFields,
  previewForm,
  readPreferencesPage,
  savePreferences,
} from "./preferences-page.ts";
import { type Sent, preferencesView } from "./preferences-view.ts";

const READS: Needs = ["users.manage", ...LOOKS];
const SEES_NEXT: Needs = ["notifications.manage", ...LOOKS];
const MANAGES: Needs = ["settings.manage"];

/** What came of a form that was sent: why it was not taken, or what it would do. */
export interface SentPage {
  readonly form?: Form;
  readonly notTaken?: { readonly reason: string; readonly message: string };
  readonly preview?: PreferencesPreview;
}

/** Draws the form of preferences, with what came of it just now. */
export function answerPreferences(
  c: PageContext,
  page: PreferencesPage,
  { form = {}, notTaken, preview, ...shown }: SentPage & Pick<Sent, "linkPath" | "log" | "preference">,
): Promise<Response> {
  const isStale = notTaken?.reason === STALE;
  const words = c.var.words;
  const refused = notTaken && refusedForm(isStale ? words.say("settings.stale") : notTaken.message, form);
  const { fields } = refusedForm("", form);
  const view = preferencesView(page, words, { ...shown, fields, refused, preview, isStale });
  return formResponse(c, view, refused, isStale);
}

/** Whether a form asks what it would do. */
export const isPreview = (form: Form): boolean => form["do"] === "preview";

/** The pages of who is told what, how and when. */
export function notificationPages({ runtime }: { readonly runtime: Runtime }): Hono<PageEnv> {
  const pages = newPages();

  const sentIn = (opened: OpenTenant) => ({
    opened,
    isOurChannel: ourChannelOf({ runtime, tenant: opened.tenant, store: opened.whole }),
  });

  const own = async (c: PageContext, tenant: string, sent: SentPage = {}) => {
    const page = await inTenant(c, tenant, READS, async (opened) =>
      ok(opened.userId === undefined ? opened : await readLogged(opened, { type: "user", userId: opened.userId })),
    );
    if (!page.ok) return refusal(c, page);
    return "log" in page.value
      ? answerPreferences(c, page.value.shown, { ...sent, log: page.value.log })
      : htmlResponse(c, nobodysView(page.value.tenant, page.value.words));
  };

  const everybodys = async (c: PageContext, tenant: string, sent: SentPage = {}) => {
    const page = await inTenant(c, tenant, MANAGES, async (opened) => ok(await readLogged(opened, { type: "tenant" })));
    if (!page.ok) return refusal(c, page);
    const { shown, log } = page.value;
    const names = allFields(shown.groups).map(({ name }) => name);
    return answerPreferences(c, shown, { ...sent, log, preference: choiceIn(c, "preference", names) });
  };

  pages.get("/notifications/:tenant", (c) => own(c, c.req.param("tenant")));

  pages.post("/notifications/:tenant", async (c) => {
    const { tenant } = c.req.param();
    const form = await c.req.parseBody();
    const now = toInstant(runtime.clock());
    const done = await inTenant(c, tenant, READS, async (opened): Promise<Result<PreferencesPreview | undefined>> =>
      opened.userId === undefined
        ? { ok: false, reason: "not-allowed", message: opened.words.say("nobody.noMessages") }
        : askingSlack(() => answered({ ...sentIn(opened), form, now }, opened.userId)),
    );
    if (!done.ok) return formRefusal(c, done, (told) => own(c, tenant, { form, notTaken: told }));
    return done.value === undefined ? savedResponse(c) : own(c, tenant, { form, preview: done.value });
  });

  pages.get("/notifications/:tenant/tenant", (c) => everybodys(c, c.req.param("tenant")));

  pages.post("/notifications/:tenant/tenant", async (c) => {
    const { tenant } = c.req.param();
    const form = await c.req.parseBody();
    const now = toInstant(runtime.clock());
    const done = await inTenant(c, tenant, MANAGES, (opened) =>
      askingSlack(() => answered({ ...sentIn(opened), form, now }, undefined)),
    );
    if (!done.ok) return formRefusal(c, done, (told) => everybodys(c, tenant, { form, notTaken: told }));
    return done.value === undefined ? savedResponse(c) : everybodys(c, tenant, { form, preview: done.value });
  });

  pages.get("/notifications/:tenant/next", async (c) => {
    const read = await inTenant(c, c.req.param("tenant"), SEES_NEXT, async (opened) =>
      ok(await readNext(opened, runtime.clock())),
    );
    return read.ok ? htmlResponse(c, nextView(read.value, c.var.words)) : refusal(c, read);
  });

  return pages;
}

/** Preferences with who changed them last. */
const readLogged = async (opened: OpenTenant, owner: PreferencesOwner) => ({
  shown: await readPreferencesPage(opened, owner.type === "user" ? owner.userId : undefined),
  log: await readPreferenceChanges(opened, owner),
});

/** Who manages messages sees everybody's, others their own. `now` in ms. */
async function readNext(
  { tenant, words, catalog, whole, holds, userId }: OpenTenant,
  now: number,
): Promise<NextMessages> {
  const isOfAll = holds("notifications.manage");
  const store = { nightly: whole.nightly, outbox: whole.outbox };
  const messages =
    isOfAll || userId !== undefined
      ? await previewMessages({ tenant, catalog, store, now, ...(isOfAll ? {} : { userId }) })
      : [];
  const names = new Map((await whole.nightly.users()).map((user) => [user.userId, user.name]));
  return {
    tenant,
    isOfAll,
    messages: messages.map((one) => ({
      ...one,
      why: whyOf(one, words),
      reader: one.userId === null ? words.say("next.nobody") : (names.get(one.userId) ?? one.userId),
      about: [...new Set(one.kinds)].map((kind) => words.kindTitle(kind) ?? catalog.titleOf(kind)),
    })),
  };
}

/** Why it is sent so; a digest that is still to be made also says for which day. */
function whyOf({ why, because, forDay }: Upcoming, words: PageWords): string {
  if (because === undefined) return why === WHEN_DUE ? words.say("why.whenDue") : noteWords(why, words);
  const text = whyWords(because, words);
  return forDay === undefined ? text : words.say("why.ofDay", { date: words.formats.day(forDay), text });
}

/** The page for everybody has a form for the defaults, one for what is compulsory, and one that takes that back. */
const isOfCompulsions = ({ form }: SentForm): boolean => form["form"] === "compulsion" || form["form"] === "removal";

/** Saves what a form asks, or says what that would do. */
async function answered(sent: SentForm, userId: UserId | undefined): Promise<Result<PreferencesPreview | undefined>> {
  const isOfAll = userId === undefined && isOfCompulsions(sent);
  if (isPreview(sent.form)) return isOfAll ? previewCompulsions(sent) : previewForm(sent, userId);
  return isOfAll ? saveCompulsions(sent) : savePreferences(sent, userId);
}
