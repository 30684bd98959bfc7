import type { ItemLink } from "@regulars/core/catalog/item-link";
import { MOST_RATIO, linkWindow, ratioText } from "@regulars/core/catalog/link-rules";
import type { ItemId } from "@regulars/core/platform/values";
import { html } from "hono/html";
import { codeRedPath, linkSuggestionsPath, linksPath } from "../page/addresses.ts";
import { type Html, layout } from "../page/layout.ts";
import { type LinksPage, MOST_LINKS } from "./links-page.ts";
import { type RefusedForm, filledIn, refusedView } from "../page/refused-form.ts";

/** The links between items, with the forms that set and remove them. */
export function linksView(page: LinksPage, refused?: RefusedForm): Html {
  const { tenant, links, query, from, notUsed } = page;
  const { tenantId } = tenant;
  const shown = links.slice(from, from + MOST_LINKS);
  return layout({
    title: `Linked items at ${tenant.name}`,
    crumbs: [{ name: "Code Red", path: codeRedPath(tenantId) }],
    main: html`<h1>Linked items</h1>
      <p class="lead">
        Items that are bought together. A customer who buys too little or too much of one has a red light.
        <a href="${linkSuggestionsPath(tenantId)}">Links that the orders suggest</a>
      </p>
      ${refusedView(refused)}
      ${notUsed === undefined ? "" : html`<p class="refused" role="alert">Not used: <bdi>${notUsed}</bdi></p>`}
      <section class="card" aria-labelledby="set">
        <h2 id="set">Set a link</h2>
        ${setForm(page, refused?.fields["action"] === "set" ? refused : undefined)}
      </section>
      <section aria-labelledby="list">
        <h2 id="list">Links</h2>
        <form class="review" method="get" action="${linksPath(tenantId)}">
          <label>Item <input name="item" maxlength="128" value="${query.item ?? ""}" /></label>
          <button class="button">Show</button>
          <a href="${linksPath(tenantId)}">Show all</a>
        </form>
        ${links.length === 0 ? html`<p class="empty">There are no links yet: set one, or see which ones the orders suggest.</p>` : linkTable(page, shown)}
        ${rowsText(linksPath(tenantId), { item: query.item ?? "" }, from, links.length, MOST_LINKS)}
      </section>`,
  });
}

/** Which rows are shown, with the pages before and after. */
export function rowsText(
  path: string,
  query: Readonly<Record<string, string>>,
  from: number,
  rows: number,
  most: number,
): Html {
  if (rows === 0) return html``;
  const given = Object.entries(query).filter(([, value]) => value !== "");
  const address = (first: number): string =>
    `${path}?${new URLSearchParams([...given, ["from", String(first)]]).toString()}`;
  const last = Math.min(from + most, rows);
  return html`<p>
    ${from + 1} to ${last} of ${rows}
    ${from > 0 ? html`· <a href="${address(Math.max(0, from - most))}">Previous</a>` : ""}
    ${last < rows ? html`· <a href="${address(last)}">Next</a>` : ""}
  </p>`;
}

/** An item's name, and its id where that is another text. */
export function itemText(itemId: ItemId, names: ReadonlyMap<ItemId, string>): Html {
  const name = names.get(itemId) ?? itemId;
  return name === itemId
    ? html`<bdi>${itemId}</bdi>`
    : html`<bdi>${name}</bdi> <span class="soft"><bdi>${itemId}</bdi></span>`;
}

const number = (name: string, text: string, value: string, least: number, most: number): Html =>
  html`<label>
    ${text} <input type="number" name="${name}" min="${least}" max="${most}" value="${value}" required
  /></label>`;

function setForm({ tenant }: LinksPage, refused: RefusedForm | undefined): Html {
  const { itemId = "", linkedItemId = "", ratio = "1", linkedRatio = "1", lagDays = "0", ...rest } = filledIn(refused);
  return html`<form class="review" method="post" action="${linksPath(tenant.tenantId)}">
    <input type="hidden" name="action" value="set" />
    ${number("ratio", "So many", ratio, 1, MOST_RATIO)}
    <label>of item <input name="itemId" maxlength="128" value="${itemId}" required /></label>
    ${number("linkedRatio", "with so many", linkedRatio, 1, MOST_RATIO)}
    <label>of item <input name="linkedItemId" maxlength="128" value="${linkedItemId}" required /></label>
    ${number("lagDays", "bought so many days later", lagDays, 0, linkWindow(tenant).days)}
    <label
      ><input
        type="checkbox"
        name="bidirectional"
        value="1"
        ${rest["bidirectional"] === undefined ? "" : html`checked`}
      />
      Show both ways</label
    >
    <button class="button">Set</button>
  </form>`;
}

function linkTable(page: LinksPage, links: readonly ItemLink[]): Html {
  return html`<div class="scroll" role="region" aria-label="Links between items" tabindex="0">
    <table>
      <thead>
        <tr>
          <th scope="col">Item</th>
          <th scope="col">Linked item</th>
          <th scope="col" class="number">Ratio</th>
          <th scope="col" class="number">Days later</th>
          <th scope="col">Both ways</th>
          <th scope="col">Remove</th>
        </tr>
      </thead>
      <tbody>
        ${links.map((link) => linkRow(page, link))}
      </tbody>
    </table>
  </div>`;
}

function linkRow({ tenant, itemNames }: LinksPage, link: ItemLink): Html {
  const { itemId, linkedItemId, lagDays = 0, bidirectional = false } = link;
  return html`<tr>
    <th scope="row">${itemText(itemId, itemNames)}</th>
    <td>${itemText(linkedItemId, itemNames)}</td>
    <td class="number">${ratioText(link)}</td>
    <td class="number">${lagDays}</td>
    <td>${bidirectional ? "yes" : "no"}</td>
    <td>
      <form method="post" action="${linksPath(tenant.tenantId)}">
        <input type="hidden" name="action" value="remove" />
        <input type="hidden" name="itemId" value="${itemId}" />
        <input type="hidden" name="linkedItemId" value="${linkedItemId}" />
        <button class="button">Remove</button>
      </form>
    </td>
  </tr>`;
}
