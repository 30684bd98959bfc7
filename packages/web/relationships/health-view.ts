import { counted } from "@regulars/core/platform/counted";
import type { Health } from "@regulars/core/relationships/health";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { HealthList, HealthRow } from "@regulars/flows/relationships/list-health";
import { capText, trendText, weaknessText } from "@regulars/render/relationships/health-words";
import { html } from "hono/html";
import { relationshipsPath } from "../page/addresses.ts";
import { lightMark } from "../code-red/code-red-marks.ts";
import { type Html, layout } from "../page/layout.ts";

interface HealthPage {
  readonly tenant: Tenant;
  readonly list: HealthList;
  readonly isOnlyWeak: boolean;
  /** The index of the first row shown. */
  readonly from: string | undefined;
}

const MOST_ROWS = 50;
const LIGHTS = { good: "green", fair: "amber", poor: "red" } as const;

/** A score with its grade as shape and word, and why it is capped. */
export const healthMark = (health: Health | undefined): Html =>
  health === undefined
    ? lightMark("grey", "not enough data")
    : html`${lightMark(LIGHTS[health.grade], `${health.score} ${health.grade}`)}
      ${health.caps.map((cap) => html`<span class="soft">${capText(cap)}</span> `)}`;

/** All customers by what to act on first. */
export function healthView({ tenant, list, isOnlyWeak, from: given }: HealthPage): Html {
  const { counts, rows, asOf, setAside } = list;
  const from = Math.min(Math.max(0, Math.floor(Number(given ?? 0)) || 0), rows.length);
  const shown = rows.slice(from, from + MOST_ROWS);
  const path = relationshipsPath(tenant.tenantId);
  const pageOf = (start: number): string => `${path}?${isOnlyWeak ? "weak=1&" : ""}from=${start}`;
  return layout({
    title: `Relationships at ${tenant.name}`,
    isWide: true,
    main: html`<h1>Relationships</h1>
      <p class="lead">
        <bdi>${tenant.name}</bdi> · how well customers and we are in touch, up to ${asOf}. ${counts.good} good,
        ${counts.fair} fair, ${counts.poor} poor, ${counts.unknown} without enough data;
        ${counted(counts.weak, "customer")} to act on.
        ${isOnlyWeak ? html`<a href="${path}">Show all</a>` : html`<a href="${path}?weak=1">Only those to act on</a>`}
      </p>
      ${setAside.map(
        ({ customerId, reason }) =>
          html`<p class="refused" role="alert"><bdi>${customerId}</bdi> cannot be read: <bdi>${reason}</bdi></p>`,
      )}
      <section aria-labelledby="list">
        <h2 id="list">Customers</h2>
        ${
          counts.good + counts.fair + counts.poor > 0
            ? ""
            : html`<p class="empty">
                No contact with a customer is known: import calls, meetings and mails with
                <code>npx regulars import activities activities.csv --tenant ${tenant.tenantId}</code>
              </p>`
        }
        ${shown.length === 0 ? html`<p class="empty">There is nobody to act on.</p>` : tableView(tenant, shown)}
        <p>
          ${rows.length === 0 ? "" : html`${from + 1} to ${from + shown.length} of ${rows.length}`}
          ${from > 0 ? html`· <a href="${pageOf(Math.max(0, from - MOST_ROWS))}">Previous</a>` : ""}
          ${from + MOST_ROWS < rows.length ? html`· <a href="${pageOf(from + MOST_ROWS)}">Next</a>` : ""} ·
          <a href="${path}?csv=1">CSV</a>
        </p>
      </section>`,
  });
}

const tableView = (tenant: Tenant, rows: readonly HealthRow[]): Html =>
  html`<div class="scroll" role="region" aria-label="Customers with their health" tabindex="0">
    <table>
      <thead>
        <tr>
          <th scope="col">Customer</th>
          <th scope="col">Health</th>
          <th scope="col">Trend</th>
          <th scope="col">Last contact</th>
          <th scope="col" class="roomy">To act on</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ customer, health, weaknesses: [first] }) =>
            html`<tr>
              <th scope="row">
                <a href="${relationshipsPath(tenant.tenantId, customer.customerId)}"
                  ><bdi>${customer.name ?? customer.customerId}</bdi></a
                >
              </th>
              <td>${healthMark(health)}</td>
              <td>${health === undefined ? "–" : trendText(health.trend)}</td>
              <td>${health?.lastOn ?? "–"}</td>
              <td class="roomy">${first === undefined ? "–" : weaknessText(first)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
