import {
  type BulkOperation,
  type BulkChunk,
  type Piece,
  nextPage,
  pieceOf,
} from "@regulars/core/bulk-engine/bulk-operation";
import type { OperationId } from "@regulars/core/platform/ids";
import { type Result, ok, refuse } from "@regulars/core/platform/result";

/**
 * What one kind of bulk operation does; everything else is the engine's. A new kind needs
 * - in core, its operation (`operationFields`, what was asked for, a counter per result state), member and result;
 * - a flow that freezes its members (`freezeMembers`), starts it (`newOperation`), and this description of its work;
 * - a `BulkOperations` store with its keys and schemas;
 * - a worker that calls `runBulkOperation` and sends itself the message again while the operation is not done.
 */
export interface BulkKind<Operation extends BulkOperation, Member, Outcome> {
  /** Most members of one transaction. */
  readonly pieceSize: number;
  readonly find: (operationId: OperationId) => Promise<Operation | undefined>;
  readonly chunk: (operationId: OperationId, chunk: number) => Promise<BulkChunk<Member, Outcome> | undefined>;
  /**
   * Processes a piece and saves its effects together with the page and operation from `advance`, in one transaction.
   * `false` if one of them was changed concurrently: then nothing is saved.
   */
  readonly work: (piece: Piece<Operation, Member, Outcome>) => Promise<boolean>;
  /** Called after each saved piece. */
  readonly afterPiece?: (operation: Operation) => Promise<unknown>;
  /** Called when this run stops, whether or not the operation is done. */
  readonly atEnd?: (operation: Operation) => Promise<unknown>;
}

interface Effects {
  readonly wait: (ms: number) => Promise<unknown>;
  readonly random: () => number;
}

/** Tries at one member before the operation counts as stuck. */
const MAX_TRIES = 8;
/** Longest wait before the next try, ms. */
const BACK_OFF_MS = 50;

/**
 * Continues an operation until it is done or `isEnough`. It may be interrupted at any time, and several processes may
 * run it at once: effects and progress are one transaction, so each member is processed once. Throws if a member cannot
 * be saved in eight tries.
 */
export async function runBulkOperation<Operation extends BulkOperation, Member, Outcome>(
  kind: BulkKind<Operation, Member, Outcome>,
  operationId: OperationId,
  { wait, random }: Effects,
  isEnough: () => boolean = () => false,
): Promise<Result<Operation>> {
  let [tries, stoodAt] = [0, -1];
  for (;;) {
    const operation = await kind.find(operationId);
    if (operation === undefined) return refuse("unknown-operation", `there is no bulk operation ${operationId}`);
    if (operation.state === "done" || isEnough()) {
      await kind.atEnd?.(operation);
      return ok(operation);
    }
    // Progress by another process is fine. If a member changes all the time, it is retried alone.
    tries = operation.next === stoodAt ? tries + 1 : 0;
    stoodAt = operation.next;
    if (tries > MAX_TRIES) throw new Error(`bulk operation ${operationId} is stuck at member ${operation.next + 1}`);
    const number = nextPage(operation);
    const chunk = await kind.chunk(operationId, number);
    if (chunk === undefined) throw new Error(`page ${number} of bulk operation ${operationId} is missing`);
    if (await kind.work(pieceOf(operation, chunk, tries === 0 ? kind.pieceSize : 1)))
      await kind.afterPiece?.(operation);
    else await wait(BACK_OFF_MS * random());
  }
}
