import { rowJson } from "@regulars/core/code-red/row-json";
import { counted, nounFor } from "@regulars/core/platform/counted";
import { formatMoney } from "@regulars/core/platform/money";
import { minor } from "@regulars/core/platform/values";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { CodeRedList, ListedRow } from "@regulars/flows/code-red/list-code-red";
import type { CodeRedCustomer } from "@regulars/flows/code-red/read-customer";
import { causesText, columnName, lightText } from "@regulars/render/code-red/code-red-words";
import type { PageWords } from "@regulars/render/texts/page-words";
import { textTable } from "../text-table.ts";

/** The call list: a head with its counts, a line a customer, and who cannot be read. */
export function describeList(list: CodeRedList, tenant: Tenant): string {
  const { asOf, rows, counts, setAside, withoutRate } = list;
  const head = `Code Red as of ${asOf}: ${counts.red} red of ${counted(counts.customers, "customer")}, ${counts.confirmed} confirmed; ${counts.ignored} ignored, ${counts.recentlyContacted} left out as contacted recently`;
  const notes = [
    ...(list.compared.plan.settings.basis === "invoice"
      ? ["Values are totals of invoices as they were sent, which may include tax."]
      : []),
    ...(withoutRate > 0 ? [`${withoutRateText(withoutRate)}.`] : []),
  ].map((note) => `${note}\n`);
  const columns = rows[0]?.columns ?? [];
  const table = textTable(
    ["CUSTOMER", ...columns.map(columnName), "ITEMS", "LINKED", "LOST", "BEYOND THE MARKET"],
    rows.map((row) => cellsOf(row, tenant)),
  );
  const broken = setAside.map(({ customerId, reason }) => `${customerId} cannot be read: ${reason}\n`).join("");
  return `${head}\n${notes.join("")}${rows.length === 0 ? "" : `${table}\n`}${broken}`;
}

const cellsOf = (row: ListedRow, { currency, locale }: Tenant): string[] => [
  row.customer.name ?? row.customerId,
  ...row.columns.map(lightText),
  row.lights.items,
  row.lights.links,
  formatMoney(minor(row.lostMinor), currency, locale),
  formatMoney(minor(row.lostBeyondMarketMinor), currency, locale),
];

/** One customer: their columns with why they fell, their items and links. */
export function describeCustomer(
  { asOf, customer, row, itemNames }: CodeRedCustomer,
  { currency }: Tenant,
  english: PageWords,
): string {
  const money = (value: number): string => english.formats.money(value, currency);
  const columns = rowJson(row, undefined).columns.map((column, i) => {
    const assessed = row.columns[i];
    return [
      columnName(column),
      assessed === undefined ? "" : lightText(assessed),
      money(column.currentMinor),
      money(column.previousMinor),
      assessed?.causes === undefined ? "" : causesText(english, assessed.causes, currency),
    ];
  });
  const items = row.items
    .filter(({ isCompared }) => isCompared)
    .map((item) => [
      itemNames.get(item.itemId) ?? item.itemId,
      [
        item.isRed ? "red" : "green",
        ...(item.isConfirmed ? ["confirmed"] : []),
        ...(item.ignored ? ["ignored"] : []),
      ].join(", "),
      item.suppressed ?? item.state,
      String(item.current),
      String(item.previous),
    ]);
  const links = row.links.map((link) => [
    `${itemNames.get(link.itemId) ?? link.itemId} → ${itemNames.get(link.linkedItemId) ?? link.linkedItemId}`,
    link.light.light === "red" ? `red, ${link.light.difference}` : link.light.light,
    String(link.linked),
    link.mirror === undefined
      ? String(link.expected)
      : `${link.expected} (the other way ${link.mirror} of ${link.anchor})`,
  ]);
  return [
    `${customer.name ?? customer.customerId}, as of ${asOf}${row.withoutRate > 0 ? `; ${withoutRateText(row.withoutRate)}` : ""}`,
    textTable(["MONTHS", "LIGHT", "NOW", "BEFORE", "WHY IT FELL"], columns),
    ...(items.length === 0 ? [] : [textTable(["ITEM", "LIGHT", "STATE", "NOW", "BEFORE"], items)]),
    ...(links.length === 0 ? [] : [textTable(["LINKED ITEMS", "LIGHT", "BOUGHT", "EXPECTED"], links)]),
    "",
  ].join("\n");
}

const withoutRateText = (lines: number): string =>
  `${counted(lines, "line")} without an exchange rate ${nounFor(lines, "is", "are")} not counted`;
