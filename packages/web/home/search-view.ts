import { html } from "hono/html";
import { type Html, layout } from "../page/layout.ts";
import { type RefusedForm, refusedView } from "../page/refused-form.ts";
import type { FoundThing, SearchPage } from "./search-page.ts";

/** What was found, by what it is. */
export function searchView({ text, customers, deals, persons, items }: SearchPage, refused?: RefusedForm): Html {
  const parts = [
    { title: "Customers", things: customers },
    { title: "Deals", things: deals },
    { title: "Persons", things: persons },
    { title: "Items", things: items },
  ].filter(({ things }) => things.length > 0);
  const title = text === "" ? "Search" : `Search: ${text}`;
  return layout({
    title,
    main: html`<h1><bdi>${title}</bdi></h1>
      ${refusedView(refused)}
      ${
        parts.length === 0
          ? html`<p class="empty">
              ${
                text === ""
                  ? "Type a part of a customer’s or a deal’s name, or the id of a customer, deal, person or item."
                  : "Nothing that you may see has this in its name or id. Persons and items are found by their whole id."
              }
            </p>`
          : parts.map(partView)
      }`,
  });
}

const partView = ({ title, things }: { readonly title: string; readonly things: readonly FoundThing[] }): Html =>
  html`<section class="card" aria-labelledby="${title.toLowerCase()}">
    <h2 id="${title.toLowerCase()}">${title}</h2>
    <ul>
      ${things.map(
        ({ name, path, note }) =>
          html`<li>
            <a href="${path}"><bdi>${name}</bdi></a> <span class="soft"><bdi>${note}</bdi></span>
          </li>`,
      )}
    </ul>
  </section>`;
