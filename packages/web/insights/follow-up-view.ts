import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import { mailLink } from "../page/contacts-view.ts";
import type { Html } from "../page/layout.ts";

/** A suggested message to the customer, to copy or send. */
export const followUpView = (text: string, email: string | undefined, { say }: PageWords): Html =>
  text.trim() === ""
    ? html``
    : html`<section class="card" aria-labelledby="follow-up">
        <h2 id="follow-up">${say("finding.whatToWrite")}</h2>
        <blockquote class="follow-up"><bdi>${text}</bdi></blockquote>
        ${email === undefined ? "" : html`<p><a class="button" href="${mailLink(email, text)}">${say("finding.writeMail")}</a></p>`}
      </section>`;
