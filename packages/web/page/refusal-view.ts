import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import { type Html, layout } from "./layout.ts";
import { rich } from "./rich.ts";
import { sentence } from "./sentence.ts";
import { writtenIn } from "./written-fields.ts";
import { withCommas } from "./with-commas.ts";

const startPage = (words: PageWords): Html =>
  html`<p>${rich(words, "refusal.start", { link: html`<a href="/">${words.say("refusal.startPage")}</a>` })}</p>`;

/** A page that explains a refusal and what to do. */
export const refusalPage = (words: PageWords, message: string, title = words.say("refusal.notFound")): Html =>
  layout({
    title,
    main: html`<h1>${title}</h1>
      <p class="lead"><bdi>${sentence(message)}</bdi></p>
      ${startPage(words)}`,
  });

/** The page for a fault: the id under which the log has the reason, and the way to try again. */
export const faultPage = (words: PageWords, message: string, requestId: string, again: string | undefined): Html =>
  layout({
    title: words.say("refusal.notNow"),
    main: html`<h1>${words.say("refusal.notNow")}</h1>
      <p class="lead"><bdi>${sentence(message)}</bdi></p>
      <p>${rich(words, "refusal.number", { code: html`<code>${requestId}</code>` })}</p>
      ${
        again === undefined
          ? html`<p>${words.say("refusal.goBack")}</p>`
          : html`<p><a class="button" href="${again}">${words.say("refusal.again")}</a></p>`
      }
      ${startPage(words)}`,
  });

/** The page for what does not exist and for what the viewer may not see: both are the same, and name nothing. */
export const lostPage = (words: PageWords): Html => refusalPage(words, words.say("refusal.lost"));

/** The page for a right or an edition that is missing: what it is, and who may give it. */
export const barredPage = (words: PageWords, message: string, admins: readonly string[] | "edition"): Html =>
  layout({
    title: words.say("refusal.notForYou"),
    main: html`<h1>${words.say("refusal.notForYou")}</h1>
      <p class="lead"><bdi>${sentence(message)}</bdi></p>
      <p>
        ${
          admins === "edition"
            ? words.say("refusal.edition")
            : admins.length === 0
              ? words.say("refusal.anAdmin")
              : rich(words, "refusal.admins", {
                  name: withCommas(admins.map((name) => html`<bdi>${name}</bdi>`)),
                })
        }
      </p>
      ${startPage(words)}`,
  });

/** Where signing in begins; it leads back to `to`. */
export const signInPath = (to: string): string => `/session/sign-in?to=${encodeURIComponent(to)}`;

/** What a form had when it was not taken. */
export type Draft = Readonly<Record<string, string>>;

/** What was written into a form, by its labels; what was only chosen is kept and not shown. */
const writtenView = (written: ReturnType<typeof writtenIn>): Html =>
  written.length === 0
    ? html``
    : html`<dl>
        ${written.map(
          ([label, text]) =>
            html`<div>
              <dt><bdi>${label}</bdi></dt>
              <dd><bdi>${text}</bdi></dd>
            </div>`,
        )}
      </dl>`;

/** The page for who is not signed in any more. A form that was sent is kept here, to be sent again after signing in. */
export const endedPage = (words: PageWords, address: string, draft: Draft = {}): Html => {
  const { say } = words;
  const fields = Object.entries(draft);
  return layout({
    title: say("session.ended"),
    main: html`<h1>${say("session.ended")}</h1>
      <p class="lead">${say("session.endedWhy")}</p>
      ${
        fields.length === 0
          ? html`<p><a class="button" href="${signInPath(address)}">${say("page.signInAgain")}</a></p>`
          : html`<p>
                ${rich(words, "session.kept", {
                  link: html`<a href="${signInPath("/session/back")}" target="_blank">${say("session.otherTab")}</a>`,
                })}
              </p>
              <form method="post" action="${address}">
                ${fields.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
                <button class="button">${say("session.send")}</button>
              </form>
              ${writtenView(writtenIn(draft))}`
      }`,
  });
};
