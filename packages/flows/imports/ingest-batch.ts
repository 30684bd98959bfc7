import { type IngestKind, MAX_BATCH_ITEMS } from "@regulars/core/imports/ingest-schemas";
import type { ImportStore } from "@regulars/core/imports/import-store";
import { intakeOf } from "@regulars/core/imports/intake";
import type { Instant } from "@regulars/core/platform/values";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { BatchProgress, ItemResult } from "./ingest-items.ts";
import { importPipelines } from "./import-kinds.ts";

interface BatchInput {
  readonly tenant: Tenant;
  /** What is dated too far after it is rejected. */
  readonly now: Instant;
  readonly kind: IngestKind;
  /** At most `MAX_BATCH_ITEMS`, as sent; the caller has checked the number. */
  readonly items: readonly unknown[];
  readonly imports: ImportStore;
  /** Of a batch that may have been interrupted. */
  readonly progress?: BatchProgress | undefined;
}

/** The results of a batch's items, in their order. */
export interface BatchReport {
  readonly results: readonly ItemResult[];
}

/**
 * Imports a batch of JSON items, each independently: an invalid one is rejected with all its errors and does not affect
 * the others. An item has the fields of a file's row of the kind; an order has its lines. Fields that an item of a
 * record (user, customer, person, item, project, lead) does not have keep their stored value, and `null` clears it;
 * documents (orders, invoices, …) are replaced whole. The same batch again changes nothing. The caller sends a
 * `rebuild` message for the tenant afterwards, so that the next reader of the customers' histories need not rebuild
 * them.
 */
export async function ingestBatch({ tenant, now, kind, items, imports, progress }: BatchInput): Promise<BatchReport> {
  if (items.length > MAX_BATCH_ITEMS)
    throw new Error(`a batch has at most ${MAX_BATCH_ITEMS} items, this one ${items.length}`);
  return { results: await importPipelines[kind].ingest(items, intakeOf(tenant, now), imports, progress) };
}
