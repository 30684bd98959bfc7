import type { CompanionWrites } from "../platform/idempotency.ts";
import type { OperationId } from "../platform/ids.ts";

/** What the stores of all kinds of bulk operations have in common; each adds how a piece's effects are saved. */
export interface BulkOperationPort<Operation, Chunk> {
  readonly start: (operation: Operation, companion?: CompanionWrites) => Promise<boolean>;
  readonly saveChunk: (operationId: OperationId, chunk: Chunk) => Promise<void>;
  readonly find: (operationId: OperationId) => Promise<Operation | undefined>;
  readonly chunk: (operationId: OperationId, chunk: number) => Promise<Chunk | undefined>;
}
