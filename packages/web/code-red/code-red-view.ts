import { columnJson } from "@regulars/core/code-red/row-json";
import { largestRed } from "@regulars/core/code-red/row";
import { comparisonModes } from "@regulars/core/code-red/settings";
import { formatMoney } from "@regulars/core/platform/money";
import { minor } from "@regulars/core/platform/values";
import type { ListedRow } from "@regulars/flows/code-red/list-code-red";
import { columnName, lossesText } from "@regulars/render/code-red/code-red-words";
import { html } from "hono/html";
import { codeRedPath, codeRedSettingsPath, linksPath } from "../page/addresses.ts";
import { type CodeRedPage, type CodeRedQuery, MOST_ROWS } from "./code-red-page.ts";
import { columnMark, lightMark } from "./code-red-marks.ts";
import { type Html, layout } from "../page/layout.ts";
import { counted } from "@regulars/core/platform/counted";

/** The call list of Code Red with its filters. */
export function codeRedView(page: CodeRedPage): Html {
  const { tenant, list, from } = page;
  const { counts, rows } = list;
  const shown = rows.slice(from, from + MOST_ROWS);
  return layout({
    title: `Code Red at ${tenant.name}`,
    isWide: true,
    main: html`<h1>Code Red</h1>
      <p class="lead">
        <bdi>${tenant.name}</bdi> · whose buying changed, up to ${list.asOf}. ${counted(counts.red, "customer")} red,
        ${counts.confirmed} of them confirmed; ${counts.ignored} ignored, ${counts.recentlyContacted} left out as
        contacted recently. <a href="${linksPath(tenant.tenantId)}">Linked items</a> ·
        <a href="${codeRedSettingsPath(tenant.tenantId)}">Settings</a>
      </p>
      ${page.notUsed.map((what) => html`<p class="refused" role="alert">Not used: <bdi>${what}</bdi></p>`)}
      <section class="card" aria-labelledby="filter">
        <h2 id="filter">Filter</h2>
        ${filterForm(page)}
      </section>
      ${list.setAside.map(
        ({ customerId, reason }) =>
          html`<p class="refused" role="alert"><bdi>${customerId}</bdi> cannot be read: <bdi>${reason}</bdi></p>`,
      )}
      <section aria-labelledby="list">
        <h2 id="list">Call these customers</h2>
        ${rows.length === 0 ? html`<p class="empty">No customer matches: clear the filter, or come back tomorrow.</p>` : tableView(page, shown)}
        ${pagesView(page)}
      </section>`,
  });
}

const option = (value: string, text: string, chosen: string | undefined): Html =>
  html`<option value="${value}" ${(chosen ?? "") === value ? html`selected` : ""}>${text}</option>`;

function filterForm({ tenant, users, query, usual }: CodeRedPage): Html {
  const box = (name: keyof CodeRedQuery, text: string): Html =>
    html`<label
      ><input type="checkbox" name="${name}" value="1" ${query[name] === undefined ? "" : html`checked`} />
      ${text}</label
    >`;
  return html`<form class="review" method="get" action="${codeRedPath(tenant.tenantId)}">
    <label
      >Rep
      <select name="rep">
        ${option("", "Everyone", query.rep)} ${users.map(({ userId, name }) => option(userId, name, query.rep))}
      </select></label
    >
    <label
      >Red from
      <input
        type="number"
        name="percent"
        min="1"
        max="100"
        placeholder="${usual.percent}"
        value="${query.percent ?? ""}"
      />
      %</label
    >
    <label
      >Months
      <select name="mode">
        ${option("", "as the tenant's setting", query.mode)}
        ${comparisonModes.map((mode) => option(mode, MODES[mode], query.mode))}
      </select></label
    >
    <label
      >Against
      <select name="compare">
        ${option("", "as the tenant's setting", query.compare)} ${option("before", "the months before", query.compare)}
        ${option("year", "the same months last year", query.compare)}
      </select></label
    >
    ${box("red", "Only red")} ${box("confirmed", "Only confirmed")} ${box("ignored", "Show ignored")}
    <button class="button">Show</button>
    <a href="${codeRedPath(tenant.tenantId)}">Clear filters</a>
  </form>`;
}

const MODES = { completeMonths: "complete months", toDate: "to date", rolling: "rolling" } as const;

function tableView({ tenant, list }: CodeRedPage, rows: readonly ListedRow[]): Html {
  const columns = list.rows[0]?.columns ?? [];
  return html`<div class="scroll" role="region" aria-label="Customers with their lights" tabindex="0">
    <table>
      <thead>
        <tr>
          <th scope="col">Customer</th>
          ${columns.map((column) => html`<th scope="col">${columnName(column)} months</th>`)}
          <th scope="col">Items</th>
          <th scope="col">Linked items</th>
          <th scope="col" class="number">Lost beyond the market</th>
          <th scope="col" class="roomy">Why it fell</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map((row) => rowView(tenant, row))}
      </tbody>
    </table>
  </div>`;
}

function rowView(tenant: CodeRedPage["tenant"], row: ListedRow): Html {
  const causes = largestRed(row.columns)?.causes;
  return html`<tr>
    <th scope="row">
      <a href="${codeRedPath(tenant.tenantId, row.customerId)}"><bdi>${row.customer.name ?? row.customerId}</bdi></a>
      ${row.isBackEarly ? html`<span class="soft">back: the loss has doubled</span>` : row.ignored === undefined ? "" : html`<span class="soft">ignored</span>`}
    </th>
    ${row.columns.map((column) => html`<td>${columnMark(column, columnJson(column).changePercent)}</td>`)}
    <td>${lightMark(row.lights.items)}</td>
    <td>${lightMark(row.lights.links)}</td>
    <td class="number">
      ${row.isRed ? formatMoney(minor(row.lostBeyondMarketMinor), tenant.currency, tenant.locale) : "–"}
    </td>
    <td class="roomy">${causes === undefined ? "–" : lossesText(causes, tenant.currency, tenant.locale)}</td>
  </tr>`;
}

function pagesView({ tenant, query, list, from }: CodeRedPage): Html {
  const given = Object.entries(query).filter(([name, value]) => name !== "from" && typeof value === "string");
  const address = (more: Readonly<Record<string, string>>): string =>
    `${codeRedPath(tenant.tenantId)}?${new URLSearchParams([...given, ...Object.entries(more)]).toString()}`;
  const last = Math.min(from + MOST_ROWS, list.rows.length);
  return html`<p>
    ${list.rows.length === 0 ? "" : html`${from + 1} to ${last} of ${list.rows.length}`}
    ${from > 0 ? html`· <a href="${address({ from: String(Math.max(0, from - MOST_ROWS)) })}">Previous</a>` : ""}
    ${last < list.rows.length ? html`· <a href="${address({ from: String(last) })}">Next</a>` : ""} ·
    <a href="${address({ csv: "1" })}">CSV</a>
  </p>`;
}
