import { ratioText } from "@regulars/core/catalog/link-rules";
import { type ReviewedSuggestion, suggestionStates } from "@regulars/core/code-red/link-review";
import { figuresOf, suggestionMetrics } from "@regulars/core/code-red/suggest-links";
import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import { codeRedPath, linkSuggestionsPath, linksPath } from "../page/addresses.ts";
import { type Html, layout } from "../page/layout.ts";
import { type LinkSuggestionsPage, MOST_SUGGESTIONS_SHOWN } from "./link-suggestions-page.ts";
import { moment, momentIn } from "../page/moments.ts";
import { rich } from "../page/rich.ts";
import { itemText, pairText, rowsText } from "./links-view.ts";
import { type RefusedForm, filledIn, refusedView } from "../page/refused-form.ts";

/** Links that the orders suggest, with the forms that accept and reject them. */
export function linkSuggestionsView(page: LinkSuggestionsPage, words: PageWords, refused?: RefusedForm): Html {
  const { say } = words;
  const { tenant, run, state, suggestions, from } = page;
  const path = linkSuggestionsPath(tenant.tenantId);
  const shown = suggestions.slice(from, from + MOST_SUGGESTIONS_SHOWN);
  return layout({
    title: say("suggest.titleAt", { firm: tenant.name }),
    crumbs: [
      { name: "Code Red", path: codeRedPath(tenant.tenantId) },
      { name: say("codeRed.links"), path: linksPath(tenant.tenantId) },
    ],
    isWide: true,
    main: html`<h1>${say("suggest.title")}</h1>
      <p class="lead">${leadText(words, run)}</p>
      ${refusedView(refused)}
      ${page.mayManage ? askView(page, words, refused?.fields["action"] === "suggest" ? refused : undefined) : ""}
      <section aria-labelledby="list">
        <h2 id="list">${say("suggest.review")}</h2>
        <form class="review" method="get" action="${path}">
          <label
            >${say("suggest.show")}
            <select name="state">
              ${suggestionStates.map((one) => html`<option value="${one}" ${one === state ? html`selected` : ""}>${say(`suggest.state.${one}`)}</option>`)}
            </select></label
          >
          <button class="button">${say("common.show")}</button>
        </form>
        ${suggestions.length === 0 ? html`<p class="empty">${say(`suggest.none.${state}`)}</p>` : suggestionTable(page, words, shown)}
        ${rowsText(words, path, { state }, { from, rows: suggestions.length, most: MOST_SUGGESTIONS_SHOWN })}
      </section>`,
  });
}

const askView = (page: LinkSuggestionsPage, words: PageWords, refused: RefusedForm | undefined): Html =>
  html`<section class="card" aria-labelledby="suggest">
    <h2 id="suggest">${words.say("suggest.head")}</h2>
    ${suggestForm(page, words, refused)}
  </section>`;

function leadText({ say, formats }: PageWords, run: LinkSuggestionsPage["run"]): Html {
  if (run === undefined) return html`${say("suggest.nothing")}`;
  const { orders, percent, from, asOf } = run;
  const days = { from: formats.day(from), upto: formats.day(asOf) };
  return html`${say(`suggest.run.${run.metric}`, { numb: orders, perc: percent, ...days })}
  ${run.held === 0 ? "" : say("suggest.held", { numb: run.held })}`;
}

function suggestForm(
  { run, since, address }: LinkSuggestionsPage,
  { say }: PageWords,
  refused: RefusedForm | undefined,
): Html {
  const filled = filledIn(refused);
  const { from = since, percent = String(run?.percent ?? 10), minJoint = "" } = filled;
  const metric = filled["metric"] ?? run?.metric ?? suggestionMetrics[0];
  const box = (name: string, text: string): Html =>
    html`<label
      ><input type="checkbox" name="${name}" value="1" ${filled[name] === undefined ? "" : html`checked`} />
      ${text}</label
    >`;
  return html`<form class="review" method="post" action="${address}">
    <input type="hidden" name="action" value="suggest" />
    <label>${say("suggest.since")} <input type="date" name="from" value="${from}" required /></label>
    <label
      >${say("suggest.from")}
      <span class="unit"
        ><input type="number" name="percent" min="1" max="100" value="${percent}" required /> %</span
      ></label
    >
    <label
      >${say("suggest.of")}
      <select name="metric">
        ${suggestionMetrics.map((one) => html`<option value="${one}" ${one === metric ? html`selected` : ""}>${say(`suggest.metric.${one}`)}</option>`)}
      </select></label
    >
    <label
      >${say("suggest.joint")}
      <input
        type="number"
        name="minJoint"
        min="1"
        max="1000000"
        value="${minJoint}"
        placeholder="${say("suggest.asUsual")}"
    /></label>
    ${box("all", say("suggest.all"))} ${box("literal", say("suggest.literal"))}
    <button class="button">${say("suggest.button")}</button>
  </form>`;
}

const percentText = ({ formats }: PageWords, share: number): string =>
  `${formats.number(Math.round(share * 1000) / 10)} %`;

function suggestionTable(
  page: LinkSuggestionsPage,
  words: PageWords,
  suggestions: readonly ReviewedSuggestion[],
): Html {
  const { say } = words;
  const numbers = ["links.ratio", "suggest.together", "suggest.ofAll", "suggest.ofItem", "suggest.lift"] as const;
  return html`<div class="scroll stack" role="region" aria-label="${say("suggest.title")}" tabindex="0">
    <table>
      <thead>
        <tr>
          <th scope="col">${say("common.item")}</th>
          <th scope="col">${say("suggest.with")}</th>
          ${numbers.map((name) => html`<th scope="col" class="number">${say(name)}</th>`)}
          <th scope="col">${say("suggest.wouldBeRed")}</th>
          <th scope="col">${say(page.state === "suggested" ? "suggest.decide" : "suggest.decided")}</th>
        </tr>
      </thead>
      <tbody>
        ${suggestions.map((one) => suggestionRow(page, words, one))}
      </tbody>
    </table>
  </div>`;
}

function suggestionRow(page: LinkSuggestionsPage, words: PageWords, one: ReviewedSuggestion): Html {
  const { say, formats } = words;
  const { support, confidence, lift } = figuresOf(one);
  return html`<tr>
    <th scope="row">${itemText(one.itemId, page.itemNames)}</th>
    <td data-of="${say("suggest.with")}">${itemText(one.linkedItemId, page.itemNames)}</td>
    <td class="number" data-of="${say("links.ratio")}">${ratioText(one)}</td>
    <td class="number" data-of="${say("suggest.together")}">${formats.number(one.joint)}</td>
    <td class="number" data-of="${say("suggest.ofAll")}">${percentText(words, support)}</td>
    <td class="number" data-of="${say("suggest.ofItem")}">${percentText(words, confidence)}</td>
    <td class="number" data-of="${say("suggest.lift")}">${liftText(words, lift)}</td>
    <td data-of="${say("suggest.wouldBeRed")}">${say("suggest.redFor", { numb: one.wouldBeRed, buyr: one.buyers })}</td>
    <td>
      ${one.state === "suggested" ? "" : decidedText(page, words, one)}
      ${!page.mayManage || one.state === "accepted" ? "" : decideForm(page, words, one, "accepted")}
      ${!page.mayManage || one.state !== "suggested" ? "" : decideForm(page, words, one, "rejected")}
    </td>
  </tr>`;
}

const liftText = ({ formats }: PageWords, lift: number): string =>
  new Intl.NumberFormat(formats.locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(lift);

function decidedText(
  { tenant, authorOf }: LinkSuggestionsPage,
  words: PageWords,
  { at, by }: ReviewedSuggestion,
): Html {
  const date = moment(momentIn(words, tenant, at));
  return by === undefined ? date : rich(words, "common.byWhom", { date, name: html`<bdi>${authorOf(by)}</bdi>` });
}

const decideForm = (
  { address, itemNames }: LinkSuggestionsPage,
  { say }: PageWords,
  { itemId, linkedItemId }: ReviewedSuggestion,
  action: "accepted" | "rejected",
): Html =>
  html`<form method="post" action="${address}">
    <input type="hidden" name="action" value="${action}" />
    <input type="hidden" name="itemId" value="${itemId}" />
    <input type="hidden" name="linkedItemId" value="${linkedItemId}" />
    <button class="button">
      ${say(`suggest.${action}`)}<span class="hidden"> ${pairText(itemId, linkedItemId, itemNames)}</span>
    </button>
  </form>`;
