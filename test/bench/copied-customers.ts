import type { CustomerId, TenantId } from "@regulars/core/platform/values";
import type { LocalSystem } from "@regulars/local/system";
import { Operations } from "@regulars/store/engine/operations";
import type { StoredItem } from "@regulars/store/engine/own-write";
import { noUsage } from "@regulars/store/engine/table";
import { keysOf } from "@regulars/store/keys";
import { inParallel } from "../fixtures/sales-plan.ts";

const AT_ONCE = 8;
const BATCH = 100;

/**
 * Stores further customers as copies of the packed years of those that were imported, in turn: a night reads nothing
 * else of them, and many millions of lines are stored in minutes.
 */
export async function copyCustomers(
  { runtime }: LocalSystem,
  tenantId: TenantId,
  { imported, copies }: { readonly imported: readonly CustomerId[]; readonly copies: readonly CustomerId[] },
): Promise<void> {
  const operations = new Operations(runtime.table, noUsage());
  const keys = keysOf(tenantId);
  const originals: { readonly rest: string; readonly attributes: StoredItem }[][] = [];
  for (const customerId of imported) {
    const { pk, prefix } = keys.snapshot(customerId);
    const parts = [];
    // Without what lists find them by: a copy is not in them.
    for await (const { pk: _pk, sk, g1p: _list, g1s: _place, ...attributes } of operations.partition(pk, prefix))
      parts.push({ rest: String(sk).slice(prefix.length), attributes });
    originals.push(parts);
  }
  const copy = (customerId: CustomerId, i: number) => {
    const { pk, prefix } = keys.snapshot(customerId);
    return (originals[i % originals.length] ?? []).map(({ rest, attributes }) => ({
      ...attributes,
      ...("customerId" in attributes ? { customerId } : {}),
      pk,
      sk: prefix + rest,
    }));
  };
  await inParallel(Math.ceil(copies.length / BATCH), AT_ONCE, async (batch) => {
    const from = batch * BATCH;
    await operations.batchPut(copies.slice(from, from + BATCH).flatMap((customerId, i) => copy(customerId, from + i)));
  });
}
