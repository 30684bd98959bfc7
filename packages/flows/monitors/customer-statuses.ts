import type { Customer } from "@regulars/core/customers/customer";
import { overdueText } from "@regulars/core/invoices/overdue";
import { evaluationDay } from "@regulars/core/monitors/evaluation-day";
import { ownerOf } from "@regulars/core/monitors/held-status";
import type { MonitorStore } from "@regulars/core/monitors/monitor-store";
import type { Owner } from "@regulars/core/monitors/owner";
import { isPending } from "@regulars/core/monitors/regeneration";
import { type StatusMonitor, compareMonitors, isHeld } from "@regulars/core/monitors/status-monitor";
import type { StatusStore } from "@regulars/core/monitors/status-store";
import { variablesOf } from "@regulars/core/monitors/status-template";
import { settledVariables } from "@regulars/core/monitors/told-status";
import type { NightlyStore } from "@regulars/core/nightly/nightly-store";
import { daysBetween } from "@regulars/core/platform/period";
import { type Result, ok } from "@regulars/core/platform/result";
import { renderText } from "@regulars/core/platform/template";
import type { Day, Instant } from "@regulars/core/platform/values";
import type { HeldStatus } from "@regulars/core/snapshots/status-values";
import { statusesRefusal } from "@regulars/core/tenants/edition";
import type { Tenant } from "@regulars/core/tenants/tenant";

/** A status that a customer, one of its persons or its projects has, as their card shows it. */
export interface ShownStatus {
  readonly monitor: StatusMonitor;
  readonly owner: Owner;
  readonly since: Day;
  /** The monitor's description with the owner's values, not escaped. */
  readonly text: string;
  /** The monitor was changed, and not everybody has been evaluated since. */
  readonly isPending: boolean;
}

interface StatusesInput {
  readonly tenant: Tenant;
  readonly monitors: Pick<MonitorStore, "monitors">;
  readonly statuses: Pick<StatusStore, "statusesOf" | "regenerations">;
  readonly nightly: Pick<NightlyStore, "snapshotOf" | "lastNightly">;
  readonly customer: Customer;
  readonly contactName: string;
  readonly now: Instant;
}

/** The statuses at a customer, the lowest rank first, equals by id (docs/reference/monitors.md 4). */
export async function customerStatuses(input: StatusesInput): Promise<Result<readonly ShownStatus[]>> {
  const gated = statusesRefusal(input.tenant);
  if (gated !== undefined) return gated;
  const { tenant, nightly, customer, contactName, now } = input;
  const [all, { values }, regenerations, last] = await Promise.all([
    input.monitors.monitors(),
    input.statuses.statusesOf(customer.customerId),
    input.statuses.regenerations(),
    nightly.lastNightly(),
  ]);
  const held = values?.held ?? [];
  const asOf = evaluationDay(last?.asOf, now, tenant);
  const isAsked = held.length > 0 && all.some(({ description }) => description.includes("<ovrd"));
  const snapshot = isAsked ? await nightly.snapshotOf(customer.customerId, { asOf }, () => undefined) : undefined;
  const overdue = snapshot && overdueText(snapshot.history.receivables, asOf);
  return ok(shownStatuses(held, all, { regenerations, customer, contactName, asOf, overdue }));
}

interface About extends Pick<StatusesInput, "customer" | "contactName"> {
  readonly regenerations: Awaited<ReturnType<StatusStore["regenerations"]>>;
  /** The day that texts count to. */
  readonly asOf: Day;
  /** What is overdue, as a text. */
  readonly overdue?: string | undefined;
}

/** What the card of a customer shows of the statuses that were settled, in the order of the monitors. */
export function shownStatuses(
  held: readonly HeldStatus[],
  all: readonly StatusMonitor[],
  { regenerations, ...about }: About,
): readonly ShownStatus[] {
  const monitors = new Map(all.filter(isHeld).map((monitor) => [monitor.statusId, monitor]));
  const shown = held.flatMap((one): ShownStatus[] => {
    const monitor = monitors.get(one.statusId);
    if (monitor === undefined) return [];
    return [
      {
        monitor,
        owner: ownerOf(one, about.customer),
        since: one.since,
        text: textFor(monitor, one, about),
        isPending: isPending(monitor, regenerations.get(one.statusId)),
      },
    ];
  });
  return shown.toSorted((a, b) => compareMonitors(a.monitor, b.monitor));
}

/** A text with the owner's values as they were settled, and what changes from day to day as it is now. */
function textFor(
  { name, description }: StatusMonitor,
  held: HeldStatus,
  { customer, contactName, asOf, overdue }: Pick<About, "customer" | "contactName" | "asOf" | "overdue">,
): string {
  const settled = held.told?.variables ?? {};
  const lastSale = settled["lsal"];
  const card = {
    statusName: name,
    since: held.since,
    customer,
    contactName,
    overdue,
    ...(lastSale?.type === "day" ? { lastSaleOn: lastSale.day, daysSinceSale: daysBetween(lastSale.day, asOf) } : {}),
  };
  const ofOwner = settledVariables.flatMap((variable) => {
    const value = settled[variable];
    return value?.type === "text" ? [[variable, value.text] as const] : [];
  });
  return renderText(description, { ...variablesOf(card), ...Object.fromEntries(ofOwner) }, "plain");
}
