import type { Marked } from "@regulars/core/code-red/list";
import type { IgnoreStamp, IgnoreTarget } from "@regulars/core/code-red/ignore";
import { columnJson } from "@regulars/core/code-red/row-json";
import type { JudgedColumn } from "@regulars/core/code-red/row";
import { codeRedSettingsOf } from "@regulars/core/code-red/tenant-settings";
import { formatMoney } from "@regulars/core/platform/money";
import { minor } from "@regulars/core/platform/values";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { CodeRedCustomer } from "@regulars/flows/code-red/read-customer";
import { causesText, columnName } from "@regulars/render/code-red/code-red-words";
import { html } from "hono/html";
import { codeRedPath } from "../page/addresses.ts";
import { columnMark, lightMark } from "./code-red-marks.ts";
import { type Html, layout } from "../page/layout.ts";
import { type RefusedForm, refusedView } from "../page/refused-form.ts";

/** One customer: columns with why they fell, items, links, and the forms that ignore them. */
export function codeRedCustomerView(tenant: Tenant, read: CodeRedCustomer, refused?: RefusedForm): Html {
  const { customer, row, asOf } = read;
  const name = customer.name ?? customer.customerId;
  return layout({
    title: `${name} – Code Red`,
    crumbs: [{ name: "Code Red", path: codeRedPath(tenant.tenantId) }],
    main: html`<h1><bdi>${name}</bdi></h1>
      <p class="lead">
        Code Red, up to
        ${asOf}${row.withoutRate > 0 ? html` · ${row.withoutRate} lines without an exchange rate are not counted` : ""}
      </p>
      ${refusedView(refused)}
      <section class="card" aria-labelledby="values">
        <h2 id="values">What was bought</h2>
        ${columnsTable(tenant, row.columns)}
      </section>
      <section class="card" aria-labelledby="items">
        <h2 id="items">Items</h2>
        ${itemsTable(tenant, read, refused)}
      </section>
      ${row.links.length === 0 ? "" : linksSection(tenant, read, refused)}
      <section class="card" aria-labelledby="ignore">
        <h2 id="ignore">Leave the customer out</h2>
        ${row.ignored === undefined ? "" : ignoredText(row.ignored)}
        ${ignoreForm(tenant, read, { type: "customer" }, { isIgnored: row.ignored !== undefined, refused })}
      </section>`,
  });
}

const table = (label: string, head: readonly Html[], rows: readonly Html[]): Html =>
  html`<div class="scroll" role="region" aria-label="${label}" tabindex="0">
    <table>
      <thead>
        <tr>
          ${head}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;

const heads = (names: readonly string[], numbers: ReadonlySet<string> = new Set()): Html[] =>
  names.map((name) => html`<th scope="col" ${numbers.has(name) ? html`class="number"` : ""}>${name}</th>`);

function columnsTable({ currency, locale }: Tenant, columns: readonly JudgedColumn[]): Html {
  const money = (value: number): string => formatMoney(minor(value), currency, locale);
  const fallen = columns.flatMap((column) =>
    column.causes === undefined
      ? []
      : [html`<li><strong>${columnName(column)}</strong> ${causesText(column.causes, currency, locale)}</li>`],
  );
  const values = table(
    "Values by months",
    heads(["Months", "Light", "Now", "Before"], new Set(["Now", "Before"])),
    columns.map((column) => {
      const { changePercent, currentMinor, previousMinor } = columnJson(column);
      return html`<tr>
        <th scope="row">${columnName(column)}</th>
        <td>${columnMark(column, changePercent)}</td>
        <td class="number">${money(currentMinor)}</td>
        <td class="number">${money(previousMinor)}</td>
      </tr>`;
    }),
  );
  return html`${values}${
    fallen.length === 0
      ? ""
      : html`<h3>Why it fell</h3>
          <ul>
            ${fallen}
          </ul>`
  }`;
}

function itemsTable(tenant: Tenant, read: CodeRedCustomer, refused: RefusedForm | undefined): Html {
  const compared = read.row.items.filter(({ isCompared }) => isCompared);
  if (compared.length === 0) return html`<p class="empty">No item was in enough orders to be compared.</p>`;
  return table(
    "Compared items",
    heads(["Item", "Light", "Now", "Before", "Leave out"], new Set(["Now", "Before"])),
    compared.map((item) => {
      const target = { type: "item", itemId: item.itemId } as const;
      const words = [
        item.isRed ? "red" : "green",
        ...(item.isConfirmed ? ["confirmed"] : []),
        item.suppressed ?? item.state,
        ...(item.ignored === undefined ? [] : ["ignored"]),
      ];
      return html`<tr>
        <th scope="row"><bdi>${read.itemNames.get(item.itemId) ?? item.itemId}</bdi></th>
        <td>
          ${lightMark(item.isRed && item.ignored === undefined ? "red" : item.ignored ? "grey" : "green", words.join(", "))}
          ${hidingText(item)}
        </td>
        <td class="number">${item.current}</td>
        <td class="number">${item.previous}</td>
        <td>
          ${item.isRed ? ignoreForm(tenant, read, target, { isIgnored: item.ignored !== undefined, refused }) : ""}
        </td>
      </tr>`;
    }),
  );
}

function linksSection(tenant: Tenant, read: CodeRedCustomer, refused: RefusedForm | undefined): Html {
  const nameOf = (itemId: (typeof read.row.links)[number]["itemId"]): string => read.itemNames.get(itemId) ?? itemId;
  const rows = read.row.links.map((link) => {
    const { light, ignored, itemId, linkedItemId } = link;
    const words = light.light === "red" ? `red, ${light.difference}` : light.light;
    const target = { type: "link", itemId, linkedItemId } as const;
    return html`<tr>
      <th scope="row"><bdi>${nameOf(itemId)}</bdi> with <bdi>${nameOf(linkedItemId)}</bdi></th>
      <td>
        ${ignored === undefined ? lightMark(light.light, words) : lightMark("grey", `${words}, ignored`)}
        ${hidingText(link)}
      </td>
      <td class="number">${link.linked}</td>
      <td class="number">
        ${link.expected}${link.mirror === undefined ? "" : html`<br /><span class="soft">the other way ${link.mirror} expected, ${link.anchor} bought</span>`}
      </td>
      <td>
        ${light.light === "red" ? ignoreForm(tenant, read, target, { isIgnored: ignored !== undefined, refused }) : ""}
      </td>
    </tr>`;
  });
  return html`<section class="card" aria-labelledby="links">
    <h2 id="links">Linked items</h2>
    ${table("Compared linked items", heads(["Items", "Light", "Bought", "Expected", "Leave out"], new Set(["Bought", "Expected"])), rows)}
  </section>`;
}

/** Who has hidden a part of the row, or that it is back. */
function hidingText({ ignored, isBackEarly }: Marked<object>): Html {
  if (isBackEarly === true) return html`<span class="soft">back: twice as far off as when it was ignored</span>`;
  return ignored === undefined ? html`` : ignoredText(ignored);
}

const ignoredText = ({ on, days, by, note }: IgnoreStamp): Html =>
  html`<p>
    Ignored from ${on} for ${days}
    days${by === undefined ? "" : html` by <bdi>${by}</bdi>`}${note === undefined ? "" : html`: <bdi>${note}</bdi>`}
  </p>`;

/** Ignores a row for some days with a note, or shows it again. */
function ignoreForm(
  tenant: Tenant,
  { customer }: CodeRedCustomer,
  target: IgnoreTarget,
  { isIgnored, refused }: { readonly isIgnored: boolean; readonly refused: RefusedForm | undefined },
): Html {
  const { ignoreCustomerDays, ignoreRowDays } = codeRedSettingsOf(tenant);
  const value = JSON.stringify(target);
  const filled = refused?.fields["target"] === value ? refused.fields : {};
  const days = filled["days"] ?? String(target.type === "customer" ? ignoreCustomerDays : ignoreRowDays);
  return html`<form class="review" method="post" action="${codeRedPath(tenant.tenantId, customer.customerId)}">
    <input type="hidden" name="target" value="${value}" />
    ${
      isIgnored
        ? html`<input type="hidden" name="days" value="0" /><button class="button">Show again</button>`
        : html`<label>For <input type="number" name="days" min="1" max="3650" value="${days}" required /> days</label>
            <label>Note <input name="note" maxlength="500" value="${filled["note"] ?? ""}" /></label>
            <button class="button">Ignore</button>`
    }
  </form>`;
}
