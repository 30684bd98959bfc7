import { rangesOf } from "@regulars/core/relationships/grades";
import { whoKnowsRefusal } from "@regulars/core/relationships/who-knows-settings";
import type { UserId } from "@regulars/core/platform/values";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { CustomerHealth } from "@regulars/flows/relationships/read-customer-health";
import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import { relationshipsPath, whoKnowsPath } from "../page/addresses.ts";
import { rich } from "../page/rich.ts";
import { customerPlaces } from "../page/customer-links.ts";
import { dayForm } from "../page/day-form.ts";
import { scoresView, weeksView } from "./health-charts-view.ts";
import { minutesText, trendText, weaknessText } from "./health-texts.ts";
import { healthMark } from "./health-view.ts";
import { type Html, layout } from "../page/layout.ts";

interface Page extends CustomerHealth {
  /** Who looks, if it is a user. */
  readonly viewerId: UserId | undefined;
  /** The day of the address as it was given, also one that is none. */
  readonly givenDay: string | undefined;
}

/** One customer's health with its scores, figures and persons. */
export function healthCustomerView(tenant: Tenant, page: Page, words: PageWords): Html {
  const { say, formats } = words;
  const { asOf, givenDay, row } = page;
  const { customer, health } = row;
  const name = customer.name ?? customer.customerId;
  const ranges = rangesOf(row.settings);
  return layout({
    title: say("health.titleOf", { name }),
    crumbs: [{ name: say("place.relationships"), path: relationshipsPath(tenant.tenantId) }],
    main: html`<h1><bdi>${name}</bdi></h1>
      <p class="lead">
        ${say("health.upTo", { date: formats.day(asOf) })}: ${healthMark(words, health)} ·
        ${
          health === undefined
            ? say("health.noneIn180")
            : `${trendText(words, health.trend)} · ${say("health.lastOn", { date: formats.day(health.lastOn) })}`
        }${customerPlaces(tenant, customer, words, "relationships").map((place) => html` · ${place}`)}
      </p>
      ${dayForm(words, givenDay || asOf)} ${actionsView(page, words)}
      <section aria-labelledby="scores">
        <h2 id="scores">${say("health.scores")}</h2>
        <p class="soft">
          ${say("health.ranges", {
            good: ranges.good[0],
            fmin: ranges.fair[0],
            fmax: ranges.fair[1],
            poor: ranges.poor[1],
            days: row.settings.contactDays,
          })}
        </p>
        ${scoresView(page, words)}
      </section>
      ${kpisView(page, words)} ${personsView(tenant, page, words)} ${weeksView(page, words)}`,
  });
}

function actionsView({ row, persons, isKnownByNobody, userNames, viewerId }: Page, words: PageWords): Html {
  const { say } = words;
  const names = new Map<string, string>(persons.map(({ personId, name }) => [personId, name ?? personId]));
  const { breadth, isTopFifth, weaknesses } = row;
  const [only, ...others] = breadth.users;
  const notes = [
    ...weaknesses.map((one) => weaknessText(words, one, "personId" in one ? names.get(one.personId) : undefined)),
    ...(breadth.persons.length === 1 && isTopFifth ? [say("weak.oneContact")] : []),
    ...(only === undefined || others.length > 0
      ? []
      : [only === viewerId ? say("weak.onlyYou") : say("weak.onlyKnows", { name: userNames.get(only) ?? only })]),
    ...(isKnownByNobody ? [say("weak.nobodyKnows")] : []),
  ];
  if (notes.length === 0) return html``;
  return html`<section class="card" aria-labelledby="act">
    <h2 id="act">${say("health.toActOn")}</h2>
    <ul>
      ${notes.map((note) => html`<li><bdi>${note}</bdi></li>`)}
    </ul>
  </section>`;
}

const median = (words: PageWords, minutes: number | undefined): string =>
  minutes === undefined
    ? words.say("health.tooFew")
    : words.say("health.workingTime", { time: minutesText(words, minutes) });

function kpisView({ kpis, row, persons, notice }: CustomerHealth, words: PageWords): Html {
  const { say, formats } = words;
  const names = new Map<string, string>(persons.map(({ personId, name }) => [personId, name ?? personId]));
  const nameOf = (personId: string): string => names.get(personId) ?? personId;
  const { longestWait } = kpis;
  const hidden = say("health.fewEmployees");
  const figures: readonly (readonly [string, string])[] = [
    ...kpis.counts.map(
      ({ type, direction, count }) =>
        [
          direction === "none"
            ? say(`activity.${type}`)
            : say("health.typeWay", { type: say(`activity.${type}`), ways: say(`way.${direction}`) }),
          formats.number(count),
        ] as const,
    ),
    [say("health.automatic"), formats.number(kpis.automatic)],
    ...(kpis.overDailyLimit === 0 ? [] : [[say("health.overDaily"), formats.number(kpis.overDailyLimit)] as const]),
    [
      say("health.sentPerReceived"),
      kpis.sentPerReceived === undefined ? say("health.tooFew") : formats.number(kpis.sentPerReceived),
    ],
    [
      say("health.topPersons"),
      kpis.topPersons.length === 0
        ? "–"
        : kpis.topPersons.map(({ personId, count }) => `${nameOf(personId)} (${formats.number(count)})`).join(", "),
    ],
    [
      say("health.longestWait"),
      longestWait === undefined
        ? say("health.nobodyWaits")
        : `${nameOf(longestWait.personId)}: ${say("health.waits", { numb: longestWait.workingDays })}`,
    ],
    [
      say("health.bothWays"),
      say("health.theirsOurs", { thei: row.breadth.persons.length, ours: row.breadth.users.length }),
    ],
    [say("health.ourAnswers"), kpis.ourResponse === undefined ? hidden : median(words, kpis.ourResponse.medianMinutes)],
    [say("health.theirAnswers"), median(words, kpis.theirResponse.medianMinutes)],
    [say("health.ourTime"), kpis.ourMinutes === undefined ? hidden : minutesText(words, kpis.ourMinutes)],
    [say("health.theirTime"), minutesText(words, kpis.theirMinutes)],
    [say("health.last"), kpis.lastOn === undefined ? "–" : formats.day(kpis.lastOn)],
    [say("health.next"), kpis.nextOn === undefined ? say("health.noneNext") : formats.day(kpis.nextOn)],
  ];
  return html`<section aria-labelledby="figures">
    <h2 id="figures">${say("health.lastDays", { days: kpis.days })}</h2>
    <div class="scroll" role="region" aria-label="${say("health.figures")}" tabindex="0">
      <table>
        <tbody>
          ${figures.map(
            ([what, value]) =>
              html`<tr>
                <th scope="row">${what}</th>
                <td><bdi>${value}</bdi></td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${notice === undefined ? "" : html`<p class="soft">${say("health.notice")}</p>`}
  </section>`;
}

const personsView = (tenant: Tenant, { persons, kpis }: CustomerHealth, words: PageWords): Html =>
  persons.length === 0
    ? html``
    : html`<section aria-labelledby="persons">
        <h2 id="persons">${words.say("health.people")}</h2>
        <div class="scroll" role="region" aria-label="${words.say("health.peopleRegion")}" tabindex="0">
          <table>
            <thead>
              <tr>
                <th scope="col">${words.say("health.person")}</th>
                <th scope="col">${words.say("health.health")}</th>
                <th scope="col">${words.say("health.trend")}</th>
                <th scope="col">${words.say("health.lastContact")}</th>
              </tr>
            </thead>
            <tbody>
              ${persons.map(
                ({ personId, name, health }) =>
                  html`<tr>
                    <th scope="row">${personLink(tenant, personId, name ?? personId)}</th>
                    <td>${healthMark(words, health)}</td>
                    <td>${health === undefined ? "–" : trendText(words, health.trend)}</td>
                    <td>${health === undefined ? "–" : words.formats.day(health.lastOn)}</td>
                  </tr>`,
              )}
            </tbody>
          </table>
        </div>
        ${kpis.silentPersons.length === 0 ? "" : html`<p>${rich(words, "health.silent", { name: html`<bdi>${kpis.silentPersons.join(", ")}</bdi>` })}</p>`}
      </section>`;

/** Leads to who knows them, unless that is off. */
const personLink = (tenant: Tenant, personId: string, name: string): Html =>
  whoKnowsRefusal(tenant) === undefined
    ? html`<a href="${whoKnowsPath(tenant.tenantId, personId)}"><bdi>${name}</bdi></a>`
    : html`<bdi>${name}</bdi>`;
