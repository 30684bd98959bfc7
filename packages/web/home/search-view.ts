import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import { type Html, layout } from "../page/layout.ts";
import { type RefusedForm, refusedView } from "../page/refused-form.ts";
import type { FoundThing, SearchPage } from "./search-page.ts";

/** What was found, by what it is. */
export function searchView(page: SearchPage, { say }: PageWords, refused?: RefusedForm): Html {
  const { text, customers, deals, persons, items } = page;
  const parts = [
    { id: "customers", title: say("search.customers"), things: customers },
    { id: "deals", title: say("search.deals"), things: deals },
    { id: "persons", title: say("search.persons"), things: persons },
    { id: "items", title: say("search.items"), things: items },
  ].filter(({ things }) => things.length > 0);
  const title = text === "" ? say("page.search") : say("search.of", { text });
  return layout({
    title,
    main: html`<h1><bdi>${title}</bdi></h1>
      ${refusedView(refused)}
      ${
        parts.length === 0
          ? html`<p class="empty">${text === "" ? say("search.hint") : say("search.nothing")}</p>`
          : parts.map(partView)
      }`,
  });
}

interface Part {
  readonly id: string;
  readonly title: string;
  readonly things: readonly FoundThing[];
}

const partView = ({ id, title, things }: Part): Html =>
  html`<section class="card" aria-labelledby="${id}">
    <h2 id="${id}">${title}</h2>
    <ul>
      ${things.map(
        ({ name, path, note }) =>
          html`<li>
            <a href="${path}"><bdi>${name}</bdi></a> <span class="soft"><bdi>${note}</bdi></span>
          </li>`,
      )}
    </ul>
  </section>`;
