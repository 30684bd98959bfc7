import { rowAs } from "@regulars/core/platform/unreadable-row";
import { type TenantMeasures, tenantMeasuresSchema } from "@regulars/core/insights/tenant-measures";
import type { Keys } from "../keys.ts";
import type { Operations } from "../engine/operations.ts";
import { mustBeNew } from "../engine/own-write.ts";

/** What a tenant's past tells about any customer, kept by month. */
export class Measures {
  readonly #operations: Operations;
  readonly #keys: Keys;

  constructor(operations: Operations, keys: Keys) {
    this.#operations = operations;
    this.#keys = keys;
  }

  async of(month: string): Promise<TenantMeasures | undefined> {
    const item = await this.#operations.get(this.#keys.measuresOf(month));
    return item === undefined ? undefined : rowAs(tenantMeasuresSchema, item);
  }

  /** Keeps a month's measures, and returns those that are kept: what is there stays. */
  async keep(measures: TenantMeasures): Promise<TenantMeasures> {
    const isNew = await this.#operations.transact([
      { Put: { Item: { ...this.#keys.measuresOf(measures.month), ...measures }, ...mustBeNew } },
    ]);
    return isNew ? measures : ((await this.of(measures.month)) ?? measures);
  }

  /** The months that have any, oldest first. */
  async months(): Promise<readonly string[]> {
    const months: string[] = [];
    for await (const item of this.#operations.partition(this.#keys.measures())) months.push(String(item["sk"]));
    return months;
  }

  async replace(measures: TenantMeasures): Promise<void> {
    await this.#operations.put({ ...this.#keys.measuresOf(measures.month), ...measures });
  }
}
