import { isActive } from "@regulars/core/access/user";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import { type UserId, toInstant } from "@regulars/core/platform/values";
import { LINK_STATUS, type LinkRefusal, openLink } from "@regulars/functions/api/notifications/open-link";
import { catalogOf } from "@regulars/functions/catalog";
import type { Runtime } from "@regulars/functions/runtime";
import { askingSlack, ourChannelOf } from "@regulars/functions/slack/slack-connection";
import type { PreferencesPreview } from "@regulars/flows/notifications/preview-preferences";
import { linkTexts } from "@regulars/render/links/link-texts";
import { readLanguages } from "@regulars/store/notifications/languages";
import type { Hono } from "hono";
import { refusedPage } from "../page/html-response.ts";
import { wordsOfViewer } from "../page/language.ts";
import { formRefusal } from "../page/refusal.ts";
import { refusalPage } from "../page/refusal-view.ts";
import { savedResponse } from "../page/saved.ts";
import { type PageContext, type PageEnv, newPages } from "../page/viewer.ts";
import { type SentPage, answerPreferences, isPreview } from "./notification-pages.ts";
import { type OpenPreferences, previewForm, readPreferencesPage, savePreferences } from "./preferences-page.ts";

/** The link opens no customers: nobody of them is named. */
const seesNobody: OpenPreferences["scope"] = async () => ({
  canSee: () => false,
  canReview: () => false,
  canSeeUser: () => false,
});

interface Opened extends OpenPreferences {
  readonly userId: UserId;
}

/**
 * The form of somebody's own preferences, for whoever has the signed link of their mails: no sign-in and no cookie. GET
 * changes nothing. The link is of one user of one tenant, and opens nothing else.
 */
export function preferencesLinkPages({ runtime }: { readonly runtime: Runtime }): Hono<PageEnv> {
  const pages = newPages();

  pages.get("/links/preferences/:token", async (c) => {
    const opened = await openedBy(c, runtime, c.req.param("token"));
    return opened.ok ? shown(c, opened.value) : linkRefusal(c, opened.reason);
  });

  pages.post("/links/preferences/:token", async (c) => {
    const opened = await openedBy(c, runtime, c.req.param("token"));
    if (!opened.ok) return linkRefusal(c, opened.reason);
    const { tenant, whole, userId } = opened.value;
    const form = await c.req.parseBody();
    const now = toInstant(runtime.clock());
    const isOurChannel = ourChannelOf({ runtime, tenant, store: whole });
    const sent = { opened: opened.value, form, now, isOurChannel };
    const done = await askingSlack((): Promise<Result<PreferencesPreview | undefined>> =>
      isPreview(form) ? previewForm(sent, userId) : savePreferences(sent, userId),
    );
    if (!done.ok) return formRefusal(c, done, (told) => shown(c, opened.value, { form, notTaken: told }));
    return done.value === undefined ? savedResponse(c) : shown(c, opened.value, { form, preview: done.value });
  });

  return pages;
}

const shown = async (c: PageContext, opened: Opened, sent: SentPage = {}) =>
  answerPreferences(c, await readPreferencesPage(opened, opened.userId), { ...sent, linkPath: c.req.path });

/** Whose preferences a link opens. Of a user who is gone it is refused like one that nobody signed. */
async function openedBy(c: PageContext, runtime: Runtime, token: string): Promise<Result<Opened, LinkRefusal>> {
  const opened = await openLink(token, runtime);
  if (!opened.ok) return opened;
  const { claims, tenant, store: whole } = opened.value;
  const { userId, scope } = claims;
  const user = userId === undefined || scope !== "preferences" ? undefined : await whole.user(userId);
  if (user === undefined || !isActive(user)) return refuse("not-a-link", "the link is not one of ours");
  const chosen = await readLanguages(runtime.tableFor(tenant.tenantId), tenant.tenantId, user.userId);
  const catalog = catalogOf(runtime, tenant);
  const words = await wordsOfViewer(c, tenant, chosen, catalog.textOf);
  c.set("words", words);
  return ok({
    tenant,
    words,
    catalog,
    whole,
    by: "preferences-link",
    holds: () => false,
    scope: seesNobody,
    userId: user.userId,
  });
}

/** The same sentence whatever is wrong with a link, but its age: nobody learns who there is. */
function linkRefusal(c: PageContext, reason: LinkRefusal): Promise<Response> {
  const { words } = c.var;
  const texts = linkTexts[words.language];
  const page = refusalPage(words, reason === "link-expired" ? texts.expired : texts.notALink);
  return refusedPage(c, page, LINK_STATUS[reason]);
}
