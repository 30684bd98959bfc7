import { ratioText } from "@regulars/core/catalog/link-rules";
import { type ReviewedSuggestion, suggestionStates } from "@regulars/core/code-red/link-review";
import { figuresOf, suggestionMetrics } from "@regulars/core/code-red/suggest-links";
import { counted } from "@regulars/core/platform/counted";
import { html } from "hono/html";
import { codeRedPath, linkSuggestionsPath, linksPath } from "../page/addresses.ts";
import { type Html, layout } from "../page/layout.ts";
import { type LinkSuggestionsPage, MOST_SUGGESTIONS_SHOWN } from "./link-suggestions-page.ts";
import { itemText, rowsText } from "./links-view.ts";
import { type RefusedForm, filledIn, refusedView } from "../page/refused-form.ts";

/** Links that the orders suggest, with the forms that accept and reject them. */
export function linkSuggestionsView(page: LinkSuggestionsPage, refused?: RefusedForm): Html {
  const { tenant, run, state, suggestions, from, notUsed } = page;
  const path = linkSuggestionsPath(tenant.tenantId);
  const shown = suggestions.slice(from, from + MOST_SUGGESTIONS_SHOWN);
  return layout({
    title: `Suggested links at ${tenant.name}`,
    crumbs: [
      { name: "Code Red", path: codeRedPath(tenant.tenantId) },
      { name: "Linked items", path: linksPath(tenant.tenantId) },
    ],
    isWide: true,
    main: html`<h1>Suggested links</h1>
      <p class="lead">${leadText(run)}</p>
      ${refusedView(refused)}
      ${notUsed === undefined ? "" : html`<p class="refused" role="alert">Not used: <bdi>${notUsed}</bdi></p>`}
      <section class="card" aria-labelledby="suggest">
        <h2 id="suggest">Suggest links</h2>
        ${suggestForm(page, refused?.fields["action"] === "suggest" ? refused : undefined)}
      </section>
      <section aria-labelledby="list">
        <h2 id="list">Review</h2>
        <form class="review" method="get" action="${path}">
          <label
            >Show
            <select name="state">
              ${suggestionStates.map((one) => html`<option value="${one}" ${one === state ? html`selected` : ""}>${one}</option>`)}
            </select></label
          >
          <button class="button">Show</button>
        </form>
        ${suggestions.length === 0 ? html`<p class="empty">No link is ${state}.</p>` : suggestionTable(page, shown)}
        ${rowsText(path, { state }, from, suggestions.length, MOST_SUGGESTIONS_SHOWN)}
      </section>`,
  });
}

function leadText(run: LinkSuggestionsPage["run"]): Html {
  if (run === undefined)
    return html`Nothing was suggested yet. What is suggested waits here until somebody accepts or rejects it.`;
  const held =
    run.held === 0
      ? ""
      : ` ${counted(run.held, "other link")} would be red for more than a third of the customers who buy the item.`;
  return html`From ${counted(run.orders, "order")}, ${run.from} to ${run.asOf}, at ${run.percent} %
  ${run.metric}.${held}`;
}

function suggestForm({ tenant, run, since }: LinkSuggestionsPage, refused: RefusedForm | undefined): Html {
  const filled = filledIn(refused);
  const { from = since, percent = String(run?.percent ?? 10), minJoint = "" } = filled;
  const metric = filled["metric"] ?? run?.metric ?? suggestionMetrics[0];
  const box = (name: string, text: string): Html =>
    html`<label
      ><input type="checkbox" name="${name}" value="1" ${filled[name] === undefined ? "" : html`checked`} />
      ${text}</label
    >`;
  return html`<form class="review" method="post" action="${linkSuggestionsPath(tenant.tenantId)}">
    <input type="hidden" name="action" value="suggest" />
    <label>Orders since <input type="date" name="from" value="${from}" required /></label>
    <label>From <input type="number" name="percent" min="1" max="100" value="${percent}" required /> %</label>
    <label
      >of
      <select name="metric">
        ${suggestionMetrics.map((one) => html`<option value="${one}" ${one === metric ? html`selected` : ""}>${METRICS[one]}</option>`)}
      </select></label
    >
    <label
      >Orders with both
      <input type="number" name="minJoint" min="1" max="1000000" value="${minJoint}" placeholder="as usual"
    /></label>
    ${box("all", "Also links that would mostly be red")} ${box("literal", "Also what may be chance")}
    <button class="button">Suggest</button>
  </form>`;
}

const METRICS = { confidence: "the orders with the item", support: "all orders" } as const;

const percentText = (share: number): string => `${Math.round(share * 1000) / 10} %`;

function suggestionTable(page: LinkSuggestionsPage, suggestions: readonly ReviewedSuggestion[]): Html {
  const numbers = ["Ratio", "Together", "Of all", "Of the item", "Lift"];
  return html`<div class="scroll" role="region" aria-label="Suggested links" tabindex="0">
    <table>
      <thead>
        <tr>
          <th scope="col">Item</th>
          <th scope="col">With</th>
          ${numbers.map((name) => html`<th scope="col" class="number">${name}</th>`)}
          <th scope="col">Would be red</th>
          <th scope="col">${page.state === "suggested" ? "Decide" : "Decided"}</th>
        </tr>
      </thead>
      <tbody>
        ${suggestions.map((one) => suggestionRow(page, one))}
      </tbody>
    </table>
  </div>`;
}

function suggestionRow(page: LinkSuggestionsPage, one: ReviewedSuggestion): Html {
  const { support, confidence, lift } = figuresOf(one);
  return html`<tr>
    <th scope="row">${itemText(one.itemId, page.itemNames)}</th>
    <td>${itemText(one.linkedItemId, page.itemNames)}</td>
    <td class="number">${ratioText(one)}</td>
    <td class="number">${one.joint}</td>
    <td class="number">${percentText(support)}</td>
    <td class="number">${percentText(confidence)}</td>
    <td class="number">${lift.toFixed(2)}</td>
    <td>for ${one.wouldBeRed} of the ${counted(one.buyers, "customer")} who buy it</td>
    <td>
      ${one.state === "suggested" ? html`${decideForm(page, one, "accepted")} ${decideForm(page, one, "rejected")}` : decidedText(one)}
      ${one.state === "rejected" ? decideForm(page, one, "accepted") : ""}
    </td>
  </tr>`;
}

const decidedText = ({ at, by }: ReviewedSuggestion): Html =>
  html`<time datetime="${at}">${at.slice(0, 10)}</time>${by === undefined ? "" : html` by <bdi>${by}</bdi>`}`;

const BUTTONS = { accepted: "Accept", rejected: "Reject" } as const;

const decideForm = (
  { tenant }: LinkSuggestionsPage,
  { itemId, linkedItemId }: ReviewedSuggestion,
  action: keyof typeof BUTTONS,
): Html =>
  html`<form method="post" action="${linkSuggestionsPath(tenant.tenantId)}">
    <input type="hidden" name="action" value="${action}" />
    <input type="hidden" name="itemId" value="${itemId}" />
    <input type="hidden" name="linkedItemId" value="${linkedItemId}" />
    <button class="button">${BUTTONS[action]}</button>
  </form>`;
