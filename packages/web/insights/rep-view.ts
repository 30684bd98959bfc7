import { addDays } from "@regulars/core/platform/period";
import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import { notificationsPath } from "../page/addresses.ts";
import { LIVE_SCRIPT } from "../page/assets.ts";
import { rowsView } from "./card-row-view.ts";
import { followUpsView } from "./follow-ups-view.ts";
import { insightsView } from "./insights-view.ts";
import { type Html, layout } from "../page/layout.ts";
import { rich } from "../page/rich.ts";
import { changedAddress } from "../page/query.ts";
import { time } from "./marks.ts";
import { undoView } from "./undo-line.ts";
import type { CardRow, KindSum, RepList } from "./rep-list.ts";
import type { RepPage } from "./rep-page.ts";

/** A rep's page: whom to talk to first and why, then sales. */
export function repView(page: RepPage): Html {
  const { tenant, words, repName, asOf } = page;
  const { say } = words;
  const title = repName ?? say("forYou.everyone", { firm: tenant.name });
  return layout({
    title,
    main: html`<div class="part-head">
        <h1><bdi>${title}</bdi></h1>
        ${pastDayForm(page)}
      </div>
      <p class="soft">
        ${page.isPast ? html`<strong>${say("forYou.pastDay")}</strong>: ` : ""}
        ${rich(words, "forYou.counted", { date: time(asOf) })} ·
        <a href="${notificationsPath(tenant.tenantId)}">${say("forYou.messages")}</a>
        ${page.introductionsPath === undefined ? "" : html`· <a href="${page.introductionsPath}">${say("introductions.title")}</a>`}
      </p>
      ${listView(page)} ${insightsView(page)}`,
    script: LIVE_SCRIPT,
  });
}

/** The section "For You": the part of the page that a script keeps as it is on the server. */
export const listView = (list: RepList): Html =>
  html`<section aria-labelledby="for-you" id="list" ${list.isPast ? "" : liveWords(list.words)}>
    <h2 id="for-you" class="hidden">${list.words.say("introductions.forYou")}</h2>
    ${undoView(list.undo, list.words, list.address)} ${customersSetAsideView(list)} ${forYouView(list)}
    ${followUpsView(list.tenant, list.followUps, list.words, list.address)}
  </section>`;

/** What the script says of names that are gone from the list, or new on it. */
const liveWords = ({ say }: PageWords): Html => {
  const names = { list: "{list}" };
  return html`data-live data-gone="${say("forYou.gone", names)}" data-come="${say("forYou.come", names)}"`;
};

const customersSetAsideView = ({ customersSetAside: numb, words }: RepList): Html =>
  numb === 0
    ? html``
    : html`<p role="status">${rich(words, "forYou.unread", { numb, code: html`<code>regulars doctor</code>` })}</p>`;

function forYouView(page: RepList): Html {
  const { words, first, later, toWatch, winBack, setAside } = page;
  const { say } = words;
  if (page.kinds.length === 0 && toWatch.length + winBack.length + setAside.length === 0)
    return html`<p class="empty">${say("forYou.empty")}</p>`;
  const look = { words, back: page.address, openId: page.openId, doneId: page.doneId };
  return html`${kindsView(page)}
    <div class="part">
      <div class="part-head">
        <h3 id="ranked">${say("forYou.first")}</h3>
        <p class="soft">${say("forYou.toActOn", { numb: first.length + later.length })}</p>
      </div>
      ${first.length === 0 ? html`<p class="empty">${say("forYou.nothingToday")}</p>` : rowsView(first, look)}
      ${folded(later, "forYou.later", page)} ${folded(toWatch, "forYou.toWatch", page)}
      ${folded(winBack, "forYou.winBack", page)} ${folded(setAside, "forYou.setAside", page)}
    </div>`;
}

/** The kinds that there is something to act on of, each leading to its own part of the list. */
const kindsView = ({ kinds, kind, address, words }: RepList): Html =>
  kinds.length === 0
    ? html``
    : html`<ul class="kinds" aria-label="${words.say("forYou.kinds")}">
        ${kind === undefined ? "" : html`<li><a href="${changedAddress(address, { kind: undefined })}">${words.say("forYou.allKinds")}</a></li>`}
        ${kinds.map((one) => kindView(one, one.id === kind, changedAddress(address, { kind: one.id }), words))}
      </ul>`;

function kindView({ title, count, atStake }: KindSum, isChosen: boolean, path: string, words: PageWords): Html {
  const text = html`<span>${title}</span> <strong>${words.formats.number(count)}</strong>${
      atStake === undefined ? "" : html` <span class="soft">${atStake}</span>`
    }`;
  return html`<li>
    ${isChosen ? html`<span aria-current="true">${text}</span>` : html`<a href="${path}">${text}</a>`}
  </li>`;
}

/** The page of a past day: what was found, or would have been. */
const pastDayForm = ({ words: { say }, asOfText, isPast, today, address }: RepList): Html =>
  html`<form class="review past" method="get">
    <label
      >${say("forYou.asOf")} <input type="date" name="asOf" value="${asOfText}" max="${addDays(today, -1)}"
    /></label>
    <button class="button">${say("forYou.showDay")}</button>
    ${isPast ? html`<a href="${changedAddress(address, { asOf: undefined })}">${say("forYou.backToToday")}</a>` : ""}
  </form>`;

const FOLDS = ["forYou.later", "forYou.toWatch", "forYou.winBack", "forYou.setAside"] as const;

const folded = (rows: readonly CardRow[], what: (typeof FOLDS)[number], { words, openId }: RepList): Html =>
  rows.length === 0
    ? html``
    : html`<details class="fold" ${rows.some((row) => row.findingId === openId) ? html`open` : ""}>
        <summary>${words.say(what, { numb: rows.length })}</summary>
        ${rowsView(rows, { words, openId })}
      </details>`;
