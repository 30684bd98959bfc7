import { counted } from "@regulars/core/platform/counted";
import { addDays } from "@regulars/core/platform/period";
import { html } from "hono/html";
import { notificationsPath } from "../page/addresses.ts";
import { LIVE_SCRIPT } from "../page/assets.ts";
import { followUpsView } from "./follow-ups-view.ts";
import { insightsView } from "./insights-view.ts";
import { mailLink, phoneView } from "../page/contacts-view.ts";
import { type Html, layout } from "../page/layout.ts";
import { changedAddress } from "../page/query.ts";
import { dirtyMarkers, time } from "./marks.ts";
import { undoView } from "./undo-line.ts";
import type { CardRow, RepList, Tile } from "./rep-list.ts";
import type { RepPage } from "./rep-page.ts";

/** A rep's page: whom to talk to first and why, then sales. */
export function repView(page: RepPage): Html {
  const { tenant, repName, asOf } = page;
  const title = repName ?? `Everyone at ${tenant.name}`;
  return layout({
    title,
    main: html`<h1><bdi>${title}</bdi></h1>
      <p class="lead">
        <bdi>${tenant.name}</bdi> · ${page.isPast ? html`<strong>a past day</strong>: ` : ""}everything up to
        ${time(asOf)} is counted ·
        <a href="${notificationsPath(tenant.tenantId)}">Messages to you</a>
      </p>
      ${page.introductionsPath === undefined ? "" : html`<p><a href="${page.introductionsPath}">Introductions</a></p>`}
      ${listView(page)} ${insightsView(page)}`,
    script: LIVE_SCRIPT,
  });
}

/** The section "For You": the part of the page that a script keeps as it is on the server. */
export const listView = (list: RepList): Html =>
  html`<section aria-labelledby="for-you" id="list" ${list.isPast ? "" : html`data-live`}>
    <h2 id="for-you">For You</h2>
    ${undoView(list.undo, list.address)} ${pastDayForm(list)} ${customersSetAsideView(list.customersSetAside)}
    ${forYouView(list)} ${followUpsView(list.followUps)}
  </section>`;

const customersSetAsideView = (count: number): Html =>
  count === 0
    ? html``
    : html`<p role="status">
        Without ${counted(count, "customer")} whose data cannot be read: the operator finds them with
        <code>regulars doctor</code>.
      </p>`;

function forYouView(page: RepList): Html {
  const { tiles, first, later, toWatch, winBack, setAside } = page;
  if (first.length + later.length + toWatch.length + winBack.length + setAside.length === 0)
    return html`<p class="empty">Nothing to act on, nothing to watch: every customer is as regular as usual.</p>`;
  return html`${summary(tiles)}
    <div class="part">
      <div class="part-head">
        <h3 id="ranked">Talk to these first</h3>
        <p class="soft">${first.length + later.length} to act on, most money at stake first</p>
      </div>
      ${first.length === 0 ? html`<p class="empty">Nothing to act on today.</p>` : rowsView(first, page.address)}
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

/** The page of a past day: what was found, or would have been. */
const pastDayForm = ({ asOfText, isPast, today, address }: RepList): Html =>
  html`<form class="review past" method="get">
    <label>As of <input type="date" name="asOf" value="${asOfText}" max="${addDays(today, -1)}" /></label>
    <button class="button">Show that day</button>
    ${isPast ? html`<a href="${changedAddress(address, { asOf: undefined })}">Back to today</a>` : ""}
  </form>`;

const rowsView = (rows: readonly CardRow[], back = ""): Html =>
  html`<ol class="rows">
    ${rows.map((row) => rowView(row, back))}
  </ol>`;

const folded = (rows: readonly CardRow[], what: string): Html =>
  rows.length === 0
    ? html``
    : html`<details>
        <summary>${rows.length} ${what}</summary>
        ${rowsView(rows)}
      </details>`;

const rowView = (row: CardRow, back: string): Html =>
  html`<li data-name="${row.customerName}">
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
    ${row.contact === undefined && row.acts === undefined ? "" : actsView(row, back)}
  </li>`;

/** What is done at once: call, write, contacted, snooze. Each has the customer's name for who hears it alone. */
const actsView = ({ customerName, contact, acts }: CardRow, back: string): Html =>
  html`<div class="acts">
    ${contact?.phone === undefined ? "" : phoneView(contact.phone, contact.name)}
    ${
      contact?.email === undefined
        ? ""
        : html`<a class="button" href="${mailLink(contact.email)}"
            >✉ Write<span class="hidden"> to <bdi>${contact.name}</bdi></span></a
          >`
    }
    ${
      acts === undefined
        ? ""
        : html`<form method="post" action="${acts.path}">
            <input type="hidden" name="back" value="${back}" />
            <input type="hidden" name="until" value="${acts.snoozeUntil}" />
            <button class="button" name="action" value="contacted">
              Contacted<span class="hidden"> <bdi>${customerName}</bdi></span>
            </button>
            <button class="button" name="action" value="snooze">
              Snooze 7 days<span class="hidden"> <bdi>${customerName}</bdi></span>
            </button>
          </form>`
    }
  </div>`;

const MOST_FOLDED = 5;

const foldedView = (rows: CardRow["folded"]): Html =>
  html`<ul class="folded">
    ${rows.slice(0, MOST_FOLDED).map((row) => html`<li><a href="${row.path}">${row.title}</a> <bdi>${row.why}</bdi></li>`)}
    ${rows.length > MOST_FOLDED ? html`<li class="soft">and ${rows.length - MOST_FOLDED} more</li>` : ""}
  </ul>`;
