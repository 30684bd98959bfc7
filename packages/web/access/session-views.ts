import { html } from "hono/html";
import { type Html, layout } from "../page/layout.ts";
import { sentence, signInPath } from "../page/refusal-view.ts";

/** The page for a sign-in that did not work. */
export const failedSignIn = (why: string, to: string): Html =>
  layout({
    title: "Not signed in",
    main: html`<h1>Not signed in</h1>
      <p class="lead"><bdi>${sentence(why)}</bdi></p>
      <p><a class="button" href="${signInPath(to)}">Sign in again</a></p>`,
  });

/** The page after signing out. */
export const signedOut = (): Html =>
  layout({
    title: "Signed out",
    main: html`<h1>Signed out</h1>
      <p class="lead">In every tab. Your issuer may still know you on this machine.</p>
      <p><a class="button" href="${signInPath("/")}">Sign in</a></p>`,
  });

/** The page of a tab in which one signed in for the sake of another tab. */
export const signedInAgain = (): Html =>
  layout({
    title: "Signed in",
    main: html`<h1>Signed in</h1>
      <p class="lead">Go back to the other tab and send your form again; this one can be closed.</p>`,
  });
