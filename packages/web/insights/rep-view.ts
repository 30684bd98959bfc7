import { addDays } from "@regulars/core/platform/period";
import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import { notificationsPath } from "../page/addresses.ts";
import { LIVE_SCRIPT } from "../page/assets.ts";
import { followUpsView } from "./follow-ups-view.ts";
import { insightsView } from "./insights-view.ts";
import { mailLink, phoneView } from "../page/contacts-view.ts";
import { type Html, layout } from "../page/layout.ts";
import { rich } from "../page/rich.ts";
import { changedAddress } from "../page/query.ts";
import { dirtyMarkers, time } from "./marks.ts";
import { undoView } from "./undo-line.ts";
import { type CardRow, type RepList, SNOOZE_DAYS, type Tile } from "./rep-list.ts";
import type { RepPage } from "./rep-page.ts";

/** A rep's page: whom to talk to first and why, then sales. */
export function repView(page: RepPage): Html {
  const { tenant, words, repName, asOf } = page;
  const { say } = words;
  const title = repName ?? say("forYou.everyone", { firm: tenant.name });
  return layout({
    title,
    main: html`<h1><bdi>${title}</bdi></h1>
      <p class="lead">
        <bdi>${tenant.name}</bdi> · ${page.isPast ? html`<strong>${say("forYou.pastDay")}</strong>: ` : ""}
        ${rich(words, "forYou.counted", { date: time(asOf) })} ·
        <a href="${notificationsPath(tenant.tenantId)}">${say("forYou.messages")}</a>
      </p>
      ${page.introductionsPath === undefined ? "" : html`<p><a href="${page.introductionsPath}">${say("introductions.title")}</a></p>`}
      ${listView(page)} ${insightsView(page)}`,
    script: LIVE_SCRIPT,
  });
}

/** The section "For You": the part of the page that a script keeps as it is on the server. */
export const listView = (list: RepList): Html =>
  html`<section aria-labelledby="for-you" id="list" ${list.isPast ? "" : html`data-live`}>
    <h2 id="for-you">${list.words.say("introductions.forYou")}</h2>
    ${undoView(list.undo, list.words, list.address)} ${pastDayForm(list)} ${customersSetAsideView(list)}
    ${forYouView(list)} ${followUpsView(list.followUps, list.words)}
  </section>`;

const customersSetAsideView = ({ customersSetAside: numb, words }: RepList): Html =>
  numb === 0
    ? html``
    : html`<p role="status">${rich(words, "forYou.unread", { numb, code: html`<code>regulars doctor</code>` })}</p>`;

function forYouView(page: RepList): Html {
  const { words, tiles, first, later, toWatch, winBack, setAside } = page;
  const { say } = words;
  if (first.length + later.length + toWatch.length + winBack.length + setAside.length === 0)
    return html`<p class="empty">${say("forYou.empty")}</p>`;
  return html`${summary(tiles, words)}
    <div class="part">
      <div class="part-head">
        <h3 id="ranked">${say("forYou.first")}</h3>
        <p class="soft">${say("forYou.toActOn", { numb: first.length + later.length })}</p>
      </div>
      ${first.length === 0 ? html`<p class="empty">${say("forYou.nothingToday")}</p>` : rowsView(first, words, page.address)}
      ${folded(later, "forYou.later", words)} ${folded(toWatch, "forYou.toWatch", words)}
      ${folded(winBack, "forYou.winBack", words)} ${folded(setAside, "forYou.setAside", words)}
    </div>`;
}

/** Summaries of the kinds. */
const summary = (tiles: readonly Tile[], { say, formats }: PageWords): Html =>
  html`<ul class="tiles">
    ${tiles.map(
      ({ title, count, atStake }) =>
        html`<li class="tile">
          <strong>${formats.number(count)}</strong>
          <span>${title}</span>
          <span class="soft"
            >${atStake === undefined ? say("forYou.nothingAtStake") : say("forYou.atStake", { mony: atStake })}</span
          >
        </li>`,
    )}
  </ul>`;

/** The page of a past day: what was found, or would have been. */
const pastDayForm = ({ words: { say }, asOfText, isPast, today, address }: RepList): Html =>
  html`<form class="review past" method="get">
    <label
      >${say("forYou.asOf")} <input type="date" name="asOf" value="${asOfText}" max="${addDays(today, -1)}"
    /></label>
    <button class="button">${say("forYou.showDay")}</button>
    ${isPast ? html`<a href="${changedAddress(address, { asOf: undefined })}">${say("forYou.backToToday")}</a>` : ""}
  </form>`;

const rowsView = (rows: readonly CardRow[], words: PageWords, back = ""): Html =>
  html`<ol class="rows">
    ${rows.map((row) => rowView(row, words, back))}
  </ol>`;

const FOLDS = ["forYou.later", "forYou.toWatch", "forYou.winBack", "forYou.setAside"] as const;

const folded = (rows: readonly CardRow[], what: (typeof FOLDS)[number], words: PageWords): Html =>
  rows.length === 0
    ? html``
    : html`<details>
        <summary>${words.say(what, { numb: rows.length })}</summary>
        ${rowsView(rows, words)}
      </details>`;

const rowView = (row: CardRow, words: PageWords, back: string): Html =>
  html`<li data-name="${row.customerName}">
    <a class="who" href="${row.path}"><bdi>${row.customerName}</bdi></a>
    ${dirtyMarkers(row, words)}
    <div class="why">
      <p><span class="what">${row.title}</span> <bdi>${row.why}</bdi></p>
      ${row.folded.length === 0 ? "" : foldedView(row.folded, words)}
    </div>
    <p class="stake">${row.atStake ?? html`<span class="soft">${words.say("forYou.nothingAtStake")}</span>`}</p>
    <p class="since soft">
      ${rich(words, "forYou.since", { date: time(row.since) })}${row.repName === undefined ? "" : html` · <bdi>${row.repName}</bdi>`}
    </p>
    ${row.contact === undefined && row.acts === undefined ? "" : actsView(row, words, back)}
  </li>`;

/** What is done at once: call, write, contacted, snooze. Each has the customer's name for who hears it alone. */
const actsView = ({ customerName, contact, acts }: CardRow, words: PageWords, back: string): Html =>
  html`<div class="acts">
    ${contact?.phone === undefined ? "" : phoneView(contact.phone, contact.name, words)}
    ${
      contact?.email === undefined
        ? ""
        : html`<a
            class="button"
            href="${mailLink(contact.email)}"
            aria-label="${words.say("forYou.writeTo", { name: contact.name })}"
            >${words.say("forYou.write")}</a
          >`
    }
    ${
      acts === undefined
        ? ""
        : html`<form method="post" action="${acts.path}">
            <input type="hidden" name="back" value="${back}" />
            <input type="hidden" name="until" value="${acts.snoozeUntil}" />
            <button class="button" name="action" value="contacted">
              ${words.say("forYou.contacted")}<span class="hidden"> <bdi>${customerName}</bdi></span>
            </button>
            <button class="button" name="action" value="snooze">
              ${words.say("forYou.snooze", { days: SNOOZE_DAYS })}<span class="hidden">
                <bdi>${customerName}</bdi></span
              >
            </button>
          </form>`
    }
  </div>`;

const MOST_FOLDED = 5;

const foldedView = (rows: CardRow["folded"], { say }: PageWords): Html =>
  html`<ul class="folded">
    ${rows.slice(0, MOST_FOLDED).map((row) => html`<li><a href="${row.path}">${row.title}</a> <bdi>${row.why}</bdi></li>`)}
    ${rows.length > MOST_FOLDED ? html`<li class="soft">${say("forYou.more", { numb: rows.length - MOST_FOLDED })}</li>` : ""}
  </ul>`;
