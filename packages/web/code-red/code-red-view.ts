import { columnJson } from "@regulars/core/code-red/row-json";
import { largestRed } from "@regulars/core/code-red/row";
import { comparisonModes } from "@regulars/core/code-red/settings";
import type { ListedRow } from "@regulars/flows/code-red/list-code-red";
import { columnName } from "@regulars/render/code-red/code-red-words";
import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import { codeRedPath, codeRedSettingsPath, linksPath } from "../page/addresses.ts";
import type { User } from "@regulars/core/access/user";
import { CHIPS, EXCLUSIONS, distinct } from "./code-red-asked.ts";
import { type CodeRedPage, MOST_ROWS } from "./code-red-page.ts";
import { type LightName, columnMark, lightMark } from "./code-red-marks.ts";
import { lightText, mainLossText } from "./code-red-texts.ts";
import { type Html, layout } from "../page/layout.ts";
import { pagedText } from "../page/paged.ts";
import { changedAddress } from "../page/query.ts";
import { rich } from "../page/rich.ts";

/** The call list of Code Red with its filters. */
export function codeRedView(page: CodeRedPage, words: PageWords): Html {
  const { say, formats } = words;
  const { tenant, list, from } = page;
  const { rows } = list;
  const shown = rows.slice(from, from + MOST_ROWS);
  return layout({
    title: say("common.at", { what: "Code Red", firm: tenant.name }),
    isWide: true,
    main: html`<h1>Code Red</h1>
      <p class="lead">
        <bdi>${tenant.name}</bdi> ·
        ${say("codeRed.lead", { date: formats.day(list.asOf), cont: list.counts.recentlyContacted })}
        ${notesView(page, words)}<a href="${linksPath(tenant.tenantId)}">${say("codeRed.links")}</a>
        ${page.mayManage ? html`· <a href="${codeRedSettingsPath(tenant.tenantId)}">${say("common.settings")}</a>` : ""}
      </p>
      <div class="choices">
        ${chipsView(page, words)}
        <details ${Object.keys(page.asked.given).some((name) => !isChip(name)) ? html`open` : ""}>
          <summary>${say("common.filter")}</summary>
          ${filterForm(page, words)}
        </details>
      </div>
      ${list.setAside.map(
        ({ customerId, reason }) =>
          html`<p class="refused" role="alert">
            ${rich(words, "common.unreadable", { name: html`<bdi>${customerId}</bdi>`, text: html`<bdi>${reason}</bdi>` })}
          </p>`,
      )}
      <section aria-labelledby="list">
        <h2 id="list">${say("codeRed.list")}</h2>
        ${rows.length === 0 ? emptyView(page, words) : html`${tableView(page, words, shown)} ${pagesView(page, words)}`}
      </section>`,
  });
}

/** What to do where nobody is listed: without a filter there is nobody who has bought. */
const emptyView = ({ tenant, asked: { given } }: CodeRedPage, words: PageWords): Html => {
  const code = html`<code>npx regulars import orders orders.csv --tenant ${tenant.tenantId}</code>`;
  return html`<p class="empty">
    ${Object.keys(given).length === 0 ? rich(words, "codeRed.nobody", { code }) : words.say("codeRed.none")}
  </p>`;
};

/** What the values are, where they are not the usual ones, and what is in none of them. */
const notesView = ({ list: { compared, withoutRate } }: CodeRedPage, { say }: PageWords): string =>
  [
    ...(compared.plan.settings.basis === "invoice" ? [say("codeRed.invoiceBasis")] : []),
    ...(withoutRate > 0 ? [`${say("codeRed.withoutRate", { numb: withoutRate })}.`] : []),
  ]
    .map((note) => `${note} `)
    .join("");

const isChip = (name: string): boolean => CHIPS.some((one) => one === name);

/** One click to the rows of a kind, with how many there are; a second one takes the filter away. */
function chipsView({ tenant, asked: { given }, list: { counts } }: CodeRedPage, { say, formats }: PageWords): Html {
  const chip = (name: (typeof CHIPS)[number], text: string, count: number): Html => {
    const chosen = given[name];
    const asked = { ...given, [name]: chosen === undefined ? "1" : undefined };
    return html`<li>
      <a
        href="${changedAddress(codeRedPath(tenant.tenantId), asked)}"
        ${chosen === undefined ? "" : html`aria-current="true"`}
        >${text} <b>${formats.number(count)}</b></a
      >
    </li>`;
  };
  return html`<nav class="chips" aria-label="${say("common.filter")}">
    <ul>
      ${chip("red", say("codeRed.onlyRed"), counts.red)}
      ${chip("confirmed", say("codeRed.onlyConfirmed"), counts.confirmed)}
      ${chip("ignored", say("codeRed.showIgnored"), counts.ignored)}
    </ul>
  </nav>`;
}

const option = (value: string, text: string, chosen: string | undefined): Html =>
  html`<option value="${value}" ${(chosen ?? "") === value ? html`selected` : ""}>${text}</option>`;

type Choices = readonly (readonly [value: string, text: string])[];

/** Whose customers: a filter that has nothing to choose from is left out. */
function ownersOf({ users }: CodeRedPage) {
  const named: Choices = users.map(({ userId, name }) => [userId, name]);
  const each = (of: (user: User) => string | undefined): Choices =>
    distinct(users.map(of)).map((value) => [value, value]);
  return (
    [
      ["rep", "common.rep", named],
      ["assigned", "codeRed.assigned", named],
      ["team", "users.teamId", each(({ teamId }) => teamId)],
      ["territory", "users.territoryId", each(({ territoryId }) => territoryId)],
    ] as const
  ).filter(([, , choices]) => choices.length > 0);
}

function filterForm(page: CodeRedPage, { say }: PageWords): Html {
  const { tenant, usual } = page;
  const { given } = page.asked;
  const owners = ownersOf(page);
  return html`<form class="review" method="get" action="${codeRedPath(tenant.tenantId)}">
    ${owners.map(
      ([name, text, choices]) =>
        html`<label
          >${say(text)}
          <select name="${name}">
            ${option("", say("common.everyone"), given[name])}
            ${choices.map(([value, shown]) => option(value, shown, given[name]))}
          </select></label
        >`,
    )}
    <label
      >${say("codeRed.redFrom")}
      <span class="unit"
        ><input
          type="number"
          name="percent"
          min="1"
          max="100"
          placeholder="${usual.percent}"
          value="${given["percent"] ?? ""}"
        />
        %</span
      ></label
    >
    <label
      >${say("codeRed.months")}
      <select name="mode">
        ${option("", say("codeRed.asSetting"), given["mode"])}
        ${comparisonModes.map((mode) => option(mode, say(`codeRed.mode.${mode}`), given["mode"]))}
      </select></label
    >
    <label
      >${say("codeRed.against")}
      <select name="compare">
        ${option("", say("codeRed.asSetting"), given["compare"])}
        ${option("before", say("codeRed.before"), given["compare"])}
        ${option("year", say("codeRed.lastYear"), given["compare"])}
      </select></label
    >
    ${EXCLUSIONS.map(
      (name) =>
        html`<label
          >${say(`codeRedSettings.${name}`)}
          <span class="unit"
            ><input
              type="number"
              name="${name}"
              min="1"
              max="3650"
              placeholder="${usual[name] ?? ""}"
              value="${given[name] ?? ""}"
            />
            ${say("codeRedSettings.days")}</span
          ></label
        >`,
    )}
    ${CHIPS.filter((name) => given[name] !== undefined).map((name) => html`<input type="hidden" name="${name}" value="1" />`)}
    <button class="button">${say("common.show")}</button>
    ${Object.keys(given).length === 0 ? "" : html`<a href="${codeRedPath(tenant.tenantId)}">${say("common.clear")}</a>`}
  </form>`;
}

function tableView({ tenant, list }: CodeRedPage, words: PageWords, rows: readonly ListedRow[]): Html {
  const { say } = words;
  const columns = list.rows[0]?.columns ?? [];
  return html`<div class="scroll stack dense" role="region" aria-label="${say("codeRed.region")}" tabindex="0">
    <table>
      <thead>
        <tr>
          <th scope="col">${say("common.customer")}</th>
          ${columns.map((column) => html`<th scope="col">${say("codeRed.column", { name: columnName(column) })}</th>`)}
          <th scope="col">${say("codeRed.items")}</th>
          <th scope="col">${say("codeRed.links")}</th>
          <th scope="col" class="number">${say("codeRed.lost")}</th>
          <th scope="col" class="roomy">${say("codeRed.why")}</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map((row) => rowView(tenant, words, row))}
      </tbody>
    </table>
  </div>`;
}

function rowView(tenant: CodeRedPage["tenant"], words: PageWords, row: ListedRow): Html {
  const { say, formats } = words;
  const causes = largestRed(row.columns)?.causes;
  return html`<tr>
    <th scope="row">
      <a href="${codeRedPath(tenant.tenantId, row.customerId)}"
        ><bdi>${row.customer.name ?? row.customerId}</bdi>${spokenView(words, row)}</a
      >
      ${causes === undefined ? "" : html`<span class="brief">${mainLossText(words, causes, tenant.currency)}</span>`}
      ${row.isBackEarly ? html`<span class="soft">${say("codeRed.backDoubled")}</span>` : row.ignored === undefined ? "" : html`<span class="soft">${say("codeRed.ignored")}</span>`}
    </th>
    ${row.columns.map((column) => lightCell(column.light.light, columnName(column), columnMark(words, column, columnJson(column).changePercent)))}
    ${lightCell(row.lights.items, say("codeRed.items"), lightMark(words, row.lights.items))}
    ${lightCell(row.lights.links, say("codeRed.links"), lightMark(words, row.lights.links))}
    <td class="number" data-of="${say("codeRed.lost")}">
      ${row.isRed ? formats.money(row.lostBeyondMarketMinor, tenant.currency) : "–"}
    </td>
    <td class="roomy">${causes === undefined ? "–" : mainLossText(words, causes, tenant.currency)}</td>
  </tr>`;
}

/** A phone has no room for lights that say nothing. */
const lightCell = (light: LightName, name: string, mark: Html): Html =>
  html`<td data-of="${name}" ${light === "grey" ? html`class="roomy"` : ""}>${mark}</td>`;

/** What a screen reader says after the name, where a list of links has no columns: ", 1v1 red, confirmed, down 25 percent". */
const spokenView = (words: PageWords, { columns }: ListedRow): Html =>
  html`<span class="hidden"
    >${columns
      .filter(({ light }) => light.light === "red")
      .map((column) => {
        const { changePercent } = columnJson(column);
        const light = `${columnName(column)} ${lightText(words, column).toLowerCase()}`;
        return changePercent === null || changePercent >= 0
          ? `, ${light}`
          : `, ${words.say("codeRed.spokenDown", { name: light, perc: -changePercent })}`;
      })}</span
  >`;

function pagesView({ tenant, asked: { given }, list, from }: CodeRedPage, words: PageWords): Html {
  const address = (more: Readonly<Record<string, string>>): string =>
    changedAddress(codeRedPath(tenant.tenantId), { ...given, ...more });
  return html`<p>
    ${pagedText(words, { from, rows: list.rows.length, most: MOST_ROWS }, (first) => address({ from: String(first) }))}
    ·
    <a href="${address({ csv: "1" })}">CSV</a>
  </p>`;
}
