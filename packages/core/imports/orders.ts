import {
  type Decimal,
  MOST_DIGITS,
  decimalText,
  isCountable,
  isCountableMinor,
  minorDigits,
  multiply,
  toBase,
  toMinor,
  toNumber,
} from "../platform/money.ts";
import type { Order, OrderLine } from "../orders/order.ts";
import { parseMoment } from "../platform/period.ts";
import { ok } from "../platform/result.ts";
import type { Currency, Minor } from "../platform/values.ts";
import { type Validated, refuseColumn } from "./checked.ts";
import { type Zone, momentIn } from "./intake.ts";
import type { OrderLineRow } from "./rows.ts";

/** The most lines that fit into one stored order. */
export const MAX_ORDER_LINES = 4_000;
const MAX_QUANTITY = 1e9;
const MAX_DECIMALS = 6;

/** Fields that all rows of an order must agree on, where they have them. */
const WHOLE_ORDER = ["type", "status", "currency"] as const;

/** Why a line cannot be part of any order; lines are checked before they are joined into orders. */
export function checkOrderLine(row: OrderLineRow, tenant: Zone): Validated<OrderLineRow> {
  const ordered = momentIn("orderedAt", row.orderedAt, tenant);
  if (!ordered.ok) return ordered;
  if (row.quantity.scale > MAX_DECIMALS)
    return refuseColumn("quantity", "bad-quantity", `quantity has more than ${MAX_DECIMALS} decimals`);
  if (Math.abs(toNumber(row.quantity)) > MAX_QUANTITY)
    return refuseColumn("quantity", "bad-quantity", `quantity is beyond ${MAX_QUANTITY}`);
  const { uomFactor } = row;
  if (uomFactor !== undefined && (uomFactor.units <= 0n || uomFactor.scale > MAX_DECIMALS))
    return refuseColumn(
      "uomFactor",
      "bad-factor",
      `uomFactor "${decimalText(uomFactor)}" is not a number above 0 with at most ${MAX_DECIMALS} decimals`,
    );
  if (Math.abs(baseQuantity(row.quantity, uomFactor)) > MAX_QUANTITY)
    return refuseColumn("quantity", "bad-quantity", `quantity times uomFactor is beyond ${MAX_QUANTITY}`);
  for (const column of ["unitPrice", "unitCost"] as const) {
    const price = row[column];
    if (price !== undefined && !isLineCountable(row, price))
      return refuseColumn(column, "too-large", `quantity times price is too large an amount for one line`);
  }
  return ok(row);
}

/** Whether the line's value is small enough to be counted exactly, in its own currency and in the base currency. */
function isLineCountable({ quantity, fxToBase }: OrderLineRow, price: Decimal): boolean {
  const value = multiply(quantity, price);
  return (
    isCountable(value, MOST_DIGITS) && (fxToBase === undefined || isCountable(multiply(value, fxToBase), MOST_DIGITS))
  );
}

/**
 * One order from all its checked lines, in file order. Its date is that of its earliest line (docs/imports.md); a
 * line's value is quantity times price, rounded half to even. Every quantity of a credit is a return, whatever its sign
 * in the file. An order in a foreign currency without a rate keeps its quantities and has no value
 * (docs/reference/insights.md G9).
 */
export function assembleOrder(rows: readonly OrderLineRow[], tenant: Zone): Validated<Order> {
  const [first] = rows;
  if (first === undefined) return refuseColumn("lines", "no-lines", "an order has at least one line");
  const stranger = rows.find((row) => row.customerId !== first.customerId);
  if (stranger !== undefined)
    return refuseColumn(
      "customerId",
      "two-customers",
      `order ${first.orderId} names two customers, ${first.customerId} and ${stranger.customerId}: give it one`,
    );
  for (const column of WHOLE_ORDER) {
    const [one, other] = new Set(rows.map((row) => row[column]).filter((value) => value !== undefined));
    if (other !== undefined)
      return refuseColumn(
        column,
        "contradiction",
        `order ${first.orderId} has two values of ${column}: "${one}" and "${other}"`,
      );
  }
  if (rows.length > MAX_ORDER_LINES)
    return refuseColumn(
      "lines",
      "too-many-lines",
      `order ${first.orderId} has ${rows.length} lines; at most ${MAX_ORDER_LINES} are kept`,
    );
  const moments = rows
    .map((row) => parseMoment(row.orderedAt, tenant.timeZone))
    .filter((moment) => moment !== undefined);
  const earliest = moments.reduce((a, b) => (b.at < a.at ? b : a));
  const given = <C extends (typeof WHOLE_ORDER)[number]>(column: C) =>
    rows.find((row) => row[column] !== undefined)?.[column];
  const currency = given("currency") ?? tenant.currency;
  const type = given("type") ?? "sale";
  const lines = rows.map((row) => lineOf(row, type === "credit", currency, tenant.currency));
  for (const sum of ["netMinor", "costMinor"] as const)
    if (!isCountableMinor(lines.reduce((total, line) => total + Math.abs(line[sum] ?? 0), 0)))
      return refuseColumn(
        "lines",
        "too-large",
        `the lines of order ${first.orderId} come to too large an amount together`,
      );
  return ok({
    orderId: first.orderId,
    customerId: first.customerId,
    orderedAt: earliest.at,
    orderedOn: earliest.on,
    type,
    status: given("status") ?? "confirmed",
    ...(first.startedBy === undefined ? {} : { startedBy: first.startedBy }),
    currency,
    lines,
  });
}

function lineOf(row: OrderLineRow, isCredit: boolean, currency: Currency, base: Currency): OrderLine {
  const quantity = isCredit ? negative(row.quantity) : row.quantity;
  const rate = row.fxToBase;
  const amount = (price: Decimal | undefined): Minor | undefined => {
    if (price === undefined) return undefined;
    const units = toMinor(multiply(quantity, price), minorDigits(currency));
    if (currency === base) return units;
    return rate === undefined ? undefined : toBase(units, rate, minorDigits(currency), minorDigits(base));
  };
  const netMinor = amount(row.unitPrice);
  const costMinor = amount(row.unitCost);
  return {
    itemId: row.itemId,
    kind: row.kind ?? "goods",
    quantity: baseQuantity(quantity, row.uomFactor),
    ...(netMinor === undefined ? {} : { netMinor }),
    ...(costMinor === undefined ? {} : { costMinor }),
  };
}

/** A quantity in base units, to the millionth (docs/reference/insights.md G10). */
const baseQuantity = (quantity: Decimal, uomFactor: Decimal | undefined): number =>
  uomFactor === undefined
    ? toNumber(quantity)
    : toMinor(multiply(quantity, uomFactor), MAX_DECIMALS) / 10 ** MAX_DECIMALS;

const negative = (value: Decimal): Decimal => (value.units > 0n ? { ...value, units: -value.units } : value);
