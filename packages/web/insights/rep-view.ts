import { counted } from "@regulars/core/platform/counted";
import { html } from "hono/html";
import { notificationsPath } from "../page/addresses.ts";
import { followUpsView } from "./follow-ups-view.ts";
import { insightsView } from "./insights-view.ts";
import { type Html, layout } from "../page/layout.ts";
import { dirtyMarkers, time } from "./marks.ts";
import type { CardRow, RepPage, Tile } from "./rep-page.ts";

/** A rep's page: whom to talk to first and why, then sales. */
export function repView(page: RepPage): Html {
  const { tenant, repName, asOf } = page;
  const title = repName ?? `Everyone at ${tenant.name}`;
  return layout({
    title,
    main: html`<h1><bdi>${title}</bdi></h1>
      <p class="lead">
        <bdi>${tenant.name}</bdi> · everything up to ${time(asOf)} is counted ·
        <a href="${notificationsPath(tenant.tenantId)}">Messages to you</a>
      </p>
      ${page.introductionsPath === undefined ? "" : html`<p><a href="${page.introductionsPath}">Introductions</a></p>`}
      <section aria-labelledby="for-you">
        <h2 id="for-you">For You</h2>
        ${customersSetAsideView(page.customersSetAside)} ${forYouView(page)} ${followUpsView(page.followUps)}
      </section>
      ${insightsView(page)}`,
  });
}

const customersSetAsideView = (count: number): Html =>
  count === 0
    ? html``
    : html`<p role="status">
        Without ${counted(count, "customer")} whose data cannot be read: the operator finds them with
        <code>regulars doctor</code>.
      </p>`;

function forYouView({ tiles, first, later, toWatch, winBack, setAside }: RepPage): Html {
  if (first.length + later.length + toWatch.length + winBack.length + setAside.length === 0)
    return html`<p class="empty">Nothing to act on, nothing to watch: every customer is as regular as usual.</p>`;
  return html`${summary(tiles)}
    <div class="part">
      <div class="part-head">
        <h3 id="ranked">Talk to these first</h3>
        <p class="soft">${first.length + later.length} to act on, most money at stake first</p>
      </div>
      ${first.length === 0 ? html`<p class="empty">Nothing to act on today.</p>` : rowsView(first)}
      ${folded(later, "more to act on")} ${folded(toWatch, "to watch: no message is sent")}
      ${folded(winBack, "to win back: silent for so long that they count as lost")}
      ${folded(setAside, "set aside: disputed, on hold, bought by nobody or dismissed")}
    </div>`;
}

/** Summaries of the kinds. */
const summary = (tiles: readonly Tile[]): Html =>
  html`<ul class="tiles">
    ${tiles.map(
      ({ title, count, atStake }) =>
        html`<li class="tile">
          <strong>${count}</strong>
          <span>${title}</span>
          <span class="soft">${atStake === undefined ? "nothing at stake" : `${atStake} at stake`}</span>
        </li>`,
    )}
  </ul>`;

const rowsView = (rows: readonly CardRow[]): Html =>
  html`<ol class="rows">
    ${rows.map(rowView)}
  </ol>`;

const folded = (rows: readonly CardRow[], what: string): Html =>
  rows.length === 0
    ? html``
    : html`<details>
        <summary>${rows.length} ${what}</summary>
        ${rowsView(rows)}
      </details>`;

const rowView = (row: CardRow): Html =>
  html`<li>
    <a class="who" href="${row.path}"><bdi>${row.customerName}</bdi></a>
    ${dirtyMarkers(row)}
    <div class="why">
      <p><span class="what">${row.title}</span> <bdi>${row.why}</bdi></p>
      ${row.folded.length === 0 ? "" : foldedView(row.folded)}
    </div>
    <p class="stake">${row.atStake ?? html`<span class="soft">nothing at stake</span>`}</p>
    <p class="since soft">
      going on since ${time(row.since)}${row.repName === undefined ? "" : html` · <bdi>${row.repName}</bdi>`}
    </p>
  </li>`;

const MOST_FOLDED = 5;

const foldedView = (rows: CardRow["folded"]): Html =>
  html`<ul class="folded">
    ${rows.slice(0, MOST_FOLDED).map((row) => html`<li><a href="${row.path}">${row.title}</a> <bdi>${row.why}</bdi></li>`)}
    ${rows.length > MOST_FOLDED ? html`<li class="soft">and ${rows.length - MOST_FOLDED} more</li>` : ""}
  </ul>`;
