import type { CompanionWrites } from "../platform/idempotency.ts";
import type { DealOperation, DealOperationChunk } from "./change-deals.ts";
import type { DealChange } from "../deals/deal-store.ts";
import type { OperationId } from "../platform/ids.ts";
import type { AudienceOperation, AudienceChunk } from "./add-audience.ts";
import type { QueuedLead } from "../leads/queued-lead.ts";

/** Bulk operations on an audience. */
export interface AudienceOperations {
  readonly start: (operation: AudienceOperation, companion?: CompanionWrites) => Promise<boolean>;
  readonly saveChunk: (operationId: OperationId, chunk: AudienceChunk) => Promise<void>;
  readonly find: (operationId: OperationId) => Promise<AudienceOperation | undefined>;
  readonly open: () => Promise<readonly OperationId[]>;
  readonly chunk: (operationId: OperationId, chunk: number) => Promise<AudienceChunk | undefined>;
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
export interface DealOperationStore {
  readonly start: (operation: DealOperation, companion?: CompanionWrites) => Promise<boolean>;
  readonly saveChunk: (operationId: OperationId, chunk: DealOperationChunk) => Promise<void>;
  readonly find: (operationId: OperationId) => Promise<DealOperation | undefined>;
  readonly chunk: (operationId: OperationId, chunk: number) => Promise<DealOperationChunk | undefined>;
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
