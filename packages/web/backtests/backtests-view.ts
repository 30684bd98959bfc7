import type { BacktestRun } from "@regulars/core/backtests/backtest";
import { backtestBounds } from "@regulars/core/backtests/options";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import { backtestsPath } from "../page/addresses.ts";
import type { BacktestsPage } from "./backtests-page.ts";
import { type Html, layout, reloading } from "../page/layout.ts";
import { rich } from "../page/rich.ts";
import { type RefusedForm, refusedView } from "../page/refused-form.ts";

/** A tenant's backtests and the form that starts one. While one is running, the page reloads by itself. */
export const backtestsView = (page: BacktestsPage, words: PageWords, refused?: RefusedForm): Html => {
  const { tenant, backtestRuns, isOneOpen } = page;
  const { say } = words;
  return layout({
    title: say("backtests.titleAt", { firm: tenant.name }),
    main: html`<h1>${say("place.backtests")}</h1>
      <p class="lead"><bdi>${tenant.name}</bdi> · ${say("backtests.lead")}</p>
      ${page.mayStart ? askView(page, words, refused) : ""}
      <section class="card" aria-labelledby="tried">
        <h2 id="tried">${say("backtests.list")}</h2>
        ${backtestRuns.length === 0 ? html`<p class="empty">${say(page.mayStart ? "backtests.none" : "backtests.noneByAdmin")}</p>` : backtestRunsView(tenant, words, backtestRuns)}
      </section>
      ${isOneOpen ? reloading : ""}`,
  });
};

const askView = ({ tenant, isOneOpen }: BacktestsPage, words: PageWords, refused?: RefusedForm): Html =>
  html`<section class="card" aria-labelledby="ask">
    <h2 id="ask">${words.say("backtests.run")}</h2>
    ${refusedView(refused)}
    ${isOneOpen ? html`<p role="status">${words.say("backtests.running")}</p>` : askForm(tenant, words, refused?.fields["horizonDays"])}
  </section>`;

function askForm({ tenantId }: Tenant, words: PageWords, filled: string | undefined): Html {
  const { least, most, usual } = backtestBounds.horizonDays;
  return html`<form class="review" method="post" action="${backtestsPath(tenantId)}">
    <label class="phrase"
      >${rich(words, "backtests.rightWhen", {
        days: html`<input
          type="number"
          name="horizonDays"
          min="${least}"
          max="${most}"
          value="${filled ?? usual}"
          required
        />`,
      })}</label
    >
    <button class="button">${words.say("backtests.button")}</button>
  </form>`;
}

const backtestRunsView = (tenant: Tenant, words: PageWords, backtestRuns: readonly BacktestRun[]): Html =>
  html`<div class="scroll stack" role="group" aria-labelledby="tried" tabindex="0">
    <table>
      <thead>
        <tr>
          <th scope="col">${words.say("backtests.requested")}</th>
          <th scope="col" class="number">${words.say("backtests.horizon")}</th>
          <th scope="col">${words.say("backtests.progress")}</th>
          <th scope="col">${words.say("backtests.report")}</th>
        </tr>
      </thead>
      <tbody>
        ${backtestRuns.map((backtestRun) => backtestRunView(tenant, words, backtestRun))}
      </tbody>
    </table>
  </div>`;

const backtestRunView = (tenant: Tenant, words: PageWords, backtestRun: BacktestRun): Html =>
  html`<tr>
    <th scope="row">
      <time datetime="${backtestRun.createdAt}">${words.moment(backtestRun.createdAt, tenant.timeZone)}</time>
    </th>
    <td class="number" data-of="${words.say("backtests.horizon")}">
      ${words.say("backtests.days", { numb: backtestRun.options.horizonDays })}
    </td>
    <td data-of="${words.say("backtests.progress")}">${standingText(words, backtestRun)}</td>
    <td>
      ${backtestRun.state === "done" ? html`<a href="${backtestsPath(tenant.tenantId, backtestRun.backtestId)}">${words.say("backtests.open")}</a>` : "–"}
    </td>
  </tr>`;

function standingText({ say }: PageWords, { state, customersRead, customersTried, failure }: BacktestRun): string {
  switch (state) {
    case "queued":
      return say("backtests.queued");
    case "running":
      return customersTried === 0
        ? say("backtests.read", { numb: customersRead })
        : say("backtests.tried", { done: customersTried, numb: customersRead });
    case "done":
      return say("backtests.done", { numb: customersTried });
    case "failed":
      return say("backtests.failed", { text: failure?.message ?? say("backtests.itFailed") });
  }
}
