import type { BulkOperationPort } from "../bulk-engine/bulk-operation-port.ts";
import type { DealOperation, DealOperationChunk } from "./change-deals.ts";
import type { DealChange } from "../deals/deal-store.ts";
import type { OperationId } from "../platform/ids.ts";
import type { AudienceOperation, AudienceChunk } from "./add-audience.ts";
import type { QueuedLead } from "../leads/queued-lead.ts";

/** Bulk operations on an audience. */
export interface AudienceOperations extends BulkOperationPort<AudienceOperation, AudienceChunk> {
  readonly open: () => Promise<readonly OperationId[]>;
  /**
   * Stores a piece of a frozen audience as leads and advances the operation, in one transaction; `false` when another
   * process advanced it, or one of its contacts changed meanwhile.
   */
  readonly saveLeads: (
    leads: readonly QueuedLead[],
    chunk: AudienceChunk,
    operation: AudienceOperation,
    before: AudienceOperation,
  ) => Promise<boolean>;
}

/** Bulk operations on deals. */
export interface DealOperationStore extends BulkOperationPort<DealOperation, DealOperationChunk> {
  /**
   * Changes a piece of the operation's deals and advances it, in one transaction; `false` when another process changed
   * either.
   */
  readonly saveDeals: (
    changes: readonly DealChange[],
    chunk: DealOperationChunk,
    operation: DealOperation,
    before: DealOperation,
  ) => Promise<boolean>;
}
