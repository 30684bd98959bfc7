import { html, raw } from "hono/html";
import { type Asset, PAGE_SCRIPT, REFRESH_SCRIPT, STYLE } from "./assets.ts";
import { CRUMBS_SLOT, FOOT_SLOT, FRAME_SLOT, SKIP_SLOT, UNUSED_SLOT } from "./frame-slot.ts";

/** Escaped HTML. */
export type Html = ReturnType<typeof html>;

/** At the end of a page of work that goes on: it reloads by itself, without script every ten seconds. */
export const reloading: Html = html`<script src="${REFRESH_SCRIPT.path}"></script>
  <noscript><meta http-equiv="refresh" content="10" /></noscript>`;

/** One breadcrumb. */
export interface Crumb {
  readonly name: string;
  readonly path: string;
}

export interface Page {
  readonly title: string;
  /** Breadcrumbs from the start page to the parent of this page. */
  readonly crumbs?: readonly Crumb[];
  readonly main: Html;
  /** Its script with those of all pages (`scriptOf`), where it has one of its own. */
  readonly script?: Asset;
  /** Uses the window's full width, as boards do. */
  readonly isWide?: boolean;
}

const START: Crumb = { name: "Regulars", path: "/" };

/** A complete page: breadcrumbs, room for its viewer, and content. Its language is that of the request (`framed`). */
export const layout = ({ title, crumbs = [], main, script = PAGE_SCRIPT, isWide = false }: Page): Html =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title === START.name ? title : `${title} – ${START.name}`}</title>
        <link rel="stylesheet" href="${STYLE.path}" />
        <script type="module" src="${script.path}"></script>
      </head>
      <body ${isWide ? html`class="wide"` : ""}>
        <a class="skip" href="#content">${raw(SKIP_SLOT)}</a>
        <header class="bar">
          <a class="brand" href="${START.path}">${START.name}</a>
          ${raw(FRAME_SLOT)}
        </header>
        ${crumbs.length === 0 ? "" : crumbsView(crumbs)}
        <main id="content" tabindex="-1">${raw(UNUSED_SLOT)}${main}</main>
        ${raw(FOOT_SLOT)}
      </body>
    </html>`;

const crumbsView = (crumbs: readonly Crumb[]): Html =>
  html`<nav class="crumbs" aria-label="${raw(CRUMBS_SLOT)}">
    <ol>
      ${crumbs.map((crumb) => html`<li>${link(crumb)}</li>`)}
    </ol>
  </nav>`;

const link = ({ name, path }: Crumb): Html => html`<a href="${path}"><bdi>${name}</bdi></a>`;
