import { html } from "hono/html";
import { type Html, layout } from "./layout.ts";
import { AS_FIELD } from "./viewer.ts";

const startPage = (): Html => html`<p><a href="/">The start page</a> leads to everything that you may see.</p>`;

/** A reason as a sentence. */
export const sentence = (message: string): string =>
  `${message.charAt(0).toUpperCase()}${message.slice(1)}${/[.!?)]$/.test(message) ? "" : "."}`;

/** A page that explains a refusal and what to do. */
export const refusalPage = (message: string, title = "Not found"): Html =>
  layout({
    title,
    main: html`<h1>${title}</h1>
      <p class="lead"><bdi>${sentence(message)}</bdi></p>
      ${startPage()}`,
  });

/** The page for a fault: the id under which the log has the reason, and the way to try again. */
export const faultPage = (message: string, requestId: string, again: string | undefined): Html =>
  layout({
    title: "Not possible now",
    main: html`<h1>Not possible now</h1>
      <p class="lead"><bdi>${sentence(message)}</bdi></p>
      <p>Its number is <code>${requestId}</code>: tell it to who runs Regulars for you.</p>
      ${
        again === undefined
          ? html`<p>Go back with your browser and send the form again: what you wrote is still there.</p>`
          : html`<p><a class="button" href="${again}">Try again</a></p>`
      }
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

/** Where signing in begins; it leads back to `to`. */
export const signInPath = (to: string): string => `/session/sign-in?to=${encodeURIComponent(to)}`;

/** What a form had when it was not taken. */
export type Draft = Readonly<Record<string, string>>;

/** The page for who is not signed in any more. A form that was sent is kept here, to be sent again after signing in. */
export const endedPage = (address: string, draft: Draft = {}): Html => {
  const fields = Object.entries(draft);
  return layout({
    title: "Your session has ended",
    main: html`<h1>Your session has ended</h1>
      <p class="lead">You signed out, or it was too long ago. Nothing was changed.</p>
      ${
        fields.length === 0
          ? html`<p><a class="button" href="${signInPath(address)}">Sign in again</a></p>`
          : html`<p>
                What you wrote is kept on this page:
                <a href="${signInPath("/session/back")}" target="_blank">sign in in another tab</a>, then send it again
                here.
              </p>
              <form method="post" action="${address}">
                ${fields.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
                <button class="button">Send it again</button>
              </form>
              <dl>
                ${fields
                  .filter(([name, value]) => value !== "" && name !== AS_FIELD)
                  .map(
                    ([name, value]) =>
                      html`<div>
                        <dt>${name}</dt>
                        <dd><bdi>${value}</bdi></dd>
                      </div>`,
                  )}
              </dl>`
      }`,
  });
};
