import { addDays } from "@regulars/core/platform/period";
import { rangesOf } from "@regulars/core/relationships/grades";
import { whoKnowsRefusal } from "@regulars/core/relationships/who-knows-settings";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { CustomerHealth } from "@regulars/flows/relationships/read-customer-health";
import { minutesText, trendText, weaknessText } from "@regulars/render/relationships/health-words";
import { scoreChart } from "@regulars/render/relationships/score-chart";
import { html, raw } from "hono/html";
import { relationshipsPath, whoKnowsPath } from "../page/addresses.ts";
import { healthMark } from "./health-view.ts";
import { type Html, layout } from "../page/layout.ts";

/** One customer's health with its scores, figures and persons. */
export function healthCustomerView(tenant: Tenant, page: CustomerHealth): Html {
  const { asOf, row } = page;
  const { customer, health } = row;
  const name = customer.name ?? customer.customerId;
  const ranges = rangesOf(row.settings);
  return layout({
    title: `${name}: relationship`,
    crumbs: [{ name: "Relationships", path: relationshipsPath(tenant.tenantId) }],
    main: html`<h1><bdi>${name}</bdi></h1>
      <p class="lead">
        Up to ${asOf}: ${healthMark(health)} · ${trendText(health?.trend)} ·
        ${health === undefined ? "no contact in 180 days" : html`last contact ${health.lastOn}`}
      </p>
      ${actionsView(page)}
      <section aria-labelledby="scores">
        <h2 id="scores">Scores by day</h2>
        <p class="soft">
          Good from ${ranges.good[0]}, fair from ${ranges.fair[0]} to ${ranges.fair[1]}, poor up to ${ranges.poor[1]};
          before messages that wait limit them. A contact is expected every ${row.settings.contactDays} days.
        </p>
        ${scoresView(page)}
      </section>
      ${kpisView(page)} ${personsView(tenant, page)}`,
  });
}

function actionsView({ row, persons, isKnownByNobody }: CustomerHealth): Html {
  const names = new Map<string, string>(persons.map(({ personId, name }) => [personId, name ?? personId]));
  const { breadth, isTopFifth, weaknesses } = row;
  const notes = [
    ...weaknesses.map((one) => weaknessText(one, "personId" in one ? names.get(one.personId) : undefined)),
    ...(breadth.persons.length === 1 && isTopFifth ? ["one contact only"] : []),
    ...(breadth.users.length === 1 ? [`only ${breadth.users[0]} knows them`] : []),
    ...(isKnownByNobody ? ["nobody knows them any more: who did has left"] : []),
  ];
  if (notes.length === 0) return html``;
  return html`<section class="card" aria-labelledby="act">
    <h2 id="act">To act on</h2>
    <ul>
      ${notes.map((note) => html`<li><bdi>${note}</bdi></li>`)}
    </ul>
  </section>`;
}

function scoresView({ asOf, row, scores }: CustomerHealth): Html {
  if (scores.every((score) => score === undefined)) return html`<p class="empty">There are no scores yet.</p>`;
  const { goodMin, fairMin } = row.settings;
  const label = `Scores of ${scores.length} days up to ${asOf}`;
  const every = Math.max(1, Math.round(scores.length / 8));
  const weeks = scores
    .map((score, i) => ({ on: addDays(asOf, i + 1 - scores.length), score }))
    .filter((_, i) => (scores.length - 1 - i) % every === 0);
  return html`<div class="card chart">${raw(scoreChart({ scores, goodMin, fairMin, label }))}</div>
    <div class="scroll" role="region" aria-label="${label}" tabindex="0">
      <table>
        <thead>
          <tr>
            <th scope="col">Day</th>
            <th scope="col" class="number">Score</th>
          </tr>
        </thead>
        <tbody>
          ${weeks.map(
            ({ on, score }) =>
              html`<tr>
                <th scope="row">${on}</th>
                <td class="number">${score ?? "–"}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
}

const median = (minutes: number | undefined): string =>
  minutes === undefined ? "too few to tell" : `${minutesText(minutes)} of working time`;

function kpisView({ kpis, row }: CustomerHealth): Html {
  const figures: readonly (readonly [string, string])[] = [
    ...kpis.counts.map(({ type, direction, count }) => [`${type}, ${direction}`, String(count)] as const),
    ["automatic, not counted", String(kpis.automatic)],
    ["contact both ways", `${row.breadth.persons.length} of theirs, ${row.breadth.users.length} of ours`],
    ["our answers", median(kpis.ourResponse.medianMinutes)],
    ["their answers", median(kpis.theirResponse.medianMinutes)],
    ["our time", minutesText(kpis.ourMinutes)],
    ["their time", minutesText(kpis.theirMinutes)],
    ["next contact", kpis.nextOn ?? "none is planned"],
  ];
  return html`<section aria-labelledby="figures">
    <h2 id="figures">The last ${kpis.days} days</h2>
    <div class="scroll" role="region" aria-label="Figures" tabindex="0">
      <table>
        <tbody>
          ${figures.map(
            ([what, value]) =>
              html`<tr>
                <th scope="row">${what}</th>
                <td>${value}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`;
}

const personsView = (tenant: Tenant, { persons, kpis }: CustomerHealth): Html =>
  persons.length === 0
    ? html``
    : html`<section aria-labelledby="persons">
        <h2 id="persons">People</h2>
        <div class="scroll" role="region" aria-label="People with their health" tabindex="0">
          <table>
            <thead>
              <tr>
                <th scope="col">Person</th>
                <th scope="col">Health</th>
                <th scope="col">Trend</th>
                <th scope="col">Last contact</th>
              </tr>
            </thead>
            <tbody>
              ${persons.map(
                ({ personId, name, health }) =>
                  html`<tr>
                    <th scope="row">${personLink(tenant, personId, name ?? personId)}</th>
                    <td>${healthMark(health)}</td>
                    <td>${health === undefined ? "–" : trendText(health.trend)}</td>
                    <td>${health?.lastOn ?? "–"}</td>
                  </tr>`,
              )}
            </tbody>
          </table>
        </div>
        ${kpis.silentPersons.length === 0 ? "" : html`<p>Silent: <bdi>${kpis.silentPersons.join(", ")}</bdi></p>`}
      </section>`;

/** Leads to who knows them, unless that is off. */
const personLink = (tenant: Tenant, personId: string, name: string): Html =>
  whoKnowsRefusal(tenant) === undefined
    ? html`<a href="${whoKnowsPath(tenant.tenantId, personId)}"><bdi>${name}</bdi></a>`
    : html`<bdi>${name}</bdi>`;
