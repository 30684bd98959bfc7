import { statusesRefusal } from "@regulars/core/tenants/edition";
import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import {
  backtestsPath,
  codeRedPath,
  dataQualityPath,
  deliveriesPath,
  nightsPath,
  notificationsPath,
  relationshipsPath,
  settingsPath,
  statusesPath,
} from "../page/addresses.ts";
import type { NightlyFigures, RepLink, TenantCard } from "./home-page.ts";
import { type Html, layout } from "../page/layout.ts";
import { time } from "../insights/marks.ts";
import { rich } from "../page/rich.ts";
import { type TourStep, closerTour, nightlyCommandLine, ownDataTour } from "../page/tour.ts";

interface Home {
  readonly folder: string;
  readonly cards: readonly TenantCard[];
}

/** The start page: running services, results of the last nightly runs, and next steps. */
export const homeView = ({ folder, cards }: Home, words: PageWords): Html => {
  const { say } = words;
  return layout({
    title: "Regulars",
    main: html`<h1>${say("home.running")}</h1>
      <p class="lead">${say("home.lead")}</p>
      ${cards.map((card) => cardView(card, words, folder))} ${running(folder, words)}
      <section class="card" aria-labelledby="own">
        <h2 id="own">${say("home.fiveMinutes")}</h2>
        <p>${say("home.otherTerminal")}</p>
        ${stepsView(ownDataTour(folder), words)}
        <details>
          <summary>${say("home.ordersFile")}</summary>
          <pre><code>${EXAMPLE}</code></pre>
          <p class="soft">${say("home.onlyIds")}</p>
        </details>
      </section>`,
  });
};

const EXAMPLE = `orderId,customerId,orderedAt,itemId,quantity,unitPrice,currency
SO-1001,ACME,2026-10-02 09:30,COFFEE-1KG,6,11.90,EUR
SO-1001,ACME,2026-10-02 09:30,OATMILK,12,1.95,EUR`;

const running = (folder: string, words: PageWords): Html => {
  const { say } = words;
  return html`<section aria-labelledby="running">
    <h2 id="running">${say("home.whatRuns")}</h2>
    <ul class="places">
      <li><a href="/mail/">${say("home.inbox")}</a><span>${say("home.inboxNote")}</span></li>
      <li><a href="/slack/">Slack</a><span>${say("home.alerts")}</span></li>
      <li>
        <a href="/docs">API</a
        ><span
          >${rich(words, "home.api", {
            code: html`<code>/v1</code>`,
            link: html`<a href="/sign-in">${say("home.getToken")}</a>`,
          })}</span
        >
      </li>
      <li><a href="/design">${say("home.components")}</a><span>${say("home.componentsNote")}</span></li>
      <li><strong>${say("home.nightlyRuns")}</strong><span>${say("home.nightlyRunsNote")}</span></li>
      <li>
        <strong>${say("home.database")}</strong
        ><span>${rich(words, "home.databaseNote", { code: html`<code>${folder}</code>` })}</span>
      </li>
    </ul>
  </section>`;
};

/** A tenant: the figures of its last night, and what of it the viewer may open. */
export const cardView = (card: TenantCard, words: PageWords, folder: string | undefined): Html => {
  const { tenant, nightly, nextNightly, hasNightly } = card;
  const id = `tenant-${tenant.tenantId}`;
  return html`<section class="card" aria-labelledby="${id}">
    <div class="part-head">
      <h2 id="${id}"><bdi>${tenant.name}</bdi></h2>
      <p class="soft">
        ${rich(words, "home.tenant", { code: html`<code>${tenant.tenantId}</code>` })}${
          nightly === undefined ? "" : html` · ${words.say("home.customers", { numb: nightly.customers })}`
        }${nextNightly === undefined ? "" : ` · ${nextNightly}`}
      </p>
    </div>
    ${hasNightly ? "" : noNightly(tenant.tenantId, words, folder)}
    ${nightly === undefined ? "" : nightlyView(nightly, words)} ${repsView(card, words)} ${groupsView(card, words)}
    ${hasNightly && folder !== undefined ? closer(tenant.tenantId, words, folder) : ""}
  </section>`;
};

const noNightly = (tenantId: string, { say }: PageWords, folder: string | undefined): Html =>
  folder === undefined
    ? html`<p>${say("home.noNightUser")}</p>`
    : html`<p>${say("home.noNight")}</p>
        ${commandView([nightlyCommandLine(folder, tenantId)])}`;

const nightlyView = ({ asOf, kinds }: NightlyFigures, words: PageWords): Html => {
  const { say, formats } = words;
  return html`<div class="scroll" role="group" aria-label="${say("home.lastNight")}" tabindex="0">
    <table>
      <caption>
        ${rich(words, "home.lastNightUpTo", { date: time(asOf) })}
      </caption>
      <thead>
        <tr>
          <th scope="col">${say("home.insight")}</th>
          <th scope="col" class="number">${say("home.toActOn")}</th>
          <th scope="col" class="number">${say("home.toWatch")}</th>
          <th scope="col" class="number roomy">${say("home.withHistory")}</th>
        </tr>
      </thead>
      <tbody>
        ${kinds.map(
          ({ title, toActOn, toWatch, eligible }) =>
            html`<tr>
              <th scope="row">${title}</th>
              <td class="number"><strong>${formats.number(toActOn)}</strong></td>
              <td class="number">${formats.number(toWatch)}</td>
              <td class="number roomy">${formats.number(eligible)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
};

const repsView = ({ reps, teamPath, hasNightly, seen }: TenantCard, words: PageWords): Html =>
  !hasNightly
    ? html``
    : html`<h3>${words.say("home.byRep")}</h3>
        <ul class="reps">
          ${reps.map((rep) => repView(rep, words))}
          ${seen.figures ? html`<li><a href="${teamPath}">${words.say("home.everyone")}</a></li>` : ""}
        </ul>`;

const link = (path: string, name: string): Html => html`<li><a href="${path}">${name}</a></li>`;

/** The tenant's other pages, by what they are for; a group of which the viewer may open none is left out. */
function groupsView(card: TenantCard, words: PageWords): Html {
  const { tenant, hasNightly, seen } = card;
  const { tenantId } = tenant;
  const { say } = words;
  const groups = [
    [
      "home.lists",
      [
        toPlace(words, "codeRed", codeRedPath(tenantId)),
        toPlace(words, "relationships", relationshipsPath(tenantId)),
        ...(statusesRefusal(tenant) === undefined ? [toPlace(words, "statuses", statusesPath(tenantId))] : []),
      ],
    ],
    ["home.plans", planLinks(card, words)],
    [
      "place.messages",
      [
        toPlace(words, "messages", notificationsPath(tenantId)),
        ...(seen.deliveries ? [link(deliveriesPath(tenantId), say("home.deliveries"))] : []),
      ],
    ],
    [
      "home.runs",
      [
        ...(seen.figures
          ? [
              link(nightsPath(tenantId), say("settings.nights")),
              link(dataQualityPath(tenantId), say("settings.quality")),
            ]
          : []),
        ...(seen.backtests ? [toPlace(words, "backtests", backtestsPath(tenantId))] : []),
        ...(seen.settings ? [link(settingsPath(tenantId), say("place.settings"))] : []),
      ],
    ],
  ] as const;
  return html`<div class="columns">
    ${groups
      .filter(([name, links]) => links.length > 0 && (hasNightly || name === "home.plans"))
      .map(
        ([name, links]) =>
          html`<section>
            <h3>${say(name)}</h3>
            <ul class="reps">
              ${links}
            </ul>
          </section>`,
      )}
  </div>`;
}

/** A link to a page, with what is there. */
const toPlace = (
  words: PageWords,
  place: "codeRed" | "relationships" | "messages" | "statuses" | "backtests",
  path: string,
): Html =>
  html`<li>${rich(words, `home.${place}`, { link: html`<a href="${path}">${words.say(`place.${place}`)}</a>` })}</li>`;

const planLinks = ({ plans, refusalsPath }: TenantCard, { say }: PageWords): readonly Html[] =>
  plans.length === 0
    ? []
    : [
        ...plans.map(
          ({ name, path, openDeals }) =>
            html`<li>
              <a href="${path}"><bdi>${name}</bdi></a>
              ${openDeals === undefined ? "" : html`<span class="soft">${say("home.open", { numb: openDeals })}</span>`}
            </li>`,
        ),
        html`<li><a href="${refusalsPath}">${say("place.lost")}</a></li>`,
      ];

/** A manager's count is of the team's customers, so each of these is also counted for its rep. */
const repView = ({ name, role, path, toActOn }: RepLink, words: PageWords): Html =>
  html`<li>
    <a href="${path}"><bdi>${name}</bdi></a>
    <span class="soft">${workText(role, toActOn, words)}</span>
  </li>`;

function workText(role: RepLink["role"], toActOn: number, { say }: PageWords): string {
  const cnts = say("home.actOn", { numb: toActOn });
  return role === "rep" ? cnts : say("home.actOnOfRole", { role: say(`role.${role}`), cnts });
}

const closer = (tenantId: string, words: PageWords, folder: string): Html =>
  html`<details>
    <summary>${words.say("home.terminal")}</summary>
    ${stepsView(closerTour(folder, tenantId), words)}
  </details>`;

const stepsView = (steps: readonly TourStep[], { text }: PageWords): Html =>
  html`<ol class="steps">
    ${steps.map(
      ({ says, commands }) =>
        html`<li>
          <p>${text(says)}</p>
          ${commandView(commands)}
        </li>`,
    )}
  </ol>`;

const commandView = (commands: readonly string[]): Html =>
  html`<pre class="command">${commands.map((command) => html`<code>${command}</code>`)}</pre>`;
