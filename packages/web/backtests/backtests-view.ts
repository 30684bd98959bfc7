import type { BacktestRun } from "@regulars/core/backtests/backtest";
import { backtestBounds } from "@regulars/core/backtests/options";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { html } from "hono/html";
import { backtestsPath } from "../page/addresses.ts";
import type { BacktestsPage } from "./backtests-page.ts";
import { REFRESH_SCRIPT } from "../page/assets.ts";
import { type Html, layout } from "../page/layout.ts";
import { counted } from "@regulars/core/platform/counted";
import { type RefusedForm, refusedView } from "../page/refused-form.ts";

/** A tenant's backtests and the form that starts one. While one is running, the page reloads by itself. */
export const backtestsView = ({ tenant, backtestRuns, isOneOpen }: BacktestsPage, refused?: RefusedForm): Html =>
  layout({
    title: `How right the rules are at ${tenant.name}`,
    main: html`<h1>How right the rules are</h1>
      <p class="lead">
        <bdi>${tenant.name}</bdi> · a backtest goes through your own orders day by day, notes what every rule would have
        said by what was known then, and whether it came true. It changes nothing.
      </p>
      <section class="card" aria-labelledby="ask">
        <h2 id="ask">Run a backtest</h2>
        ${refusedView(refused)}
        ${isOneOpen ? html`<p role="status">A backtest is running; this page shows its progress.</p>` : askForm(tenant, refused?.fields["horizonDays"])}
      </section>
      <section class="card" aria-labelledby="tried">
        <h2 id="tried">Backtests</h2>
        ${backtestRuns.length === 0 ? html`<p class="empty">No backtest has run yet.</p>` : backtestRunsView(tenant, backtestRuns)}
      </section>
      ${isOneOpen ? html`<script src="${REFRESH_SCRIPT.path}"></script>` : ""}`,
  });

function askForm({ tenantId }: Tenant, filled: string | undefined): Html {
  const { least, most, usual } = backtestBounds.horizonDays;
  return html`<form class="review" method="post" action="${backtestsPath(tenantId)}">
    <label
      >An alert is right when what it says stays true for
      <input type="number" name="horizonDays" min="${least}" max="${most}" value="${filled ?? usual}" required />
      days</label
    >
    <button class="button">Run backtest</button>
  </form>`;
}

const backtestRunsView = (tenant: Tenant, backtestRuns: readonly BacktestRun[]): Html =>
  html`<div class="scroll" role="group" aria-labelledby="tried" tabindex="0">
    <table>
      <thead>
        <tr>
          <th scope="col">Requested</th>
          <th scope="col" class="number">Horizon</th>
          <th scope="col">Progress</th>
          <th scope="col">Report</th>
        </tr>
      </thead>
      <tbody>
        ${backtestRuns.map((backtestRun) => backtestRunView(tenant, backtestRun))}
      </tbody>
    </table>
  </div>`;

const backtestRunView = (tenant: Tenant, backtestRun: BacktestRun): Html =>
  html`<tr>
    <th scope="row"><time datetime="${backtestRun.createdAt}">${momentText(tenant, backtestRun.createdAt)}</time></th>
    <td class="number">${counted(backtestRun.options.horizonDays, "day")}</td>
    <td>${standingText(backtestRun)}</td>
    <td>
      ${backtestRun.state === "done" ? html`<a href="${backtestsPath(tenant.tenantId, backtestRun.backtestId)}">Open the report</a>` : "–"}
    </td>
  </tr>`;

function standingText({ state, customersRead, customersTried, failure }: BacktestRun): string {
  switch (state) {
    case "queued":
      return "◌ waits to be begun";
    case "running":
      return customersTried === 0
        ? `◔ ${counted(customersRead, "customer")} read`
        : `◑ ${customersTried} of ${counted(customersRead, "customer")} tried`;
    case "done":
      return `● done: ${counted(customersTried, "customer")}`;
    case "failed":
      return `✗ ${failure?.message ?? "it failed"}`;
  }
}

const momentText = ({ locale, timeZone }: Tenant, at: string): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short", timeZone }).format(Date.parse(at));
