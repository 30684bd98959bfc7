import type { Customer } from "@regulars/core/customers/customer";
import { ownerOf } from "@regulars/core/monitors/held-status";
import type { MonitorStore } from "@regulars/core/monitors/monitor-store";
import type { Owner } from "@regulars/core/monitors/owner";
import { isPending } from "@regulars/core/monitors/regeneration";
import { type StatusMonitor, compareMonitors, isEvaluated } from "@regulars/core/monitors/status-monitor";
import type { StatusStore } from "@regulars/core/monitors/status-store";
import { statusText } from "@regulars/core/monitors/status-template";
import { type Result, ok } from "@regulars/core/platform/result";
import type { Day } from "@regulars/core/platform/values";
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
  readonly customer: Customer;
  readonly contactName: string;
}

/** The statuses at a customer, the lowest rank first, equals by id (docs/reference/monitors.md 4). */
export async function customerStatuses(input: StatusesInput): Promise<Result<readonly ShownStatus[]>> {
  const gated = statusesRefusal(input.tenant);
  if (gated !== undefined) return gated;
  const { customer, contactName } = input;
  const [all, { values }, regenerations] = await Promise.all([
    input.monitors.monitors(),
    input.statuses.statusesOf(customer.customerId),
    input.statuses.regenerations(),
  ]);
  return ok(shownStatuses(values?.held ?? [], all, { regenerations, customer, contactName }));
}

interface About extends Pick<StatusesInput, "customer" | "contactName"> {
  readonly regenerations: Awaited<ReturnType<StatusStore["regenerations"]>>;
}

/** What the card of a customer shows of the statuses that were settled, in the order of the monitors. */
export function shownStatuses(
  held: readonly HeldStatus[],
  all: readonly StatusMonitor[],
  { customer, regenerations, contactName }: About,
): readonly ShownStatus[] {
  const monitors = new Map(all.filter(isEvaluated).map((monitor) => [monitor.statusId, monitor]));
  const shown = held.flatMap((one): ShownStatus[] => {
    const monitor = monitors.get(one.statusId);
    if (monitor === undefined) return [];
    return [
      {
        monitor,
        owner: ownerOf(one, customer),
        since: one.since,
        text: textFor(monitor, one, { customer, contactName }),
        isPending: isPending(monitor, regenerations.get(one.statusId)),
      },
    ];
  });
  return shown.toSorted((a, b) => compareMonitors(a.monitor, b.monitor));
}

function textFor(
  { name, description }: StatusMonitor,
  held: HeldStatus,
  { customer, contactName }: Pick<About, "customer" | "contactName">,
): string {
  const lastSale = held.told?.variables["lsal"];
  const card = {
    statusName: name,
    since: held.since,
    customer,
    contactName,
    ...(lastSale?.type === "day" ? { lastSaleOn: lastSale.day } : {}),
  };
  return statusText(description, card, "plain");
}
