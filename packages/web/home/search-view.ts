import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import { type Html, layout } from "../page/layout.ts";
import { type RefusedForm, refusedView } from "../page/refused-form.ts";
import { MOST_FOUND, type SearchPage } from "./search-page.ts";

/** What was found, by what it is; and whether there is more. */
export function searchView({ text, found, isPart }: SearchPage, words: PageWords, refused?: RefusedForm): Html {
  const { say } = words;
  const title = text === "" ? say("page.search") : say("search.of", { text });
  return layout({
    title,
    main: html`<h1><bdi>${title}</bdi></h1>
      ${refusedView(refused)}
      ${
        found.length === 0
          ? html`<p class="empty">${text === "" ? say("search.hint") : say("search.nothing")}</p>`
          : found.map((part) => partView(part, words))
      }
      ${isPart ? html`<p class="soft">${say("search.part")}</p>` : ""}`,
  });
}

const partView = ({ kind, things, hasMore }: SearchPage["found"][number], { say }: PageWords): Html =>
  html`<section class="card" aria-labelledby="${kind}">
    <h2 id="${kind}">${say(`search.${kind}`)}</h2>
    <ul>
      ${things.map(
        ({ name, path, note }) =>
          html`<li>
            <a href="${path}"><bdi>${name}</bdi></a> <span class="soft"><bdi>${note}</bdi></span>
          </li>`,
      )}
    </ul>
    ${hasMore ? html`<p class="soft">${say("search.more", { numb: MOST_FOUND })}</p>` : ""}
  </section>`;
