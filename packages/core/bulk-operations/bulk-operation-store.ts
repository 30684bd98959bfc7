import type { CompanionWrites } from "../platform/idempotency.ts";
import type { DealOperation, DealOperationChunk } from "./change-deals.ts";
import type { DealChange } from "../deals/deal-store.ts";
import type { OperationId } from "../platform/ids.ts";
import type { AudienceOperation, AudienceChunk } from "./add-audience.ts";
import type { QueuedLead } from "../leads/queued-lead.ts";

/** Bulk operations on an audience. */
export interface AudienceOperations {
  readonly startOperation: (operation: AudienceOperation, companion?: CompanionWrites) => Promise<boolean>;
  readonly saveOperationChunk: (operationId: OperationId, chunk: AudienceChunk) => Promise<void>;
  readonly operation: (operationId: OperationId) => Promise<AudienceOperation | undefined>;
  readonly openOperations: () => Promise<readonly OperationId[]>;
  readonly operationChunk: (operationId: OperationId, chunk: number) => Promise<AudienceChunk | undefined>;
  /** Takes in a piece of a frozen audience and moves the job on, in one transaction; `false` when somebody else did, or a lead of it was overtaken. */
  readonly saveLeadsOfChunk: (
    leads: readonly QueuedLead[],
    chunk: AudienceChunk,
    operation: AudienceOperation,
    before: AudienceOperation,
  ) => Promise<boolean>;
}

/** Bulk operations on deals. */
export interface DealOperationStore {
  readonly startDealOperation: (operation: DealOperation, companion?: CompanionWrites) => Promise<boolean>;
  readonly saveDealOperationChunk: (operationId: OperationId, chunk: DealOperationChunk) => Promise<void>;
  readonly dealOperation: (operationId: OperationId) => Promise<DealOperation | undefined>;
  readonly dealOperationChunk: (operationId: OperationId, chunk: number) => Promise<DealOperationChunk | undefined>;
  /** Changes a piece of a job's deals and moves it on, in one transaction; `false` when somebody else changed either. */
  readonly saveDealPiece: (
    changes: readonly DealChange[],
    chunk: DealOperationChunk,
    operation: DealOperation,
    before: DealOperation,
  ) => Promise<boolean>;
}
