import type { Marked } from "@regulars/core/code-red/list";
import type { IgnoreStamp, IgnoreTarget } from "@regulars/core/code-red/ignore";
import { columnJson } from "@regulars/core/code-red/row-json";
import type { AssessedColumn } from "@regulars/core/code-red/row";
import { codeRedSettingsOf } from "@regulars/core/code-red/tenant-settings";
import type { Person } from "@regulars/core/customers/person";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { CodeRedCustomer } from "@regulars/flows/code-red/read-customer";
import { causesText, columnName } from "@regulars/render/code-red/code-red-words";
import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import { codeRedPath } from "../page/addresses.ts";
import type { AuthorNames } from "../page/authors.ts";
import { contactsView } from "../page/contacts-view.ts";
import { customerPlaces } from "../page/customer-links.ts";
import { columnMark, lightMark } from "./code-red-marks.ts";
import { type Html, layout } from "../page/layout.ts";
import { rich } from "../page/rich.ts";
import { type RefusedForm, refusedView } from "../page/refused-form.ts";

/** A customer with whom to call there, and the names of who hid what. */
interface CalledCustomer extends CodeRedCustomer {
  readonly persons: readonly Person[];
  readonly authorOf: AuthorNames;
}

/** One customer: whom to call, columns with why they fell, items, links, and the forms that ignore them. */
export function codeRedCustomerView(
  tenant: Tenant,
  read: CalledCustomer,
  words: PageWords,
  refused?: RefusedForm,
): Html {
  const { say, formats } = words;
  const shown = { tenant, read, words, refused };
  const { customer, row, asOf } = read;
  const name = customer.name ?? customer.customerId;
  return layout({
    title: `${name} – Code Red`,
    crumbs: [{ name: "Code Red", path: codeRedPath(tenant.tenantId) }],
    main: html`<h1><bdi>${name}</bdi></h1>
      <p class="lead">
        ${say("codeRed.upTo", { date: formats.day(asOf) })}${
          row.withoutRate > 0 ? html` · ${say("codeRed.withoutRate", { numb: row.withoutRate })}` : ""
        }${codeRedSettingsOf(tenant).basis === "invoice" ? html` · ${say("codeRed.invoiceBasis")}` : ""}${customerPlaces(tenant, customer, words, "code-red").map((place) => html` · ${place}`)}
      </p>
      ${refusedView(refused)}
      <section class="card" aria-labelledby="values">
        <h2 id="values">${say("codeRed.bought")}</h2>
        ${columnsTable(tenant, words, row.columns)}
      </section>
      ${contactsView(read, words)}
      <section class="card" aria-labelledby="items">
        <h2 id="items">${say("codeRed.items")}</h2>
        ${itemsTable(shown)}
      </section>
      ${row.links.length === 0 ? "" : linksSection(shown)}
      <section class="card" aria-labelledby="ignore">
        <h2 id="ignore">${say("codeRed.leaveOut")}</h2>
        ${row.ignored === undefined ? "" : ignoredText(shown, row.ignored)}
        ${ignoreForm(shown, { type: "customer" }, row.ignored !== undefined)}
      </section>`,
  });
}

/** A customer's page: what was read, its words, and the form that was refused. */
interface Shown {
  readonly tenant: Tenant;
  readonly read: CalledCustomer;
  readonly words: PageWords;
  readonly refused: RefusedForm | undefined;
}

const table = (label: string, head: readonly Html[], rows: readonly Html[]): Html =>
  html`<div class="scroll stack" role="region" aria-label="${label}" tabindex="0">
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

const heads = ({ say }: PageWords, names: readonly Head[]): Html[] =>
  names.map((name) => html`<th scope="col" ${NUMBERS.has(name) ? html`class="number"` : ""}>${say(name)}</th>`);

type Head =
  "common.item" | `codeRed.${"months" | "light" | "now" | "was" | "leaveRow" | "items" | "boughtHead" | "expected"}`;
const NUMBERS: ReadonlySet<Head> = new Set(["codeRed.now", "codeRed.was", "codeRed.boughtHead", "codeRed.expected"]);

function columnsTable({ currency }: Tenant, words: PageWords, columns: readonly AssessedColumn[]): Html {
  const { say, formats } = words;
  const money = (value: number): string => formats.money(value, currency);
  const fallen = columns.flatMap((column) =>
    column.causes === undefined
      ? []
      : [html`<li><strong>${columnName(column)}</strong> ${causesText(words, column.causes, currency)}</li>`],
  );
  const values = table(
    say("codeRed.byMonths"),
    heads(words, ["codeRed.months", "codeRed.light", "codeRed.now", "codeRed.was"]),
    columns.map((column) => {
      const { changePercent, currentMinor, previousMinor } = columnJson(column);
      return html`<tr>
        <th scope="row">${columnName(column)}</th>
        <td>${columnMark(words, column, changePercent)}</td>
        <td class="number" data-of="${say("codeRed.now")}">${money(currentMinor)}</td>
        <td class="number" data-of="${say("codeRed.was")}">${money(previousMinor)}</td>
      </tr>`;
    }),
  );
  return html`${values}${
    fallen.length === 0
      ? ""
      : html`<h3>${say("codeRed.why")}</h3>
          <ul>
            ${fallen}
          </ul>`
  }`;
}

function itemsTable(shown: Shown): Html {
  const { read, words } = shown;
  const { say, formats } = words;
  const compared = read.row.items.filter(({ isCompared }) => isCompared);
  if (compared.length === 0) return html`<p class="empty">${say("codeRed.noItem")}</p>`;
  return table(
    say("codeRed.comparedItems"),
    heads(words, ["common.item", "codeRed.light", "codeRed.now", "codeRed.was", "codeRed.leaveRow"]),
    compared.map((item) => {
      const target = { type: "item", itemId: item.itemId } as const;
      const light = [
        say(item.isRed ? "light.red" : "light.green"),
        ...(item.isConfirmed ? [say("light.confirmed")] : []),
        say(`itemState.${item.suppressed ?? item.state}`),
        ...(item.ignored === undefined ? [] : [say("codeRed.ignored")]),
      ];
      return html`<tr>
        <th scope="row"><bdi>${read.itemNames.get(item.itemId) ?? item.itemId}</bdi></th>
        <td>
          ${lightMark(words, item.isRed && item.ignored === undefined ? "red" : item.ignored ? "grey" : "green", light.join(", "))}
          ${hidingText(shown, item)}
        </td>
        <td class="number" data-of="${say("codeRed.now")}">${formats.number(item.current)}</td>
        <td class="number" data-of="${say("codeRed.was")}">${formats.number(item.previous)}</td>
        <td>${item.isRed ? ignoreForm(shown, target, item.ignored !== undefined) : ""}</td>
      </tr>`;
    }),
  );
}

function linksSection(shown: Shown): Html {
  const { read, words } = shown;
  const { say, formats } = words;
  const nameOf = (itemId: (typeof read.row.links)[number]["itemId"]): string => read.itemNames.get(itemId) ?? itemId;
  const rows = read.row.links.map((link) => {
    const { light, ignored, itemId, linkedItemId } = link;
    const text = light.light === "red" ? say(`linkLight.${light.difference}`) : say(`light.${light.light}`);
    const target = { type: "link", itemId, linkedItemId } as const;
    return html`<tr>
      <th scope="row">
        ${rich(words, "codeRed.pair", { left: html`<bdi>${nameOf(itemId)}</bdi>`, righ: html`<bdi>${nameOf(linkedItemId)}</bdi>` })}
      </th>
      <td>
        ${ignored === undefined ? lightMark(words, light.light, text) : lightMark(words, "grey", say("codeRed.andIgnored", { text }))}
        ${hidingText(shown, link)}
      </td>
      <td class="number" data-of="${say("codeRed.boughtHead")}">${formats.number(link.linked)}</td>
      <td class="number" data-of="${say("codeRed.expected")}">
        ${formats.number(link.expected)}${link.mirror === undefined ? "" : html`<br /><span class="soft">${say("codeRed.mirror", { expe: link.mirror, numb: link.anchor })}</span>`}
      </td>
      <td>${light.light === "red" ? ignoreForm(shown, target, ignored !== undefined) : ""}</td>
    </tr>`;
  });
  return html`<section class="card" aria-labelledby="links">
    <h2 id="links">${say("codeRed.links")}</h2>
    ${table(
      say("codeRed.comparedLinks"),
      heads(words, ["codeRed.items", "codeRed.light", "codeRed.boughtHead", "codeRed.expected", "codeRed.leaveRow"]),
      rows,
    )}
  </section>`;
}

/** Who has hidden a part of the row, or that it is back. */
function hidingText(shown: Shown, { ignored, isBackEarly }: Marked<object>): Html {
  if (isBackEarly === true) return html`<span class="soft">${shown.words.say("codeRed.backTwice")}</span>`;
  return ignored === undefined ? html`` : ignoredText(shown, ignored);
}

function ignoredText({ words, read }: Shown, { on, days, by, note }: IgnoreStamp): Html {
  const date = words.formats.day(on);
  return html`<p>
    ${
      by === undefined
        ? words.say("codeRed.ignoredFrom", { date, days })
        : rich(words, "codeRed.ignoredBy", { date, days, name: html`<bdi>${read.authorOf(by)}</bdi>` })
    }${note === undefined ? "" : html`: <bdi>${note}</bdi>`}
  </p>`;
}

/** Ignores a row for some days with a note, or shows it again. */
function ignoreForm({ tenant, read, words, refused }: Shown, target: IgnoreTarget, isIgnored: boolean): Html {
  const { say } = words;
  const { customer } = read;
  const { ignoreCustomerDays, ignoreRowDays } = codeRedSettingsOf(tenant);
  const value = JSON.stringify(target);
  const filled = refused?.fields["target"] === value ? refused.fields : {};
  const days = filled["days"] ?? String(target.type === "customer" ? ignoreCustomerDays : ignoreRowDays);
  return html`<form class="review" method="post" action="${codeRedPath(tenant.tenantId, customer.customerId)}">
    <input type="hidden" name="target" value="${value}" />
    ${
      isIgnored
        ? html`<input type="hidden" name="days" value="0" /><button class="button">${say("codeRed.showAgain")}</button>`
        : html`<label class="phrase"
              >${rich(words, "codeRed.forDays", {
                numb: html`<input type="number" name="days" min="1" max="3650" value="${days}" required />`,
              })}</label
            >
            <label>${say("codeRed.note")} <input name="note" maxlength="500" value="${filled["note"] ?? ""}" /></label>
            <button class="button">${say("codeRed.ignore")}</button>`
    }
  </form>`;
}
