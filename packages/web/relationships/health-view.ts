import type { Health } from "@regulars/core/relationships/health";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { HealthList, HealthRow } from "@regulars/flows/relationships/list-health";
import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import { relationshipsPath } from "../page/addresses.ts";
import { lightMark } from "../code-red/code-red-marks.ts";
import { dayForm } from "../page/day-form.ts";
import { type Html, layout } from "../page/layout.ts";
import { pagedText } from "../page/paged.ts";
import { changedAddress } from "../page/query.ts";
import { rich } from "../page/rich.ts";
import { capText, trendText, weaknessText } from "./health-texts.ts";

interface HealthPage {
  readonly tenant: Tenant;
  readonly list: HealthList;
  readonly isOnlyWeak: boolean;
  /** Of a day that the address names. */
  readonly isPast: boolean;
  /** The day of the address as it was given, also one that is none. */
  readonly givenDay: string | undefined;
  /** The index of the first row shown. */
  readonly from: number;
}

const MOST_ROWS = 50;
const LIGHTS = { good: "green", fair: "amber", poor: "red" } as const;

/** A score with its grade as shape and word, and why it is capped. */
export const healthMark = (words: PageWords, health: Health | undefined): Html =>
  health === undefined
    ? lightMark(words, "grey", words.say("health.unknown"))
    : html`${lightMark(words, LIGHTS[health.grade], words.say(`health.${health.grade}`, { numb: health.score }))}
      ${health.caps.map((cap) => html`<span class="soft">${capText(words, cap)}</span> `)}`;

/** All customers by what to act on first. */
export function healthView(
  { tenant, list, isOnlyWeak, isPast, givenDay, from: given }: HealthPage,
  words: PageWords,
): Html {
  const { say, formats } = words;
  const { counts, rows, asOf, setAside } = list;
  const from = Math.min(given, rows.length);
  const shown = rows.slice(from, from + MOST_ROWS);
  const path = relationshipsPath(tenant.tenantId);
  const on = isPast ? asOf : undefined;
  const weak = isOnlyWeak ? "1" : undefined;
  const pageOf = (start: number): string => changedAddress(path, { weak, asOf: on, from: String(start) });
  return layout({
    title: say("health.titleAt", { firm: tenant.name }),
    isWide: true,
    main: html`<h1>${say("place.relationships")}</h1>
      <p class="lead">
        <bdi>${tenant.name}</bdi> ·
        ${say("health.lead", {
          date: formats.day(asOf),
          good: counts.good,
          fair: counts.fair,
          poor: counts.poor,
          unkn: counts.unknown,
          weak: counts.weak,
        })}
        ${
          isOnlyWeak
            ? html`<a href="${changedAddress(path, { asOf: on })}">${say("common.showAll")}</a>`
            : html`<a href="${changedAddress(path, { weak: "1", asOf: on })}">${say("health.onlyWeak")}</a>`
        }
      </p>
      ${dayForm(words, givenDay || asOf, { weak })}
      ${setAside.map(
        ({ customerId, reason }) =>
          html`<p class="refused" role="alert">
            ${rich(words, "common.unreadable", { name: html`<bdi>${customerId}</bdi>`, text: html`<bdi>${reason}</bdi>` })}
          </p>`,
      )}
      <section aria-labelledby="list">
        <h2 id="list">${say("health.customers")}</h2>
        ${
          counts.good + counts.fair + counts.poor > 0
            ? ""
            : html`<p class="empty">
                ${rich(words, "health.noContact", {
                  code: html`<code>npx regulars import activities activities.csv --tenant ${tenant.tenantId}</code>`,
                })}
              </p>`
        }
        ${shown.length === 0 ? html`<p class="empty">${say("health.nobody")}</p>` : tableView(tenant, words, { shown, on })}
        ${
          rows.length === 0
            ? ""
            : html`<p>
                ${pagedText(words, { from, rows: rows.length, most: MOST_ROWS }, pageOf)} ·
                <a href="${changedAddress(path, { csv: "1", asOf: on })}">CSV</a>
              </p>`
        }
      </section>`,
  });
}

interface Shown {
  readonly shown: readonly HealthRow[];
  /** The day that the address names. */
  readonly on: string | undefined;
}

const tableView = (tenant: Tenant, words: PageWords, { shown, on }: Shown): Html =>
  html`<div class="scroll stack" role="region" aria-label="${words.say("health.region")}" tabindex="0">
    <table>
      <thead>
        <tr>
          <th scope="col">${words.say("common.customer")}</th>
          <th scope="col">${words.say("health.health")}</th>
          <th scope="col">${words.say("health.trend")}</th>
          <th scope="col">${words.say("health.lastContact")}</th>
          <th scope="col">${words.say("health.toActOn")}</th>
        </tr>
      </thead>
      <tbody>
        ${shown.map(
          ({ customer, health, weaknesses: [first] }) =>
            html`<tr>
              <th scope="row">
                <a href="${changedAddress(relationshipsPath(tenant.tenantId, customer.customerId), { asOf: on })}"
                  ><bdi>${customer.name ?? customer.customerId}</bdi></a
                >
              </th>
              <td data-of="${words.say("health.health")}">${healthMark(words, health)}</td>
              <td data-of="${words.say("health.trend")}">
                ${health === undefined ? "–" : trendText(words, health.trend)}
              </td>
              <td data-of="${words.say("health.lastContact")}">
                ${health === undefined ? "–" : words.formats.day(health.lastOn)}
              </td>
              <td data-of="${words.say("health.toActOn")}" ${first === undefined ? html`class="roomy"` : ""}>
                ${first === undefined ? "–" : weaknessText(words, first)}
              </td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
