import { html } from "hono/html";
import { formatMoney } from "@regulars/core/platform/money";
import { addDays, daysBetween } from "@regulars/core/platform/period";
import { performanceMetrics, performanceWindows } from "@regulars/core/sales-figures/lowest";
import { salesBases } from "@regulars/core/sales-figures/invoiced";
import type { LowPerformer, LowestReport } from "@regulars/core/sales-figures/report";
import type { Minor } from "@regulars/core/platform/values";
import type { OrderCard } from "@regulars/flows/insights/orders-of-day";
import { telLink } from "@regulars/render/links";
import { backtestsPath } from "../page/addresses.ts";
import { dayText } from "./finding-row.ts";
import type { Html } from "../page/layout.ts";
import { changedAddress } from "../page/query.ts";
import { time } from "./marks.ts";
import { counted } from "@regulars/core/platform/counted";
import type { RepPage } from "./rep-page.ts";

/** The section "Insights" of seed 000: the week, the lowest performers, the orders of a day. */
export const insightsView = (page: RepPage): Html =>
  html`<section aria-labelledby="insights">
    <h2 id="insights">Insights</h2>
    <div class="columns">${weekView(page)} ${lowestView(page)}</div>
    ${ordersView(page)}
    <p class="soft">
      What is found here is measured, not believed:
      <a href="${backtestsPath(page.tenant.tenantId)}">how right the rules are on these orders</a>
    </p>
  </section>`;

const moneyOf =
  ({ tenant }: RepPage) =>
  (units: Minor): string =>
    formatMoney(units, tenant.currency, tenant.locale);

function weekView(page: RepPage): Html {
  const { week, tenant } = page;
  const money = moneyOf(page);
  return html`<section class="card" aria-labelledby="week">
    <h3 id="week">Weekly sales</h3>
    <ul class="choices">
      ${salesBases.map((basis) =>
        basis === week.basis
          ? html`<li><strong aria-current="true">by ${basis}s</strong></li>`
          : html`<li><a href="${changedAddress(page.address, { basis })}#week">by ${basis}s</a></li>`,
      )}
    </ul>
    <p class="big">${money(week.salesMinor)} ${changeView(week.changePct, "%")}</p>
    <p class="soft">
      ${time(dayText(tenant, week.from))} to ${time(dayText(tenant, week.to))}; the week before:
      ${money(week.previousMinor)}
    </p>
    ${week.linesWithoutValue === 0 ? "" : html`<p class="soft">Without ${counted(week.linesWithoutValue, week.basis === "order" ? "line" : "invoice")} that have no price or rate.</p>`}
    ${grossProfitView(week.grossProfit)}
  </section>`;
}

const grossProfitView = (grossProfit: RepPage["week"]["grossProfit"]): Html =>
  grossProfit === undefined
    ? html``
    : html`<p class="big">
          ${grossProfit.gpPct === null ? "–" : `${grossProfit.gpPct} %`} <span class="unit">GP</span>
          ${changeView(grossProfit.changePoints, "points")}
        </p>
        <p class="soft">The cost of ${grossProfit.costCoveragePct ?? 0} % of the value is known.</p>`;

/** A change with its direction as a shape; says so when there is nothing to compare with. */
function changeView(change: number | null, unit: string): Html {
  if (change === null) return html`<span class="mark state">nothing to compare with</span>`;
  const [shape, name] = change > 0 ? ["▲", "up"] : change < 0 ? ["▼", "down"] : ["▬", "same"];
  return html`<span class="mark change ${name}">${shape} ${change > 0 ? "+" : ""}${change} ${unit}</span>`;
}

function lowestView(page: RepPage): Html {
  const { lowest, tenant } = page;
  const others = lowest.notComputable ?? [];
  return html`<section class="card" aria-labelledby="lowest">
    <h3 id="lowest">Lowest performing customers</h3>
    ${choicesView(page)}
    <div class="scroll" role="group" aria-labelledby="lowest" tabindex="0">
      <table>
        <caption>
          Of ${counted(lowest.customers, "customer")} with an order in the last ${lowest.windowDays} days
        </caption>
        <thead>
          <tr>
            <th scope="col">Customer</th>
            <th scope="col" class="number">Units</th>
            <th scope="col" class="number">Sales</th>
            ${tenant.priceEditing ? html`<th scope="col" class="number">GP%</th>` : ""}
          </tr>
        </thead>
        <tbody>
          ${[...lowest.lowest, ...others].map((one) => performerView(page, one))}
        </tbody>
      </table>
    </div>
    ${others.length === 0 ? "" : html`<p class="soft">– : no GP% can be computed for ${counted(lowest.notComputableCount ?? 0, "customer")}.</p>`}
  </section>`;
}

const performerView = (page: RepPage, { customerId, units, salesMinor, gpPct }: LowPerformer): Html =>
  html`<tr>
    <th scope="row"><bdi>${page.names.get(customerId) ?? customerId}</bdi></th>
    <td class="number">${new Intl.NumberFormat(page.tenant.locale).format(units)}</td>
    <td class="number">${moneyOf(page)(salesMinor)}</td>
    ${page.tenant.priceEditing ? html`<td class="number">${gpText(gpPct)}</td>` : ""}
  </tr>`;

const gpText = (gpPct: number | null | undefined): string =>
  gpPct === null || gpPct === undefined ? "–" : `${gpPct} %`;

/** Links to the windows, and to the metrics if there are several. */
function choicesView({ lowest, tenant, address }: RepPage): Html {
  const metrics = performanceMetrics.filter((metric) => metric === "units" || tenant.priceEditing);
  const link = ({ metric, windowDays }: Pick<LowestReport, "metric" | "windowDays">, text: string): Html =>
    metric === lowest.metric && windowDays === lowest.windowDays
      ? html`<li><strong aria-current="true">${text}</strong></li>`
      : html`<li>
          <a href="${changedAddress(address, { lowest: metric, window: String(windowDays) })}#lowest">${text}</a>
        </li>`;
  return html`<ul class="choices">
    ${
      metrics.length < 2
        ? ""
        : metrics.map((metric) => link({ ...lowest, metric }, metric === "units" ? "by units" : "by GP%"))
    }
    ${performanceWindows.map((windowDays) => link({ ...lowest, windowDays }, `${windowDays} days`))}
  </ul>`;
}

function ordersView(page: RepPage): Html {
  const { orders, tenant } = page;
  const drafts = orders.orders.filter(({ isDraft }) => isDraft);
  const placed = orders.orders.filter(({ isDraft }) => !isDraft);
  return html`<section class="card" aria-labelledby="orders">
    <div class="part-head">
      <h3 id="orders">${orders.isCurrent ? "Current orders" : "Past orders"}</h3>
      <p class="soft">${time(dayText(tenant, orders.day))} · ${moneyOf(page)(orders.placedMinor)} placed</p>
    </div>
    ${dayPicker(page)} ${drafts.length === 0 ? "" : html`<h4>Drafts</h4>`}
    ${drafts.map((order) => orderView(page, order))}
    ${drafts.length === 0 ? "" : html`<h4>Placed ${orders.isCurrent ? "today" : ""}</h4>`}
    ${placed.length === 0 ? html`<p class="empty">No order was placed on this day.</p>` : placed.map((order) => orderView(page, order))}
  </section>`;
}

const PICKED_DAYS = 7;

/** Links to the days around the one shown, up to today. */
function dayPicker({ orders, today, tenant, address }: RepPage): Html {
  const last = daysBetween(orders.day, today) < PICKED_DAYS - 3 ? today : addDays(orders.day, 3);
  const days = Array.from({ length: PICKED_DAYS }, (_, i) => addDays(last, i + 1 - PICKED_DAYS));
  return html`<ul class="choices" aria-label="Day">
    <li><a href="${changedAddress(address, { day: addDays(last, -PICKED_DAYS) })}#orders">earlier</a></li>
    ${days.map((one) => {
      const name = one === today ? "today" : dayText(tenant, one).text;
      return one === orders.day
        ? html`<li><strong aria-current="date">${name}</strong></li>`
        : html`<li><a href="${changedAddress(address, { day: one })}#orders">${name}</a></li>`;
    })}
    ${last === today ? "" : html`<li><a href="${changedAddress(address, { day: undefined })}#orders">today</a></li>`}
  </ul>`;
}

function orderView(page: RepPage, order: OrderCard): Html {
  const money = moneyOf(page);
  return html`<details class="order">
    <summary>
      <span><bdi>${order.customerName}</bdi></span>
      <span class="mark state"><bdi>${order.status}</bdi></span>
      <span class="stake">${order.totalMinor === null ? "–" : money(order.totalMinor)}</span>
    </summary>
    <p class="soft">
      <code>${order.orderId}</code> · ${time(dayText(page.tenant, order.placedOn))} ·
      ${counted(order.lines.length, "line")}
    </p>
    ${starterView(order)}
    <div class="scroll" role="group" aria-label="Lines of ${order.orderId}" tabindex="0">
      <table>
        <tbody>
          ${order.lines.map(
            (line) =>
              html`<tr>
                <th scope="row"><bdi>${line.itemName}</bdi></th>
                <td class="number">${line.quantity}</td>
                <td class="number">${line.netMinor === null ? "–" : money(line.netMinor)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </details>`;
}

/** The person who started the order, with a phone number. */
function starterView({ startedBy }: OrderCard): Html {
  if (startedBy === null) return html``;
  const link = startedBy.phone === null ? undefined : telLink(startedBy.phone);
  return html`<p>
    Started by <bdi>${startedBy.name}</bdi>
    ${
      link === undefined
        ? (startedBy.phone ?? "")
        : html`<a class="button" href="${link}"
            ><span class="hidden">Call <bdi>${startedBy.name}</bdi>: </span>☎ <bdi>${startedBy.phone}</bdi></a
          >`
    }
  </p>`;
}
