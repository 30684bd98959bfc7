import { statusesRefusal } from "@regulars/core/tenants/edition";
import { html } from "hono/html";
import {
  backtestsPath,
  codeRedPath,
  notificationsPath,
  relationshipsPath,
  settingsPath,
  statusesPath,
} from "../page/addresses.ts";
import type { NightlyFigures, RepLink, TenantCard } from "./home-page.ts";
import { type Html, layout } from "../page/layout.ts";
import { time } from "../insights/marks.ts";
import { counted } from "@regulars/core/platform/counted";
import { type TourStep, closerTour, nightlyCommandLine, ownDataTour } from "../page/tour.ts";

interface Home {
  readonly folder: string;
  readonly cards: readonly TenantCard[];
}

/** The start page: running services, results of the last nightly runs, and next steps. */
export const homeView = ({ folder, cards }: Home): Html =>
  layout({
    title: "Regulars",
    main: html`<h1>Regulars is running</h1>
      <p class="lead">
        It reads who bought what and who owes what, and says every morning which customers to talk about and why.
      </p>
      ${cards.map((card) => cardView(card, folder))} ${running(folder)}
      <section class="card" aria-labelledby="own">
        <h2 id="own">Five minutes with your own data</h2>
        <p>Run these commands in another terminal and keep this page open.</p>
        ${stepsView(ownDataTour(folder))}
        <details>
          <summary>What the orders file looks like</summary>
          <pre><code>${EXAMPLE}</code></pre>
          <p class="soft">
            Only ids, dates and quantities are required. Rows that cannot be used are put aside with line and reason.
          </p>
        </details>
      </section>`,
  });

/** The start page of a signed-in user: what is theirs. */
export const ownHomeView = (card: TenantCard, name: string, ownPath: string): Html =>
  layout({
    title: "Regulars",
    main: html`<h1>Good day, <bdi>${name}</bdi></h1>
      <p class="lead"><a class="button" href="${ownPath}">For You: whom to talk to first</a></p>
      ${cardView(card, undefined)}`,
  });

const EXAMPLE = `orderId,customerId,orderedAt,itemId,quantity,unitPrice,currency
SO-1001,ACME,2026-10-02 09:30,COFFEE-1KG,6,11.90,EUR
SO-1001,ACME,2026-10-02 09:30,OATMILK,12,1.95,EUR`;

const running = (folder: string): Html =>
  html`<section aria-labelledby="running">
    <h2 id="running">What is running</h2>
    <ul class="places">
      <li><a href="/mail/">Mail inbox</a><span>The reps’ digests, as a mail program shows them</span></li>
      <li><a href="/slack/">Slack</a><span>Instant alerts</span></li>
      <li>
        <a href="/docs">API</a
        ><span>The HTTP API under <code>/v1</code>; <a href="/sign-in">get a token</a> to try it</span>
      </li>
      <li>
        <strong>Nightly runs and notifications</strong
        ><span>Checked once a minute; each tenant’s nightly run is at 02:00 in its time zone</span>
      </li>
      <li>
        <strong>Database</strong><span>Everything is in <code>${folder}</code>; delete the folder to start over</span>
      </li>
    </ul>
  </section>`;

const cardView = (card: TenantCard, folder: string | undefined): Html => {
  const { tenant, nightly, nextNightly, hasNightly } = card;
  const id = `tenant-${tenant.tenantId}`;
  return html`<section class="card" aria-labelledby="${id}">
    <div class="part-head">
      <h2 id="${id}"><bdi>${tenant.name}</bdi></h2>
      <p class="soft">
        tenant
        <code>${tenant.tenantId}</code
        >${nightly === undefined ? "" : html` · ${counted(nightly.customers, "customer")}`}${nextNightly === undefined ? "" : ` · ${nextNightly}`}
      </p>
    </div>
    ${hasNightly ? "" : noNightly(tenant.tenantId, folder)} ${nightly === undefined ? "" : nightlyView(nightly)}
    ${repsView(card)} ${plansView(card)} ${hasNightly && folder !== undefined ? closer(tenant.tenantId, folder) : ""}
  </section>`;
};

const noNightly = (tenantId: string, folder: string | undefined): Html =>
  folder === undefined
    ? html`<p>There has been no nightly run yet: what it finds is here tomorrow.</p>`
    : html`<p>There has been no nightly run yet. The next one starts on schedule; to run it now:</p>
        ${commandView([nightlyCommandLine(folder, tenantId)])}`;

const nightlyView = ({ asOf, kinds }: NightlyFigures): Html =>
  html`<div class="scroll" role="group" aria-label="Last nightly run" tabindex="0">
    <table>
      <caption>
        Last nightly run, everything up to ${time(asOf)}
      </caption>
      <thead>
        <tr>
          <th scope="col">Insight</th>
          <th scope="col" class="number">To act on</th>
          <th scope="col" class="number">To watch</th>
          <th scope="col" class="number">Customers with enough history</th>
        </tr>
      </thead>
      <tbody>
        ${kinds.map(
          ({ title, toActOn, toWatch, eligible }) =>
            html`<tr>
              <th scope="row">${title}</th>
              <td class="number"><strong>${toActOn}</strong></td>
              <td class="number">${toWatch}</td>
              <td class="number">${eligible}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;

const repsView = ({ tenant, reps, teamPath, hasNightly, seen }: TenantCard): Html =>
  !hasNightly
    ? html``
    : html`<h3>Pages by rep</h3>
        <ul class="reps">
          ${reps.map(repView)} ${seen.figures ? html`<li><a href="${teamPath}">Everyone</a></li>` : ""}
        </ul>
        <p>
          <a href="${codeRedPath(tenant.tenantId)}">Code Red</a>: whose buying changed ·
          <a href="${relationshipsPath(tenant.tenantId)}">Relationships</a>: whom to answer first ·
          <a href="${notificationsPath(tenant.tenantId)}">Messages</a>: what reaches you and when ·
          ${
            statusesRefusal(tenant) === undefined
              ? html`<a href="${statusesPath(tenant.tenantId)}">Statuses</a>: who meets your own criteria ·`
              : ""
          }
          ${
            seen.backtests
              ? html`<a href="${backtestsPath(tenant.tenantId)}">How right the rules are</a> on these customers’ own
                  past ·`
              : ""
          }
          ${seen.settings ? html`<a href="${settingsPath(tenant.tenantId)}">Settings</a>` : ""}
        </p>`;

const plansView = ({ plans, refusalsPath }: TenantCard): Html =>
  plans.length === 0
    ? html``
    : html`<h3>Sales plans</h3>
        <ul class="reps">
          ${plans.map(
            ({ name, path, openDeals }) =>
              html`<li>
                <a href="${path}"><bdi>${name}</bdi></a>
                ${openDeals === undefined ? "" : html`<span class="soft">${openDeals} open</span>`}
              </li>`,
          )}
          <li><a href="${refusalsPath}">Why deals are lost</a></li>
        </ul>`;

/** A manager's count is of the team's customers, so each of these is also counted for its rep. */
const repView = ({ name, role, path, toActOn }: RepLink): Html =>
  html`<li>
    <a href="${path}"><bdi>${name}</bdi></a>
    <span class="soft">${role === "rep" ? "" : `${role}: `}${toActOn} to act on</span>
  </li>`;

const closer = (tenantId: string, folder: string): Html =>
  html`<details>
    <summary>More from a terminal</summary>
    ${stepsView(closerTour(folder, tenantId))}
  </details>`;

const stepsView = (steps: readonly TourStep[]): Html =>
  html`<ol class="steps">
    ${steps.map(
      ({ says, commands }) =>
        html`<li>
          <p>${says}</p>
          ${commandView(commands)}
        </li>`,
    )}
  </ol>`;

const commandView = (commands: readonly string[]): Html =>
  html`<pre class="command">${commands.map((command) => html`<code>${command}</code>`)}</pre>`;
