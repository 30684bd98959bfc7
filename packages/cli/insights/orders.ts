import { notesUnreadable } from "./notes-unreadable.ts";
import { formatMoney } from "@regulars/core/platform/money";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { toInstant } from "@regulars/core/platform/values";
import { type OrderCard, type OrdersOfDay, ordersOfDay } from "@regulars/flows/insights/orders-of-day";
import { UserError } from "@regulars/local/user-error";
import { dayArgument, tenantArgument } from "../arguments.ts";
import { type Session, printJson, withExistingSystem } from "../session.ts";
import { textTable } from "../text-table.ts";
import { type ScopeOptions, scopeArgument } from "../scope-options.ts";

export interface OrdersOptions extends ScopeOptions {
  readonly tenant: string;
  readonly day?: string;
  readonly order?: string;
}

/** `regulars orders`: current orders or those of a past day, with lines and contacts. */
export function ordersCommand(session: Session, options: OrdersOptions): Promise<number> {
  const tenantId = tenantArgument(options.tenant);
  const scopeFilter = scopeArgument(options);
  const day = options.day === undefined ? undefined : dayArgument("--day", options.day);
  return withExistingSystem(session, async (system) => {
    const { tenant, store } = await system.openTenant(tenantId);
    const now = toInstant(system.runtime.clock());
    const found = await ordersOfDay({
      onUnreadable: notesUnreadable(session),
      tenant,
      store: store.nightly,
      orders: store.orderQueries,
      scopeFilter,
      day,
      now,
    });
    if (!found.ok) throw new UserError(found.message);
    const orders = found.value.orders.filter(({ orderId }) => options.order === undefined || orderId === options.order);
    if (options.order !== undefined && orders.length === 0)
      throw new UserError(`there is no order ${options.order} on ${found.value.day}`);
    if (session.json) printJson(session, { tenant: tenantId, ...found.value, orders });
    else if (options.order === undefined) session.print(`${describeOrders(tenant, found.value)}\n`);
    else session.print(`${orders.map((order) => describeOrder(tenant, order)).join("\n\n")}\n`);
    return 0;
  });
}

/** Orders as a text table. */
export function describeOrders(tenant: Tenant, { day, isCurrent, orders, placedMinor, currency }: OrdersOfDay): string {
  const title = isCurrent ? `Current orders, ${day}` : `Orders of ${day}`;
  const sum = formatMoney(placedMinor, currency, tenant.locale);
  const rows = orders.map((order) => [
    order.isDraft ? "draft" : order.status,
    order.orderId,
    order.customerName,
    `${order.lines.length}`,
    totalText(tenant, order),
    starterText(order),
  ]);
  const table = textTable(["STATUS", "ORDER", "CUSTOMER", "LINES", "TOTAL", "STARTED BY"], rows);
  return `${title}: ${orders.length}, ${sum} placed${rows.length === 0 ? "" : `\n${table}`}`;
}

const totalText = ({ currency, locale }: Tenant, { totalMinor }: Pick<OrderCard, "totalMinor">): string =>
  totalMinor === null ? "–" : formatMoney(totalMinor, currency, locale);

const starterText = ({ startedBy }: OrderCard): string =>
  startedBy === null ? "" : [startedBy.name, startedBy.phone ?? ""].join(" ").trim();

function describeOrder(tenant: Tenant, order: OrderCard): string {
  const rows = order.lines.map((line) => [
    line.itemId,
    String(line.quantity),
    totalText(tenant, { totalMinor: line.netMinor }),
    line.itemName,
  ]);
  const starter = starterText(order);
  return [
    `${order.orderId} of ${order.customerName}, ${order.status}, ${order.placedOn}: ${totalText(tenant, order)}`,
    ...(starter === "" ? [] : [`Started by ${starter}`]),
    textTable(["ITEM", "QUANTITY", "NET", "NAME"], rows),
  ].join("\n");
}
