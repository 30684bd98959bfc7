import { html } from "hono/html";
import type { FindingRow } from "./finding-row.ts";
import { type Html, layout } from "./layout.ts";
import { marks, time } from "./marks.ts";
import type { RepPage, RepPart } from "./rep-page.ts";

/** The page a rep opens in the morning. */
export function repView({ tenant, repName, asOf, parts }: RepPage): Html {
  const title = repName ?? `Everyone at ${tenant.name}`;
  return layout({
    title,
    main: html`<h1><bdi>${title}</bdi></h1>
      <p class="lead"><bdi>${tenant.name}</bdi> · everything up to ${time(asOf)} is counted</p>
      <section aria-labelledby="for-you">
        <h2 id="for-you">For You</h2>
        ${parts.length === 0 ? nothing() : html`${summary(parts)}${parts.map(partView)}`}
      </section>`,
  });
}

const nothing = (): Html =>
  html`<p class="empty">Nothing to act on, nothing to watch: every customer is as regular as usual.</p>`;

/** The kinds at a glance; each leads to its part. */
const summary = (parts: readonly RepPart[]): Html =>
  html`<ul class="tiles">
    ${parts.map(
      ({ kind, title, toActOn, atStake }) =>
        html`<li>
          <a href="#${kind}">
            <strong>${toActOn.length}</strong>
            <span>${title}</span>
            <span class="soft">${atStake === undefined ? "nothing at stake" : `${atStake} at stake`}</span>
          </a>
        </li>`,
    )}
  </ul>`;

const partView = ({ kind, title, toActOn, others, atStake }: RepPart): Html =>
  html`<section class="part" id="${kind}" aria-labelledby="${kind}-title">
    <div class="part-head">
      <h3 id="${kind}-title">${title}</h3>
      <p class="soft">${toActOn.length} to act on${atStake === undefined ? "" : html` · ${atStake} at stake`}</p>
    </div>
    ${toActOn.length === 0 ? html`<p class="empty">Nothing to act on today.</p>` : rowsView(toActOn)}
    ${others.length === 0 ? "" : othersView(title, others)}
  </section>`;

const rowsView = (rows: readonly FindingRow[]): Html =>
  html`<ol class="rows">
    ${rows.map(rowView)}
  </ol>`;

const othersView = (title: string, rows: readonly FindingRow[]): Html =>
  html`<details>
    <summary>${countedByState(rows)}<span class="hidden"> – ${title}</span></summary>
    ${rowsView(rows)}
  </details>`;

/** "9 to watch, 2 lapsed": why they are not told. */
function countedByState(rows: readonly FindingRow[]): string {
  const words = rows.map(({ state }) => (state === "open" ? "to watch" : state));
  const each = [...new Set(words)].map((word) => `${words.filter((one) => one === word).length} ${word}`);
  return each.join(", ");
}

const rowView = (row: FindingRow): Html =>
  html`<li>
    <a class="who" href="${row.path}"><bdi>${row.customerName}</bdi></a>
    ${marks(row)}
    <p class="why"><bdi>${row.why}</bdi></p>
    <p class="stake">${row.atStake ?? html`<span class="soft">nothing at stake</span>`}</p>
    <p class="since soft">
      since ${time(row.since)}${row.repName === undefined ? "" : html` · <bdi>${row.repName}</bdi>`}
    </p>
  </li>`;
