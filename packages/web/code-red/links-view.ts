import type { ItemLink } from "@regulars/core/catalog/item-link";
import { MOST_RATIO, linkWindow, ratioText } from "@regulars/core/catalog/link-rules";
import type { ItemId } from "@regulars/core/platform/values";
import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import { codeRedPath, linkSuggestionsPath, linksPath } from "../page/addresses.ts";
import { type Html, layout } from "../page/layout.ts";
import { type Part, pagedText } from "../page/paged.ts";
import { type LinksPage, MOST_LINKS } from "./links-page.ts";
import { type RefusedForm, filledIn, refusedView } from "../page/refused-form.ts";

/** The links between items, with the forms that set and remove them. */
export function linksView(page: LinksPage, words: PageWords, refused?: RefusedForm): Html {
  const { say } = words;
  const { tenant, links, query, from } = page;
  const { tenantId } = tenant;
  const shown = links.slice(from, from + MOST_LINKS);
  return layout({
    title: say("links.titleAt", { firm: tenant.name }),
    crumbs: [{ name: "Code Red", path: codeRedPath(tenantId) }],
    main: html`<h1>${say("codeRed.links")}</h1>
      <p class="lead">
        ${say("links.lead")}
        ${page.seesSuggestions ? html`<a href="${linkSuggestionsPath(tenantId)}">${say("links.suggested")}</a>` : ""}
      </p>
      ${refusedView(refused)}
      ${page.mayManage ? setView(page, words, refused?.fields["action"] === "set" ? refused : undefined) : ""}
      <section aria-labelledby="list">
        <h2 id="list">${say("links.list")}</h2>
        <form class="review" method="get" action="${linksPath(tenantId)}">
          <label
            >${say("common.item")}
            <input name="item" maxlength="128" value="${query.item ?? ""}" placeholder="${say("form.idOrName")}"
          /></label>
          <button class="button">${say("common.show")}</button>
          ${query.item ? html`<a href="${linksPath(tenantId)}">${say("common.showAll")}</a>` : ""}
        </form>
        ${links.length === 0 ? html`<p class="empty">${say(query.item && !page.isUnused ? "links.noneOf" : "links.none")}</p>` : linkTable(page, words, shown)}
        ${rowsText(words, linksPath(tenantId), { item: query.item ?? "" }, { from, rows: links.length, most: MOST_LINKS })}
      </section>`,
  });
}

/** Which rows are shown, with the pages before and after. */
export function rowsText(words: PageWords, path: string, query: Readonly<Record<string, string>>, part: Part): Html {
  const given = Object.entries(query).filter(([, value]) => value !== "");
  const address = (first: number): string =>
    `${path}?${new URLSearchParams([...given, ["from", String(first)]]).toString()}`;
  return part.rows === 0 ? html`` : html`<p>${pagedText(words, part, address)}</p>`;
}

/** An item's name, and its id where that is another text. */
export function itemText(itemId: ItemId, names: ReadonlyMap<ItemId, string>): Html {
  const name = names.get(itemId) ?? itemId;
  return name === itemId
    ? html`<bdi>${itemId}</bdi>`
    : html`<bdi>${name}</bdi> <span class="soft"><bdi>${itemId}</bdi></span>`;
}

/** Two items by their names, for a button that says of which it is. */
export const pairText = (itemId: ItemId, linkedItemId: ItemId, names: ReadonlyMap<ItemId, string>): Html =>
  html`<bdi>${names.get(itemId) ?? itemId}</bdi>, <bdi>${names.get(linkedItemId) ?? linkedItemId}</bdi>`;

const number = (name: string, text: string, value: string, least: number, most: number): Html =>
  html`<label>
    ${text} <input type="number" name="${name}" min="${least}" max="${most}" value="${value}" required
  /></label>`;

const setView = (page: LinksPage, words: PageWords, refused: RefusedForm | undefined): Html =>
  html`<section class="card" aria-labelledby="set">
    <h2 id="set">${words.say("links.set")}</h2>
    ${setForm(page, words, refused)}
  </section>`;

function setForm({ tenant, query, address }: LinksPage, { say }: PageWords, refused: RefusedForm | undefined): Html {
  const {
    itemId = query.item ?? "",
    linkedItemId = "",
    ratio = "1",
    linkedRatio = "1",
    lagDays = "0",
    ...rest
  } = filledIn(refused);
  return html`<form class="review" method="post" action="${address}">
    <input type="hidden" name="action" value="set" />
    ${number("ratio", say("links.soMany"), ratio, 1, MOST_RATIO)}
    <label
      >${say("links.ofItem")}
      <input name="itemId" maxlength="128" value="${itemId}" placeholder="${say("form.idOrName")}" required
    /></label>
    ${number("linkedRatio", say("links.withSoMany"), linkedRatio, 1, MOST_RATIO)}
    <label
      >${say("links.ofItem")}
      <input name="linkedItemId" maxlength="128" value="${linkedItemId}" placeholder="${say("form.idOrName")}" required
    /></label>
    ${number("lagDays", say("links.later"), lagDays, 0, linkWindow(tenant).days)}
    <label
      ><input
        type="checkbox"
        name="bidirectional"
        value="1"
        ${rest["bidirectional"] === undefined ? "" : html`checked`}
      />
      ${say("links.bothWays")}</label
    >
    <button class="button">${say("links.setButton")}</button>
  </form>`;
}

function linkTable(page: LinksPage, words: PageWords, links: readonly ItemLink[]): Html {
  const { say } = words;
  return html`<div class="scroll stack" role="region" aria-label="${say("links.region")}" tabindex="0">
    <table>
      <thead>
        <tr>
          <th scope="col">${say("common.item")}</th>
          <th scope="col">${say("links.linked")}</th>
          <th scope="col" class="number">${say("links.ratio")}</th>
          <th scope="col" class="number">${say("links.daysLater")}</th>
          <th scope="col">${say("links.both")}</th>
          ${page.mayManage ? html`<th scope="col">${say("common.remove")}</th>` : ""}
        </tr>
      </thead>
      <tbody>
        ${links.map((link) => linkRow(page, words, link))}
      </tbody>
    </table>
  </div>`;
}

function linkRow(page: LinksPage, { say, formats }: PageWords, link: ItemLink): Html {
  const { mayManage, itemNames } = page;
  const { itemId, linkedItemId, lagDays = 0, bidirectional = false } = link;
  return html`<tr>
    <th scope="row">${itemText(itemId, itemNames)}</th>
    <td data-of="${say("links.linked")}">${itemText(linkedItemId, itemNames)}</td>
    <td class="number" data-of="${say("links.ratio")}">${ratioText(link)}</td>
    <td class="number" data-of="${say("links.daysLater")}">${formats.number(lagDays)}</td>
    <td data-of="${say("links.both")}">${say(bidirectional ? "common.yes" : "common.no")}</td>
    ${mayManage ? html`<td>${removeForm(page, link, say("common.remove"))}</td>` : ""}
  </tr>`;
}

const removeForm = ({ address, itemNames }: LinksPage, { itemId, linkedItemId }: ItemLink, text: string): Html =>
  html`<form method="post" action="${address}">
    <input type="hidden" name="action" value="remove" />
    <input type="hidden" name="itemId" value="${itemId}" />
    <input type="hidden" name="linkedItemId" value="${linkedItemId}" />
    <button class="button">${text}<span class="hidden"> ${pairText(itemId, linkedItemId, itemNames)}</span></button>
  </form>`;
