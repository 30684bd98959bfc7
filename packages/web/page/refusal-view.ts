import { html } from "hono/html";
import { type Html, layout } from "./layout.ts";

const startPage = (): Html => html`<p><a href="/">The start page</a> leads to everything that you may see.</p>`;

const sentence = (message: string): string =>
  `${message.charAt(0).toUpperCase()}${message.slice(1)}${/[.!?)]$/.test(message) ? "" : "."}`;

/** A page that explains a refusal and what to do. */
export const refusalPage = (message: string, title = "Not found"): Html =>
  layout({
    title,
    main: html`<h1>${title}</h1>
      <p class="lead"><bdi>${sentence(message)}</bdi></p>
      ${startPage()}`,
  });

/** The page for what does not exist and for what the viewer may not see: both are the same, and name nothing. */
export const lostPage = (): Html =>
  refusalPage("there is nothing at this address that you may see. Check the address, or ask who sent you here");

/** The page for a right or an edition that is missing: what it is, and who may give it. */
export const barredPage = (message: string, admins: readonly string[]): Html =>
  layout({
    title: "Not for you",
    main: html`<h1>Not for you</h1>
      <p class="lead"><bdi>${sentence(message)}</bdi></p>
      <p>
        ${
          admins.length === 0
            ? "An admin of your company may give it."
            : html`An admin of your company may give it:
              ${admins.map((name, i) => html`${i === 0 ? "" : ", "}<bdi>${name}</bdi>`)}.`
        }
      </p>
      ${startPage()}`,
  });

/** The page for who is not signed in any more; signing in leads back to the same place. */
export const endedPage = (address: string): Html =>
  layout({
    title: "Your session has ended",
    main: html`<h1>Your session has ended</h1>
      <p class="lead">You signed out, or it was too long ago. Nothing was changed.</p>
      <p><a class="button" href="/sign-in?to=${encodeURIComponent(address)}">Sign in again</a></p>`,
  });
