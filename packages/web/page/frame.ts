import type { Context } from "hono";
import { html } from "hono/html";
import { getCookie } from "hono/cookie";
import { languages } from "@regulars/core/platform/languages";
import type { TenantId } from "@regulars/core/platform/values";
import type { PageWords } from "@regulars/render/texts/page-words";
import { searchPath } from "./addresses.ts";
import { CRUMBS_SLOT, FOOT_SLOT, FRAME_SLOT, NOT_DONE_SLOT, SKIP_SLOT, UNUSED_SLOT, completed } from "./frame-slot.ts";
import { languageNames, wordsOfBrowser } from "./language.ts";
import { icon } from "./icons.ts";
import type { Html } from "./layout.ts";
import { withOutcome } from "./outcome.ts";
import { type Place, type Places, placesOf } from "./places.ts";
import { savedView } from "./saved.ts";
import { unusedFilters, unusedView } from "./unused-view.ts";
import { labelsField } from "./written-fields.ts";
import { AS_FIELD, type PageEnv, type Viewer, asOf } from "./viewer.ts";

/** The cookie with the theme that a browser's user chose. */
export const THEME_COOKIE = "regulars-theme";

interface Frame {
  readonly words?: PageWords | undefined;
  readonly viewer?: Viewer | undefined;
  readonly place?: PageEnv["Variables"]["place"];
  readonly places?: PageEnv["Variables"]["places"];
  readonly wrong?: PageEnv["Variables"]["wrong"];
}

/**
 * Completes a page for its request: its language, who is signed in where, and in each form for whom it was drawn and
 * what is written into it.
 */
export async function framed(c: Context, page: string, isDraft: boolean): Promise<string> {
  const { viewer, place, places, wrong = [], words = await wordsOfBrowser(c) }: Frame = c.var;
  const theme = themes.find((one) => one === getCookie(c, THEME_COOKIE));
  const isLaidOut = page.includes(FRAME_SLOT);
  const back = backOf(c);
  const whole = completed(page, {
    startIn: (language) =>
      `<html lang="${language === "en" && isLaidOut ? words.language : language}"${theme === undefined ? "" : ` data-theme="${theme}"`}`,
    slots: {
      [SKIP_SLOT]: () => words.say("page.skip"),
      [NOT_DONE_SLOT]: () => words.say("page.notDone"),
      [CRUMBS_SLOT]: () => words.say("page.crumbs"),
      [FRAME_SLOT]: () => String(frameView({ viewer, place, places }, words, back, theme)),
      [UNUSED_SLOT]: () => `${String(savedView(c, words))}${String(unusedView(c, words))}`,
      [FOOT_SLOT]: () => String(languageForm(words, back)),
    },
    intoForm: (content) => (viewer === undefined || isDraft ? "" : String(formFields(viewer, content))),
  });
  const unused = viewer === undefined ? [] : unusedFilters(c, words);
  const filtered = unused.length === 0 ? whole : (await marksOfMistakes()).withWrongFilters(whole, unused);
  const told =
    wrong.length === 0 ? filtered : (await marksOfMistakes()).withWrongFields(filtered, wrong, await c.req.parseBody());
  return c.req.method === "POST" ? withOutcome(told) : told;
}

const formFields = (viewer: Viewer, content: string): Html =>
  html`<input type="hidden" name="${AS_FIELD}" value="${asOf(viewer)}" />${labelsField(content)}`;

/** Loaded for the first mistake: most pages have none. */
const marksOfMistakes = () => import("./wrong-fields.ts");

/** After signing in one comes back to the page; to the start page from a form that was sent. */
const backOf = ({ req }: Context): string =>
  req.method === "GET" ? `${req.path}${new URL(req.url).search}` : req.path;

/** One line: the places of a day's work, the search, and a menu with everything else. */
const frameView = (frame: Frame, words: PageWords, back: string, theme: Theme | undefined): Html => {
  const { viewer, place } = frame;
  const seen = place === undefined ? undefined : placesOf(place, back);
  return html`${
    seen === undefined
      ? ""
      : html`<nav class="daily" aria-label="${words.say("page.places")}">${placesView(seen.daily, words)}</nav>`
  }
  ${searchOf(viewer, place, words, back)}${viewer === undefined ? "" : menuView(frame, seen, words, back, theme)}`;
};

/** The menu opens over the page without a script, and closes by Escape or a click elsewhere. */
const menuView = (
  { viewer, place, places = [] }: Frame,
  seen: Places | undefined,
  words: PageWords,
  back: string,
  theme: Theme | undefined,
): Html =>
  html`<button type="button" class="act" popovertarget="menu" aria-label="${words.say("page.menu")}">
      ${icon("menu")}
    </button>
    <div id="menu" popover>
      ${viewer === undefined ? "" : viewerView(viewer, place, words, back)}
      <nav aria-label="${words.say("page.menu")}">
        ${
          seen === undefined
            ? ""
            : html`<div class="daily">${placesView(seen.daily, words)}</div>
                ${placesView(seen.others, words)}`
        }
        <ul>
          ${places.map(({ says, path }) => html`<li><a href="${path}">${words.text(says)}</a></li>`)}
          <li><a href="/keys">${words.say("page.keys")}</a></li>
        </ul>
      </nav>
      ${themeForm(theme, words, back)}
    </div>`;

const placesView = (places: readonly Place[], { text }: PageWords): Html =>
  html`<ul>
    ${places.map(
      ({ says, path, isHere }) =>
        html`<li><a href="${path}" ${isHere ? html`aria-current="true"` : ""}>${text(says)}</a></li>`,
    )}
  </ul>`;

/** A search over the viewer's tenant; the owner of a machine has one where they look at a tenant. */
function searchOf(viewer: Viewer | undefined, place: Frame["place"], words: PageWords, address: string): Html {
  const tenantId = viewer?.type === "user" ? viewer.tenantId : place?.tenant.tenantId;
  return tenantId === undefined ? html`` : searchForm(tenantId, words, address);
}

/** What is searched for stays in the field. */
const searchForm = (tenantId: TenantId, { say }: PageWords, address: string): Html =>
  html`<form role="search" aria-label="${say("page.everything")}" method="get" action="${searchPath(tenantId)}">
    <input
      id="search"
      type="search"
      name="q"
      aria-label="${say("page.search")}"
      placeholder="${say("page.searchHint")}"
      maxlength="100"
      value="${searchedIn(tenantId, address)}"
    />
  </form>`;

function searchedIn(tenantId: TenantId, address: string): string {
  const { pathname, searchParams } = new URL(address, "https://own.invalid");
  return pathname === searchPath(tenantId) ? (searchParams.get("q") ?? "") : "";
}

/** The themes that one may choose instead of the browser's. */
const themes = ["light", "dark"] as const;
type Theme = (typeof themes)[number];

/** Buttons for the theme that is not shown; without a choice the browser's holds. */
const themeForm = (theme: Theme | undefined, { say }: PageWords, back: string): Html =>
  html`<form class="theme" method="post" action="/session/theme">
    <input type="hidden" name="back" value="${back}" />
    ${themes
      .filter((one) => one !== theme)
      .map((one) => html`<button class="plain" name="theme" value="${one}">${say(`page.${one}`)}</button>`)}
  </form>`;

/** A button for each language that the page is not in, at its foot. */
const languageForm = ({ language, say }: PageWords, back: string): Html =>
  html`<footer class="foot">
      <form class="theme" method="post" action="/session/language">
        <input type="hidden" name="back" value="${back}" />
        <span>${say("page.language")}: ${languageNames[language]}</span>
        ${languages
          .filter((one) => one !== language)
          .map(
            (one) =>
              html`<button class="plain" name="language" value="${one}" lang="${one}">${languageNames[one]}</button>`,
          )}
      </form>
    </footer>
    <p id="flight" role="status" data-loading="${say("page.loading")}" data-offline="${say("page.offline")}"></p>`;

const viewerView = (viewer: Viewer, place: Frame["place"], { say }: PageWords, back: string): Html =>
  html`<div class="viewer">
    ${place === undefined ? "" : html`<strong><bdi>${place.tenant.name}</bdi></strong>`}
    ${
      viewer.type === "owner"
        ? html`${say("page.owner")} <a href="/session/sign-in?to=${encodeURIComponent(back)}">${say("page.seeAs")}</a>`
        : html`<bdi>${place?.actor.type === "user" ? place.actor.user.name : viewer.userId}</bdi>
            <form method="post" action="/session/sign-out"><button class="plain">${say("page.signOut")}</button></form>`
    }
  </div>`;
