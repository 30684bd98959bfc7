import type { Context } from "hono";
import { html } from "hono/html";
import { FRAME_SLOT } from "./frame-slot.ts";
import type { Html } from "./layout.ts";
import { AS_FIELD, type PageEnv, type Viewer, asOf } from "./viewer.ts";

interface Frame {
  readonly viewer?: Viewer | undefined;
  readonly place?: PageEnv["Variables"]["place"];
  readonly places?: PageEnv["Variables"]["places"];
}

/** Completes a page for its request: who is signed in where, and in each form for whom it was drawn. */
export function framed(c: Context, page: string, isDraft: boolean): string {
  const { viewer, place, places }: Frame = c.var;
  const whole = page.replace(FRAME_SLOT, () => String(frameView({ viewer, place, places }, backOf(c))));
  if (viewer === undefined || isDraft) return whole;
  const field = String(html`<input type="hidden" name="${AS_FIELD}" value="${asOf(viewer)}" />`);
  return whole.replaceAll(/<form\b[^>]*\bmethod="post"[^>]*>/g, (form) => `${form}${field}`);
}

/** After signing in one comes back to the page; to the start page from a form that was sent. */
const backOf = ({ req }: Context): string =>
  req.method === "GET" ? `${req.path}${new URL(req.url).search}` : req.path;

const frameView = ({ viewer, place, places = [] }: Frame, back: string): Html =>
  html`${
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
  }${viewer === undefined ? "" : viewerView(viewer, place, back)}`;

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
