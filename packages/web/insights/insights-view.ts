import { html } from "hono/html";
import { addDays, daysBetween } from "@regulars/core/platform/period";
import { performanceMetrics, performanceWindows } from "@regulars/core/sales-figures/lowest";
import { salesBases } from "@regulars/core/sales-figures/invoiced";
import type { LowPerformer, LowestReport } from "@regulars/core/sales-figures/report";
import type { PageWords } from "@regulars/render/texts/page-words";
import type { Minor } from "@regulars/core/platform/values";
import type { OrderCard } from "@regulars/flows/insights/orders-of-day";
import { telLink } from "@regulars/render/links";
import { backtestsPath } from "../page/addresses.ts";
import { dayText } from "./finding-row.ts";
import type { Html } from "../page/layout.ts";
import { customerLink } from "../page/customer-links.ts";
import { rich } from "../page/rich.ts";
import { changedAddress } from "../page/query.ts";
import { time } from "./marks.ts";
import type { RepPage } from "./rep-page.ts";

/** The section "Insights": the week, the lowest performers, the orders of a day. */
export const insightsView = (page: RepPage): Html =>
  html`<section aria-labelledby="insights">
    <h2 id="insights">${page.words.say("sales.insights")}</h2>
    <div class="columns">${weekView(page)} ${lowestView(page)}</div>
    ${ordersView(page)} ${page.seesBacktests ? measuredView(page) : ""}
  </section>`;

const measuredView = ({ tenant, words }: RepPage): Html =>
  html`<p class="soft">
    ${rich(words, "sales.measured", {
      link: html`<a href="${backtestsPath(tenant.tenantId)}">${words.say("sales.howRight")}</a>`,
    })}
  </p>`;

const moneyOf =
  ({ tenant, words }: RepPage) =>
  (units: Minor): string =>
    words.formats.money(units, tenant.currency);

function weekView(page: RepPage): Html {
  const { week, words } = page;
  const { say, formats } = words;
  const money = moneyOf(page);
  return html`<section class="card" aria-labelledby="week">
    <h3 id="week">${say("sales.week")}</h3>
    <ul class="choices">
      ${salesBases.map((basis) =>
        basis === week.basis
          ? html`<li><strong aria-current="true">${say(`sales.by.${basis}`)}</strong></li>`
          : html`<li><a href="${changedAddress(page.address, { basis })}#week">${say(`sales.by.${basis}`)}</a></li>`,
      )}
    </ul>
    <p class="big">${money(week.salesMinor)} ${changeView(week.changePct, "%", words)}</p>
    <p class="soft">
      ${rich(words, "sales.weekOf", {
        from: time(dayText(formats, week.from)),
        upto: time(dayText(formats, week.to)),
        mony: money(week.previousMinor),
      })}
    </p>
    ${week.linesWithoutValue === 0 ? "" : html`<p class="soft">${say(`sales.without.${week.basis}`, { numb: week.linesWithoutValue })}</p>`}
    ${grossProfitView(week.grossProfit, words)}
  </section>`;
}

const grossProfitView = (grossProfit: RepPage["week"]["grossProfit"], words: PageWords): Html =>
  grossProfit === undefined
    ? html``
    : html`<p class="big">
          ${gpText(grossProfit.gpPct, words)} <span class="unit">${words.say("sales.gp")}</span>
          ${changeView(grossProfit.changePoints, "points", words)}
        </p>
        <p class="soft">${words.say("sales.coverage", { numb: grossProfit.costCoveragePct ?? 0 })}</p>`;

/** A change with its direction as a shape; says so when there is nothing to compare with. */
function changeView(change: number | null, unit: "%" | "points", { say, formats }: PageWords): Html {
  if (change === null) return html`<span class="mark state">${say("sales.noComparison")}</span>`;
  const [shape, name] = change > 0 ? ["▲", "up"] : change < 0 ? ["▼", "down"] : ["▬", "same"];
  const text = `${change > 0 ? "+" : ""}${formats.number(change)}`;
  return html`<span class="mark change ${name}"
    >${shape} ${unit === "%" ? `${text} %` : say("sales.points", { text })}</span
  >`;
}

function lowestView(page: RepPage): Html {
  const { lowest, tenant, words } = page;
  const { say } = words;
  const others = lowest.notComputable ?? [];
  return html`<section class="card" aria-labelledby="lowest">
    <h3 id="lowest">${say("sales.lowest")}</h3>
    ${choicesView(page)}
    <div class="scroll stack" role="group" aria-labelledby="lowest" tabindex="0">
      <table>
        <caption>
          ${say("sales.lowestOf", { numb: lowest.customers, days: lowest.windowDays })}
        </caption>
        <thead>
          <tr>
            <th scope="col">${say("common.customer")}</th>
            <th scope="col" class="number">${say("sales.units")}</th>
            <th scope="col" class="number">${say("sales.sales")}</th>
            ${tenant.priceEditing ? html`<th scope="col" class="number">${say("sales.gpColumn")}</th>` : ""}
          </tr>
        </thead>
        <tbody>
          ${[...lowest.lowest, ...others].map((one) => performerView(page, one))}
        </tbody>
      </table>
    </div>
    ${others.length === 0 ? "" : html`<p class="soft">${say("sales.noGp", { numb: lowest.notComputableCount ?? 0 })}</p>`}
  </section>`;
}

const performerView = (page: RepPage, { customerId, units, salesMinor, gpPct }: LowPerformer): Html =>
  html`<tr>
    <th scope="row">${customerLink(page.tenant, customerId, page.names.get(customerId))}</th>
    <td class="number" data-of="${page.words.say("sales.units")}">${page.words.formats.number(units)}</td>
    <td class="number" data-of="${page.words.say("sales.sales")}">${moneyOf(page)(salesMinor)}</td>
    ${page.tenant.priceEditing ? html`<td class="number" data-of="${page.words.say("sales.gpColumn")}">${gpText(gpPct, page.words)}</td>` : ""}
  </tr>`;

const gpText = (gpPct: number | null | undefined, { formats }: PageWords): string =>
  gpPct === null || gpPct === undefined ? "–" : `${formats.number(gpPct)} %`;

/** Links to the windows, and to the metrics if there are several. */
function choicesView({ lowest, tenant, words: { say }, address }: RepPage): Html {
  const metrics = performanceMetrics.filter((metric) => metric === "units" || tenant.priceEditing);
  const link = ({ metric, windowDays }: Pick<LowestReport, "metric" | "windowDays">, text: string): Html =>
    metric === lowest.metric && windowDays === lowest.windowDays
      ? html`<li><strong aria-current="true">${text}</strong></li>`
      : html`<li>
          <a href="${changedAddress(address, { lowest: metric, window: String(windowDays) })}#lowest">${text}</a>
        </li>`;
  return html`<ul class="choices">
    ${metrics.length < 2 ? "" : metrics.map((metric) => link({ ...lowest, metric }, say(`sales.by.${metric}`)))}
    ${performanceWindows.map((windowDays) => link({ ...lowest, windowDays }, say("sales.days", { days: windowDays })))}
  </ul>`;
}

function ordersView(page: RepPage): Html {
  const { orders, words } = page;
  const { say } = words;
  const drafts = orders.orders.filter(({ isDraft }) => isDraft);
  const placed = orders.orders.filter(({ isDraft }) => !isDraft);
  return html`<section class="card" aria-labelledby="orders">
    <div class="part-head">
      <h3 id="orders">${say(orders.isCurrent ? "dayOrders.current" : "dayOrders.past")}</h3>
      <p class="soft">
        ${rich(words, "dayOrders.sum", { date: time(dayText(words.formats, orders.day)), mony: moneyOf(page)(orders.placedMinor) })}
      </p>
    </div>
    ${dayPicker(page)} ${drafts.length === 0 ? "" : html`<h4>${say("dayOrders.drafts")}</h4>`}
    ${drafts.map((order) => orderView(page, order))}
    ${drafts.length === 0 ? "" : html`<h4>${say(orders.isCurrent ? "dayOrders.placedToday" : "dayOrders.placed")}</h4>`}
    ${placed.length === 0 ? html`<p class="empty">${say("dayOrders.none")}</p>` : placed.map((order) => orderView(page, order))}
  </section>`;
}

const PICKED_DAYS = 7;

/** Links to the days around the one shown, up to today. */
function dayPicker({ orders, today, words: { say, formats }, address }: RepPage): Html {
  const last = daysBetween(orders.day, today) < PICKED_DAYS - 3 ? today : addDays(orders.day, 3);
  const days = Array.from({ length: PICKED_DAYS }, (_, i) => addDays(last, i + 1 - PICKED_DAYS));
  return html`<ul class="choices" aria-label="${say("dayOrders.day")}">
    <li>
      <a href="${changedAddress(address, { day: addDays(last, -PICKED_DAYS) })}#orders">${say("dayOrders.earlier")}</a>
    </li>
    ${days.map((one) => {
      const name = one === today ? say("dayOrders.today") : dayText(formats, one).text;
      return one === orders.day
        ? html`<li><strong aria-current="date">${name}</strong></li>`
        : html`<li><a href="${changedAddress(address, { day: one })}#orders">${name}</a></li>`;
    })}
    ${last === today ? "" : html`<li><a href="${changedAddress(address, { day: undefined })}#orders">${say("dayOrders.today")}</a></li>`}
  </ul>`;
}

function orderView(page: RepPage, order: OrderCard): Html {
  const money = moneyOf(page);
  const { words } = page;
  return html`<details class="order">
    <summary>
      <span><bdi>${order.customerName}</bdi></span>
      <span class="mark state"><bdi>${order.status}</bdi></span>
      <span class="stake">${order.totalMinor === null ? "–" : money(order.totalMinor)}</span>
    </summary>
    <p class="soft">
      ${customerLink(page.tenant, order.customerId, order.customerName)} · <code>${order.orderId}</code> ·
      ${time(dayText(words.formats, order.placedOn))} · ${words.say("dayOrders.lines", { numb: order.lines.length })}
    </p>
    ${starterView(order, words)}
    <div
      class="scroll"
      role="group"
      aria-label="${words.say("dayOrders.linesOf", { code: order.orderId })}"
      tabindex="0"
    >
      <table>
        <tbody>
          ${order.lines.map(
            (line) =>
              html`<tr>
                <th scope="row"><bdi>${line.itemName}</bdi></th>
                <td class="number">${words.formats.number(line.quantity)}</td>
                <td class="number">${line.netMinor === null ? "–" : money(line.netMinor)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </details>`;
}

/** The person who started the order, with a phone number. */
function starterView({ startedBy }: OrderCard, words: PageWords): Html {
  if (startedBy === null) return html``;
  const name = html`<bdi>${startedBy.name}</bdi>`;
  const link = startedBy.phone === null ? undefined : telLink(startedBy.phone);
  return html`<p>
    ${rich(words, "dayOrders.startedBy", { name })}
    ${
      link === undefined
        ? (startedBy.phone ?? "")
        : html`<a class="button" href="${link}"
            ><span class="hidden">${rich(words, "dayOrders.call", { name })} </span>☎ <bdi>${startedBy.phone}</bdi></a
          >`
    }
  </p>`;
}
