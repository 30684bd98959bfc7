import type { Context } from "hono";
import { html } from "hono/html";
import { getCookie } from "hono/cookie";
import type { TenantId } from "@regulars/core/platform/values";
import { searchPath } from "./addresses.ts";
import { FRAME_SLOT } from "./frame-slot.ts";
import type { Html } from "./layout.ts";
import { AS_FIELD, type PageEnv, type Viewer, asOf } from "./viewer.ts";

/** The cookie with the theme that a browser's user chose. */
export const THEME_COOKIE = "regulars-theme";

interface Frame {
  readonly viewer?: Viewer | undefined;
  readonly place?: PageEnv["Variables"]["place"];
  readonly places?: PageEnv["Variables"]["places"];
}

/** Completes a page for its request: who is signed in where, and in each form for whom it was drawn. */
export function framed(c: Context, page: string, isDraft: boolean): string {
  const { viewer, place, places }: Frame = c.var;
  const theme = themes.find((one) => one === getCookie(c, THEME_COOKIE));
  const themed =
    theme === undefined ? page : page.replace(/<html lang="[^"]*"/, (tag) => `${tag} data-theme="${theme}"`);
  const whole = themed.replace(FRAME_SLOT, () => String(frameView({ viewer, place, places }, backOf(c), theme)));
  if (viewer === undefined || isDraft) return whole;
  const field = String(html`<input type="hidden" name="${AS_FIELD}" value="${asOf(viewer)}" />`);
  return whole.replaceAll(/<form\b[^>]*\bmethod="post"[^>]*>/g, (form) => `${form}${field}`);
}

/** After signing in one comes back to the page; to the start page from a form that was sent. */
const backOf = ({ req }: Context): string =>
  req.method === "GET" ? `${req.path}${new URL(req.url).search}` : req.path;

const frameView = ({ viewer, place, places = [] }: Frame, back: string, theme: Theme | undefined): Html =>
  html`${searchOf(viewer, place, back)}${
    places.length === 0
      ? ""
      : html`<nav aria-label="Messages">
          <ul>
            ${places.map(
              ({ name, path }) =>
                html`<li>
                  <a href="${path}"><bdi>${name}</bdi></a>
                </li>`,
            )}
          </ul>
        </nav>`
  }${viewer === undefined ? "" : html`${viewerView(viewer, place, back)}${themeForm(theme, back)}`}`;

/** A search over the viewer's tenant; the owner of a machine has one where they look at a tenant. */
function searchOf(viewer: Viewer | undefined, place: Frame["place"], address: string): Html {
  const tenantId = viewer?.type === "user" ? viewer.tenantId : place?.tenant.tenantId;
  return tenantId === undefined ? html`` : searchForm(tenantId, address);
}

/** What is searched for stays in the field. */
const searchForm = (tenantId: TenantId, address: string): Html =>
  html`<form role="search" aria-label="Everything" method="get" action="${searchPath(tenantId)}">
    <input
      id="search"
      type="search"
      name="q"
      aria-label="Search"
      placeholder="Search  /"
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
const themeForm = (theme: Theme | undefined, back: string): Html =>
  html`<form class="theme" method="post" action="/session/theme">
    <input type="hidden" name="back" value="${back}" />
    ${themes
      .filter((one) => one !== theme)
      .map(
        (one) => html`<button class="plain" name="theme" value="${one}">${one === "dark" ? "Dark" : "Light"}</button>`,
      )}
    <a href="/keys">Keys</a>
  </form>`;

const viewerView = (viewer: Viewer, place: Frame["place"], back: string): Html =>
  html`<div class="viewer">
    ${place === undefined ? "" : html`<bdi>${place.tenant.name}</bdi> ·`}
    ${
      viewer.type === "owner"
        ? html`Owner of this machine · <a href="/session/sign-in?to=${encodeURIComponent(back)}">see it as …</a>`
        : html`<bdi>${place?.actor.type === "user" ? place.actor.user.name : viewer.userId}</bdi>
            <form method="post" action="/session/sign-out"><button class="plain">Sign out</button></form>`
    }
  </div>`;
