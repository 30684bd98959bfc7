import type { LocalSystem, OpenedTenant } from "@regulars/local/system";
import { keysOf } from "@regulars/store/keys";
import { noUsage } from "@regulars/store/engine/table";
import { wireBytes, wirePages } from "@regulars/store/engine/wire";

/** Bytes and read units of reading a tenant's stored records once, counted from the responses. */
export interface Weight {
  readonly chunkBytes: number;
  readonly readRequestUnits: number;
}

/** Reads every record as a nightly run does and adds up the history chunks. */
export async function weigh(system: LocalSystem, { tenant, store }: OpenedTenant): Promise<Weight> {
  const keys = keysOf(tenant.tenantId);
  const usage = noUsage();
  let chunkBytes = 0;
  for (const shard of store.shards) {
    const pages = wirePages(
      system.runtime.table,
      { KeyConditionExpression: "pk = :pk", ExpressionAttributeValues: { ":pk": { S: keys.shard(shard) } } },
      usage,
    );
    for await (const items of pages)
      for (const item of items) if (item["sk"]?.S?.includes("#H#") === true) chunkBytes += wireBytes(item["v"]).length;
  }
  return { chunkBytes, readRequestUnits: usage.readRequestUnits };
}
