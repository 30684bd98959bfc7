import { day } from "@regulars/core/platform/values";
import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import { lightMark } from "../code-red/code-red-marks.ts";
import { rowsView } from "../insights/card-row-view.ts";
import { levelMarks } from "../insights/marks.ts";
import type { CardRow } from "../insights/rep-list.ts";
import { icon } from "../page/icons.ts";
import { type Html, layout } from "../page/layout.ts";
import { refusedForm, refusedView } from "../page/refused-form.ts";

const ROW: CardRow = {
  findingId: "first:sample",
  path: "/design",
  customerName: "Bistro Lanternen",
  level: "high",
  state: "open",
  isToActOn: true,
  title: "Churn risk",
  why: "silent 52 days, usually every 14",
  atStake: "€2,507.56",
  since: { day: day("2026-10-17"), text: "Oct 17, 2026" },
  repName: undefined,
  rank: 1,
  contact: { name: "Eva Dahl", phone: "+45 12 34 56 78", email: "eva@example.com" },
  folded: [],
};

const ROWS: readonly CardRow[] = [
  ROW,
  {
    ...ROW,
    findingId: "second:sample",
    customerName: "A customer with a very long name, which is cut where the row ends, never wrapped over two lines",
    level: "medium",
    atStake: undefined,
    rank: 2,
    repName: "Freja Lindqvist",
    folded: [{ ...ROW, title: "Falling value", why: "down €961.23 in the last 3 months" }],
  },
  { ...ROW, customerName: "علي باب", level: "watch", state: "dismissed", rank: undefined, contact: undefined },
];

/** One sheet of the components of the pages in every state, for who changes how they look. */
export const designView = (words: PageWords): Html =>
  layout({
    title: "Components",
    main: html`<h1>Components</h1>
      <p class="lead">Every component of the pages in every state, with made-up data.</p>
      ${[...parts(words)].map(
        ([name, shown], i) =>
          html`<section class="card" aria-labelledby="part-${i}">
            <h2 id="part-${i}">${name}</h2>
            ${shown}
          </section>`,
      )}`,
  });

const parts = (words: PageWords): ReadonlyMap<string, Html> =>
  new Map([
    ["Text", text],
    ["Levels and states", levels(words)],
    ["Lights", lights(words)],
    ["Buttons", buttons],
    ["Fields", fields],
    ["A list of customers", rowsView(ROWS, { words, openId: "second:sample" })],
    ["A table", table],
    ["What was done or refused", done(words)],
    ["Nothing to show", html`<p class="empty">Nothing to act on today.</p>`],
    [
      "Folded",
      html`<details class="fold">
        <summary>4 more to act on</summary>
        <p>What was folded.</p>
      </details>`,
    ],
  ]);

const text = html`<p class="big">€185,750.00 <span class="unit">in 77 deals</span></p>
  <p class="lead">A lead says what a page is about.</p>
  <p>Text, with <a href="/design">a link</a>, <strong>what matters</strong> and <code>an-id</code>.</p>
  <p class="soft">What is less important.</p>
  <h3>A heading of a part</h3>
  <pre class="command"><code>npx regulars doctor</code></pre>`;

const levels = (words: PageWords): Html =>
  html`<p>
      ${(["high", "medium", "watch"] as const).map((level) => html`${levelMarks({ level, state: "open" }, words)} `)}
    </p>
    <p>
      ${(["lapsed", "disputed", "credit_hold", "unwanted", "dismissed"] as const).map(
        (state) => html`${levelMarks({ level: "watch", state }, words)} `,
      )}
    </p>
    <p>
      <span class="mark change up">▲ +12 %</span> <span class="mark change down">▼ -25 %</span>
      <span class="mark change same">▬ 0 %</span>
    </p>`;

const lights = (words: PageWords): Html =>
  html`<p>${(["red", "amber", "green", "grey"] as const).map((light) => html`${lightMark(words, light)} `)}</p>`;

const buttons = html`<p class="review">
  <button type="button" class="button main">The main one</button>
  <button type="button" class="button">A button</button>
  <button type="button" class="button" disabled>One that cannot be pressed</button>
  <a class="button" href="/design">A link as a button</a>
  <button type="button" class="act" aria-label="Contacted">${icon("done")}</button>
  <button type="button" class="plain">In a line</button>
</p>`;

const fields = html`<form class="settings" method="get" action="/design">
  <label>Text <input name="sample-text" value="Havgaard" /></label>
  <label>Number <input name="sample-number" type="number" value="14" /></label>
  <label>Day <input name="sample-day" type="date" value="2026-11-23" /></label>
  <label
    >One of several
    <select name="sample-choice">
      <option>everybody</option>
      <option>Freja Lindqvist</option>
    </select></label
  >
  <label>Not to be changed <input name="sample-fixed" value="EUR" disabled /></label>
</form>`;

const table = html`<div class="scroll" role="group" aria-label="A table" tabindex="0">
  <table>
    <caption>
      Numbers are right-aligned, with figures of one width
    </caption>
    <thead>
      <tr>
        <th scope="col">Customer</th>
        <th scope="col" class="number">Units</th>
        <th scope="col" class="number">Sales</th>
      </tr>
    </thead>
    <tbody>
      <tr>
        <th scope="row">Café Tulipan</th>
        <td class="number">1,111</td>
        <td class="number">€88,294.00</td>
      </tr>
      <tr>
        <th scope="row">Bar Kompas</th>
        <td class="number">98</td>
        <td class="number">€177.88</td>
      </tr>
    </tbody>
  </table>
</div>`;

const done = (words: PageWords): Html =>
  html`<div class="review undo">
      <p>Bar Kompas: ${words.say("undo.contact")}</p>
      <button type="button" class="button">${words.say("undo.undo")}</button>
      <span class="soft">${words.say("undo.within")}</span>
    </div>
    ${refusedView(refusedForm("A search has at most 100 characters, not 101.", {}))}
    <p class="resolved"><strong>✓ Resolved</strong>: it ordered again.</p>`;
