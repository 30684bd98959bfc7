import type { Customer } from "@regulars/core/customers/customer";
import type { InsightCatalog } from "@regulars/core/insights/insight-catalog";
import { daysBetween } from "@regulars/core/platform/period";
import type { NightFailure, NightlyRecord, PastNight } from "@regulars/core/nightly/nightly-store";
import { untoldText } from "@regulars/core/nightly/untold";
import type { CustomerId, Day } from "@regulars/core/platform/values";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import { codeRedPath, dataQualityPath } from "../page/addresses.ts";
import { type Html, layout } from "../page/layout.ts";
import { nightlyCommandLine } from "../page/tour.ts";

interface NightsPage {
  readonly tenant: Tenant;
  readonly night: NightlyRecord | undefined;
  /** Figures of the last nights, the latest first. */
  readonly nights: readonly PastNight[];
  /** The day after the last one that a run should have been of. */
  readonly today: Day;
  readonly kinds: InsightCatalog["kinds"];
  readonly profiles: ReadonlyMap<CustomerId, Customer>;
}

/** The last nightly runs, and of the last one: its day, its figures, whom it passed over, and what it told to nobody. */
export function nightsView(page: NightsPage, folder: string, words: PageWords): Html {
  const { tenant, night } = page;
  const { say } = words;
  return layout({
    title: say("common.at", { what: say("settings.nights"), firm: tenant.name }),
    main: html`<h1>${say("settings.nights")}</h1>
      ${failedNow(page.nights, words)}
      ${
        night === undefined
          ? html`<div class="empty">
              <p>${say("nights.none")}</p>
              <pre class="command"><code>${nightlyCommandLine(folder, tenant.tenantId)}</code></pre>
            </div>`
          : html`<p class="lead">
                ${say("nights.last", { date: words.formats.day(night.asOf), numb: night.customers })}
                <a href="${dataQualityPath(tenant.tenantId)}">${say("settings.quality")}</a>
              </p>
              ${figuresView(page, night, words)} ${setAsideView(page, night, words)} ${untoldView(night, words)}`
      }
      ${historyView(page, folder, words)}`,
  });
}

const figuresView = ({ kinds }: NightsPage, night: NightlyRecord, { say, formats, kindTitle }: PageWords): Html =>
  html`<div class="card scroll" role="group" aria-label="${say("settings.nights")}" tabindex="0">
    <table>
      <thead>
        <tr>
          <th scope="col">${say("nights.kind")}</th>
          <th scope="col" class="number">${say("nights.eligible")}</th>
          <th scope="col" class="number">${say("nights.found")}</th>
        </tr>
      </thead>
      <tbody>
        ${kinds.map(({ id, title }) => {
          const { eligible = 0, found = 0 } = night.kinds[id] ?? {};
          return html`<tr>
            <th scope="row">${kindTitle(id) ?? title}</th>
            <td class="number">${formats.number(eligible)}</td>
            <td class="number">${formats.number(found)}</td>
          </tr>`;
        })}
      </tbody>
    </table>
  </div>`;

const setAsideView = ({ tenant, profiles }: NightsPage, { setAside }: NightlyRecord, { say }: PageWords): Html =>
  html`<section class="card" aria-labelledby="failures">
    <h2 id="failures">${say("nights.failures")}</h2>
    ${
      setAside === undefined
        ? html`<p>✓ ${say("nights.noFailure")}</p>`
        : html`<p>${say("nights.setAside", { numb: setAside.count })}</p>
            <ul>
              ${setAside.first.map(
                ({ customerId, reason }) =>
                  html`<li>
                    <a href="${codeRedPath(tenant.tenantId, customerId)}"
                      ><bdi>${profiles.get(customerId)?.name ?? customerId}</bdi></a
                    >: <bdi>${reason}</bdi>
                  </li>`,
              )}
            </ul>`
    }
  </section>`;

const untoldView = ({ untold = [] }: NightlyRecord, { say }: PageWords): Html =>
  html`<section class="card" aria-labelledby="untold">
    <h2 id="untold">${say("nights.untold")}</h2>
    ${
      untold.length === 0
        ? html`<p>✓ ${say("nights.allTold")}</p>`
        : html`<ul>
            ${untold.map((group) => html`<li>${say("nights.entries", { numb: group.entries, cust: group.customers })} <bdi>${untoldText(group)}</bdi></li>`)}
          </ul>`
    }
  </section>`;

/** Says above all that the latest run failed. */
const failedNow = ([latest]: readonly PastNight[], { say, formats }: PageWords): Html =>
  latest?.failed === undefined
    ? html``
    : html`<p class="refused" role="status">${say("nights.lastFailed", { date: formats.day(latest.asOf) })}</p>`;

/** The last nights, those that failed with the reason, and the days for which there was no run. */
function historyView({ tenant, nights, today }: NightsPage, folder: string, words: PageWords): Html {
  const { say } = words;
  const [latest] = nights;
  const again = html`<code class="command">${nightlyCommandLine(folder, tenant.tenantId)}</code>`;
  return latest === undefined
    ? html``
    : html`<section class="card" aria-labelledby="history">
        <h2 id="history">${say("nights.history")}</h2>
        <div class="scroll stack" role="group" aria-labelledby="history" tabindex="0">
          <table>
            <thead>
              <tr>
                <th scope="col">${say("nights.day")}</th>
                ${FIGURES.map(([, title]) => html`<th scope="col" class="number">${say(title)}</th>`)}
              </tr>
            </thead>
            <tbody>
              ${missingView(latest.asOf, today, again, words)}
              ${nights.map(
                (night, i) =>
                  html`${night.failed === undefined ? doneView(night, words) : failedView(night, night.failed, again, words)}
                  ${missingView(nights[i + 1]?.asOf, night.asOf, again, words)}`,
              )}
            </tbody>
          </table>
        </div>
      </section>`;
}

/** What is counted of a night, and the title of its column. */
const FIGURES = [
  ["customers", "search.customers"],
  ["found", "nights.found"],
  ["setAside", "nights.failures"],
  ["untold", "nights.untold"],
] as const;

const dayView = (asOf: Day, { formats }: PageWords): Html =>
  html`<th scope="row"><time datetime="${asOf}">${formats.day(asOf)}</time></th>`;

const doneView = (night: PastNight, words: PageWords): Html =>
  html`<tr>
    ${dayView(night.asOf, words)}
    ${FIGURES.map(
      ([figure, title]) =>
        html`<td class="number" data-of="${words.say(title)}">${words.formats.number(night[figure])}</td>`,
    )}
  </tr>`;

function failedView({ asOf }: PastNight, { at, reason, reference }: NightFailure, again: Html, words: PageWords): Html {
  const { say } = words;
  const date = words.moment(at, "UTC");
  const text = reference === undefined ? "" : say("nights.reference", { code: reference });
  return html`<tr>
    ${dayView(asOf, words)}
    <td colspan="4" class="long">
      <span class="fails">✗</span>
      ${reason === "outage" ? say("nights.failed.outage", { date }) : say("nights.failed.fault", { date, text })}
      ${again}
    </td>
  </tr>`;
}

/** The days between two, without them, for which there was no run. */
function missingView(from: Day | undefined, upto: Day, again: Html, { say }: PageWords): Html {
  const days = from === undefined ? 0 : daysBetween(from, upto) - 1;
  return days <= 0
    ? html``
    : html`<tr>
        <td colspan="5" class="long">${say("nights.missing", { days })}. ${say("nights.startAgain")} ${again}</td>
      </tr>`;
}
