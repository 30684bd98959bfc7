import { newMonitor } from "@regulars/core/monitors/change-monitor";
import type { Criterion } from "@regulars/core/monitors/criteria";
import { newMonitorSchema } from "@regulars/core/monitors/status-monitor";
import { monitorIdSchema } from "@regulars/core/platform/ids";
import { type Day, toInstant } from "@regulars/core/platform/values";
import { settleChanged } from "@regulars/flows/monitors/settle-changed";
import type { OpenedTenant } from "@regulars/local/system";

interface Regenerated {
  /** How often a customer's snapshot was read, of all customers together. */
  readonly reads: number;
  /** Customers whose statuses were written. */
  readonly written: number;
  /** Processor time, ms. */
  readonly cpu: number;
}

/** One more definition, which most customers meet, evaluated for everybody as the job after its saving does. */
export async function regenerationOf({ tenant, catalog, store }: OpenedTenant, today: Day): Promise<Regenerated> {
  let [reads, ids] = [0, 0];
  const nightly: typeof store.nightly = {
    ...store.nightly,
    snapshots: async function* (...given) {
      for await (const snapshot of store.nightly.snapshots(...given)) {
        reads += 1;
        yield snapshot;
      }
    },
    snapshotOf: (...given) => {
      reads += 1;
      return store.nightly.snapshotOf(...given);
    },
  };
  const statuses: typeof store.statuses = {
    ...store.statuses,
    statusesOf: (customerId) => {
      reads += 1;
      return store.statuses.statusesOf(customerId);
    },
  };
  const criteria: Criterion = { field: "sale.sold.total", op: ">", value: 15 };
  const given = newMonitorSchema.parse({ name: "Many sales", ownerType: "company", criteria });
  await store.monitors.create(newMonitor(monitorIdSchema.parse("many-sales"), given));
  const now = toInstant(Date.parse(`${today}T12:00:00Z`));
  const cpu = process.cpuUsage();
  const newId = () => `regenerated${(ids += 1)}`;
  const { written } = await settleChanged({
    tenant,
    catalog,
    store: { ...store, nightly, statuses },
    now,
    newId,
  });
  const { user, system } = process.cpuUsage(cpu);
  return { reads, written, cpu: (user + system) / 1000 };
}
