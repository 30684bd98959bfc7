import type { PageWords } from "@regulars/render/texts/page-words";
import { telLink } from "@regulars/render/links";
import { html } from "hono/html";
import { type Reachable, mailLink, phoneView } from "../page/contacts-view.ts";
import { icon } from "../page/icons.ts";
import type { Html } from "../page/layout.ts";
import { rich } from "../page/rich.ts";
import { levelMarks, time } from "./marks.ts";
import { type CardRow, SNOOZE_DAYS } from "./rep-list.ts";

/** How the rows of a list are drawn. */
interface RowsLook {
  readonly words: PageWords;
  /** Where the viewer's actions lead back to. */
  readonly back?: string | undefined;
  /** The finding whose row is open. */
  readonly openId?: string | undefined;
  /** The finding that the viewer did something to just now: its row has the focus. */
  readonly doneId?: string | undefined;
}

/** Customers in rows of two lines, each with its details folded. */
export const rowsView = (rows: readonly CardRow[], look: RowsLook): Html =>
  html`<ol class="rows">
    ${rows.map((row) => rowView(row, look))}
  </ol>`;

const rowView = (row: CardRow, look: RowsLook): Html =>
  html`<li data-name="${row.customerName}">
    <span class="rank" aria-hidden="true">${row.rank ?? ""}</span>
    <span class="head"
      ><a class="who" href="${row.path}" ${row.findingId === look.doneId ? html`autofocus` : ""}
        ><bdi>${row.customerName}</bdi></a
      >
      ${levelMarks(row, look.words)}</span
    >
    <p class="why"><span class="what">${row.title}</span> <bdi>${row.why}</bdi></p>
    <p class="stake">${row.atStake ?? nothingAtStake(look.words)}</p>
    ${row.contact === undefined && row.acts === undefined ? "" : actsView(row, look)} ${detailsView(row, look)}
  </li>`;

const nothingAtStake = ({ say }: PageWords): Html =>
  html`<span class="soft"
    ><span aria-hidden="true">–</span><span class="hidden">${say("forYou.nothingAtStake")}</span></span
  >`;

/** What is done at once: call, write, contacted, snooze. Each says the customer's or the person's name to who hears it. */
const actsView = ({ customerName, contact, acts }: CardRow, { words, back = "" }: RowsLook): Html =>
  html`<div class="acts">
    ${contact === undefined ? "" : contactLinks(contact, words)}
    ${
      acts === undefined
        ? ""
        : html`<form method="post" action="${acts.path}">
            <input type="hidden" name="back" value="${back}" />
            <input type="hidden" name="until" value="${acts.snoozeUntil}" />
            ${actButton("contacted", words.say("forYou.contacted"), customerName)}
            ${actButton("snooze", words.say("forYou.snooze", { days: SNOOZE_DAYS }), customerName)}
          </form>`
    }
  </div>`;

const actButton = (action: "contacted" | "snooze", name: string, customerName: string): Html =>
  html`<button class="act" name="action" value="${action}" title="${name}">
    ${icon(action === "contacted" ? "done" : "later")}<span class="hidden">${name} <bdi>${customerName}</bdi></span>
  </button>`;

function contactLinks({ name, phone, email }: Reachable, words: PageWords): Html {
  const call = phone === undefined ? undefined : telLink(phone);
  const toCall = words.say("dayOrders.call", { name });
  const toWrite = words.say("forYou.writeTo", { name });
  return html`${
    call === undefined
      ? ""
      : html`<a class="act" href="${call}" title="${toCall} ${phone}" aria-label="${toCall} ${phone}"
          >${icon("phone")}</a
        >`
  }
  ${
    email === undefined
      ? ""
      : html`<a class="act" href="${mailLink(email)}" title="${toWrite}" aria-label="${toWrite}">${icon("mail")}</a>`
  }`;
}

/** Since when, whose customer, whom to call and what else there is; which row is open stands in the address. */
const detailsView = (row: CardRow, { words, openId }: RowsLook): Html =>
  html`<details name="card" data-card="${row.findingId}" ${row.findingId === openId ? html`open` : ""}>
    <summary title="${words.say("forYou.details")}">
      <span class="hidden">${words.say("forYou.details")} <bdi>${row.customerName}</bdi></span>
    </summary>
    <p class="soft">
      ${rich(words, "forYou.since", { date: time(row.since) })}${row.repName === undefined ? "" : html` · <bdi>${row.repName}</bdi>`}
    </p>
    ${row.contact === undefined ? "" : contactLine(row.contact, words)}
    ${row.folded.length === 0 ? "" : foldedView(row.folded, words)}
  </details>`;

const contactLine = ({ name, phone, email }: Reachable, words: PageWords): Html =>
  html`<p>
    <bdi>${name}</bdi> ${phone === undefined ? "" : phoneView(phone, name, words)}
    ${email === undefined ? "" : html`<a href="${mailLink(email)}"><bdi>${email}</bdi></a>`}
  </p>`;

const MOST_FOLDED = 5;

const foldedView = (rows: CardRow["folded"], { say }: PageWords): Html =>
  html`<ul class="folded">
    ${rows.slice(0, MOST_FOLDED).map((row) => html`<li><a href="${row.path}">${row.title}</a> <bdi>${row.why}</bdi></li>`)}
    ${rows.length > MOST_FOLDED ? html`<li class="soft">${say("forYou.more", { numb: rows.length - MOST_FOLDED })}</li>` : ""}
  </ul>`;
