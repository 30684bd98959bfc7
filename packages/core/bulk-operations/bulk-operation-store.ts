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
  /** Takes in a piece of a frozen audience and moves the job on, in one transaction; `false` when somebody else did, or a lead of it was overtaken. */
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
  /** Changes a piece of a job's deals and moves it on, in one transaction; `false` when somebody else changed either. */
  readonly saveDeals: (
    changes: readonly DealChange[],
    chunk: DealOperationChunk,
    operation: DealOperation,
    before: DealOperation,
  ) => Promise<boolean>;
}
