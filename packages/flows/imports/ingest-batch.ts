import { type IngestKind, MAX_BATCH_ITEMS } from "@regulars/core/imports/ingest-schemas";
import type { ImportStore } from "@regulars/core/imports/import-store";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { ItemResult } from "./ingest-items.ts";
import { importPipelines } from "./import-kinds.ts";

interface BatchInput {
  readonly tenant: Tenant;
  readonly kind: IngestKind;
  /** At most `MAX_BATCH_ITEMS`, as their sender wrote them; the door has seen to it. */
  readonly items: readonly unknown[];
  readonly imports: ImportStore;
}

/** What became of a batch's items, in their order. */
export interface BatchReport {
  readonly results: readonly ItemResult[];
}

/**
 * Brings a batch of JSON items into the store, each one evaluated by itself: one that cannot be used is rejected with
 * everything that is wrong with it and never stops the others. An item is what a file's row of the kind is, an order
 * with its lines. What an item of a record (user, customer, person, item, project, lead) does not name stays as it is
 * stored, and `null` clears it; documents (orders, invoices, …) are told whole. The same batch again changes nothing.
 *
 * Whoever calls it sends a `rebuild` message for the tenant afterwards, as an import does, so that the next reader of
 * the customers' histories is not the one that packs them.
 */
export async function ingestBatch({ tenant, kind, items, imports }: BatchInput): Promise<BatchReport> {
  if (items.length > MAX_BATCH_ITEMS)
    throw new Error(`a batch has at most ${MAX_BATCH_ITEMS} items, this one ${items.length}`);
  return { results: await importPipelines[kind].ingest(items, tenant, imports) };
}
