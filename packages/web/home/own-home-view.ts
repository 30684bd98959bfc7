import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import { rowsView } from "../insights/card-row-view.ts";
import { followUpsView } from "../insights/follow-ups-view.ts";
import type { RepList } from "../insights/rep-list.ts";
import { type Html, layout } from "../page/layout.ts";
import { rich } from "../page/rich.ts";
import type { TenantCard } from "./home-page.ts";
import { cardView } from "./home-view.ts";

interface OwnHome {
  readonly card: TenantCard;
  readonly name: string;
  /** Their page "For You". */
  readonly path: string;
  /** Their list of today; `undefined` for who sees none. */
  readonly day: RepList | undefined;
}

/** The start page of a signed-in user: their day, then what else is theirs by their rights. */
export const ownHomeView = ({ card, name, path, day }: OwnHome, words: PageWords): Html =>
  layout({
    title: "Regulars",
    main: html`<h1>${rich(words, "home.goodDay", { name: html`<bdi>${name}</bdi>` })}</h1>
      ${day === undefined ? "" : dayView(day, path, words)} ${cardView(card, words, undefined)}`,
  });

/** Customers of the list that the start page shows. */
const MOST_TODAY = 5;

const dayView = ({ tenant, first, later, followUps }: RepList, path: string, words: PageWords): Html =>
  html`<section class="part" aria-labelledby="today">
    <div class="part-head">
      <h2 id="today">${words.say("forYou.first")}</h2>
      <p><a href="${path}">${words.say("forYou.toActOn", { numb: first.length + later.length })}</a></p>
    </div>
    ${
      first.length === 0
        ? html`<p class="empty">${words.say("forYou.nothingToday")}</p>`
        : rowsView(first.slice(0, MOST_TODAY), { words, back: "/" })
    }
    ${followUpsView(tenant, followUps, words, "/")}
  </section>`;
