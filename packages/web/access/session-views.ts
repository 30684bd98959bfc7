import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import { type Html, layout } from "../page/layout.ts";
import { signInPath } from "../page/refusal-view.ts";
import { sentence } from "../page/sentence.ts";

/** The page for a sign-in that did not work. */
export const failedSignIn = ({ say }: PageWords, why: string, to: string): Html =>
  layout({
    title: say("session.notSignedIn"),
    main: html`<h1>${say("session.notSignedIn")}</h1>
      <p class="lead"><bdi>${sentence(why)}</bdi></p>
      <p><a class="button" href="${signInPath(to)}">${say("page.signInAgain")}</a></p>`,
  });

/** The page after signing out. */
export const signedOut = ({ say }: PageWords): Html =>
  layout({
    title: say("session.out"),
    main: html`<h1>${say("session.out")}</h1>
      <p class="lead">${say("session.outNote")}</p>
      <p><a class="button" href="${signInPath("/")}">${say("page.signIn")}</a></p>`,
  });

/** The page of a tab that was opened only to sign in for another tab. */
export const signedInAgain = ({ say }: PageWords): Html =>
  layout({
    title: say("session.in"),
    main: html`<h1>${say("session.in")}</h1>
      <p class="lead">${say("session.inNote")}</p>`,
  });
