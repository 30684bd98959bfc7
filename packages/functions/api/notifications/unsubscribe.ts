import { catalogOf } from "../../catalog.ts";
import { type Ends, endsOf, kindsOfScope } from "@regulars/core/notifications/unsubscribe";
import { effectivePreferences } from "@regulars/core/notifications/effective";
import { type Language, isLanguage, languageOf, languages } from "@regulars/core/platform/languages";
import { toInstant } from "@regulars/core/platform/values";
import { type LinkScope, signLinkToken } from "@regulars/core/notifications/link-token";
import { type UnsubscribeState, unsubscribe, unsubscribeState } from "@regulars/flows/notifications/unsubscribe";
import { type LinkTexts, linkTexts } from "@regulars/render/links/link-texts";
import { formatsOf } from "@regulars/render/texts/formats";
import { sourceOf } from "@regulars/render/texts/write-text";
import { type Context, Hono } from "hono";
import type { Runtime } from "../../runtime.ts";
import { LINK_HEADERS, linkPage } from "./link-page.ts";
import { LINK_STATUS, type LinkRefusal, type OpenedLink, openLink } from "./open-link.ts";

/**
 * The pages of RFC 8058 and of the footers' links, for whoever has the token: no login, no cookie, no redirect. GET
 * changes nothing, whatever it is asked for; a POST does, and answers 200 also when nothing was left to change.
 */
export function unsubscribeRoutes(runtime: Runtime): Hono {
  const routes = newLinkRoutes(runtime);
  routes.get("/unsubscribe/:token", (c) => answer(c, runtime, undefined));
  routes.get("/unsubscribe/:token/again", (c) => answer(c, runtime, undefined));
  routes.post("/unsubscribe/:token", (c) => answer(c, runtime, true));
  routes.post("/unsubscribe/:token/again", (c) => answer(c, runtime, false));
  // What is left of a link that was cut, or has something behind it.
  for (const rest of ["/unsubscribe", "/unsubscribe/*"])
    routes.on(["GET", "POST"], rest, (c) => linkRefusal(c, "not-a-link"));
  return routes;
}

/** Routes for whoever has a link; a fault of ours is answered by a sentence. */
function newLinkRoutes(runtime: Runtime): Hono {
  const routes = new Hono();
  routes.onError((error, c) => {
    runtime.log.error("link failed", { reason: error.stack ?? error.message });
    return c.html(linkPage({ ...wordsFor(askedLanguage(c), "failed") }), 503, { ...LINK_HEADERS, "Retry-After": "60" });
  });
  return routes;
}

/** Shows a link's page, after the change that it asks for, if any. */
async function answer(c: Context, runtime: Runtime, isOff: boolean | undefined): Promise<Response> {
  const token = c.req.param("token") ?? "";
  const opened = await openLink(token, runtime);
  const ends = opened.ok ? endsOf(opened.value.claims) : undefined;
  if (!opened.ok || ends === undefined) return linkRefusal(c, opened.ok ? "not-a-link" : opened.reason);
  const { store } = opened.value;
  if (isOff !== undefined) await unsubscribe({ ends, isOff, store, now: toInstant(runtime.clock()) });
  const state = await unsubscribeState(ends, store);
  const language = await languageFor(ends, opened.value);
  const page = pageOf({ ends, state, isChanged: isOff !== undefined }, { ...opened.value, token, language, runtime });
  return c.html(linkPage(page), 200, LINK_HEADERS);
}

const linkRefusal = (c: Context, reason: LinkRefusal) =>
  c.html(
    linkPage(wordsFor(askedLanguage(c), reason === "link-expired" ? "expired" : "notALink")),
    LINK_STATUS[reason],
    LINK_HEADERS,
  );

const wordsFor = (language: Language, sentence: "failed" | "expired" | "notALink") => ({
  language,
  title: linkTexts[language].title,
  paragraphs: [linkTexts[language][sentence]],
});

/** The first language of a request that there are texts in: of whom the link is for, nothing is known. */
function askedLanguage(c: Context): Language {
  const asked = (c.req.header("accept-language") ?? "").slice(0, 200).split(",");
  const tags = asked.map((one) => one.split(";")[0]?.trim() ?? "");
  const first = tags.find((tag) => isLanguage(tag) || languages.some((one) => tag.split("-")[0] === one.split("-")[0]));
  return first === undefined ? "en" : languageOf(first);
}

/** The reader's language, else that of the tenant's locale. */
async function languageFor(ends: Ends, { tenant, store: { preferences } }: OpenedLink): Promise<Language> {
  if (ends.type === "group") return languageOf(tenant.locale);
  const defaults = await preferences.of({ type: "tenant" });
  const own = await preferences.of({ type: "user", userId: ends.userId });
  return languageOf(effectivePreferences({ tenant, defaults, own }).language.value);
}

interface Shown {
  readonly ends: Ends;
  readonly state: UnsubscribeState;
  /** A POST has just changed it. */
  readonly isChanged: boolean;
}

interface Surroundings extends OpenedLink {
  readonly token: string;
  readonly language: Language;
  readonly runtime: Runtime;
}

function pageOf({ ends, state: { isOff, stays }, isChanged }: Shown, surroundings: Surroundings) {
  const { token, language } = surroundings;
  const texts = linkTexts[language];
  const what = endsText(ends, surroundings);
  const said = (text: string) => sentence(filled(text, { what }));
  const staying = stays.map((reason) => filled(texts.compulsory, { reason }));
  return {
    language,
    title: texts.title,
    paragraphs: isOff
      ? [said(texts.stopped), ...staying, texts.comeBack]
      : [
          said(isChanged ? texts.resumed : texts.ends),
          ...staying,
          ...(isChanged ? [] : [texts.restStays, texts.comeBack]),
        ],
    button: isOff
      ? { label: texts.again, action: `/links/unsubscribe/${token}/again` }
      : { label: texts.stop, action: `/links/unsubscribe/${token}` },
    links: ends.type === "group" ? [] : furtherLinks(ends.scope, surroundings),
  };
}

/** To the end of everything, and to all preferences. They are as old as this link: opening it makes nothing hold longer. */
function furtherLinks(scope: LinkScope, { claims, language, runtime, tenant }: Surroundings) {
  const texts = linkTexts[language];
  const [secret] = runtime.linkSecrets;
  if (secret === undefined) return [];
  const tokenOf = (other: LinkScope): string => signLinkToken({ ...claims, scope: other }, secret);
  const all = { label: filled(texts.stopAll, { firm: tenant.name }), href: `/links/unsubscribe/${tokenOf("all")}` };
  const settings = { label: texts.settings, href: runtime.pageOfLink("preferences", tokenOf("preferences")) };
  return scope === "all" ? [settings] : [all, settings];
}

/** What a link ends, in words: "your daily digest of Acme". */
const endsText = (ends: Ends, surroundings: Omit<Surroundings, "token">): string =>
  filled(whatOf(ends, linkTexts[surroundings.language], surroundings), { firm: surroundings.tenant.name });

function whatOf(ends: Ends, texts: LinkTexts, { language, runtime, tenant }: Omit<Surroundings, "token">): string {
  if (ends.type === "group") return texts.group;
  const kinds = kindsOfScope(ends.scope);
  if (kinds?.join() === "introduction") return texts.introduction;
  if (kinds !== undefined)
    return filled(texts.kind, {
      kind: formatsOf(language).list(kinds.map((kind) => titleOf(kind, language, runtime, tenant))),
    });
  return ends.scope === "digest" ? texts.digest : texts.all;
}

/** The title of a kind; of one that is gone since, its id. */
function titleOf(kind: string, language: Language, runtime: Runtime, tenant: OpenedLink["tenant"]): string {
  const catalog = catalogOf(runtime, tenant);
  return catalog.kindOf(kind) === undefined ? kind : sourceOf(`${kind}.title`, catalog.textOf, language);
}

const filled = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replaceAll(/<(\w+)>/g, (whole, name: string) => values[name] ?? whole);

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
