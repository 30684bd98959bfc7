import { type Piece, advance } from "@regulars/core/bulk-engine/bulk-operation";
import {
  type ActionMember,
  type ActionResult,
  type SelectionOperation,
  actionCounters,
} from "@regulars/core/monitors/selection-action";
import type { SelectionOperations } from "@regulars/core/monitors/selection-store";
import type { Effects } from "@regulars/core/platform/effects";
import type { OperationId } from "@regulars/core/platform/ids";
import type { Result } from "@regulars/core/platform/result";
import { toInstant } from "@regulars/core/platform/values";
import { type BulkKind, runBulkOperation } from "../bulk-engine/run-bulk-operation.ts";
import { type ActionContext, makeFollowUps } from "./act-on-member.ts";
import { MailedSoFar } from "./mailed-so-far.ts";
import { sendMailing } from "./send-mailing.ts";

/** Members between two saves of the progress: after a crash so many are done again, which changes nothing. */
const PIECE = 25;

interface RunInput {
  readonly context: ActionContext;
  readonly operations: SelectionOperations;
  readonly operationId: OperationId;
  readonly effects: Pick<Effects, "wait" | "random">;
  readonly isEnough?: (() => boolean) | undefined;
}

/**
 * Continues an action until it is done or it is enough. What it does for a member hangs on the operation and the member,
 * so that each is done once, however often it is interrupted.
 */
export function runAction({
  context,
  operations,
  operationId,
  effects,
  isEnough,
}: RunInput): Promise<Result<SelectionOperation>> {
  const mailed = new MailedSoFar((page) => operations.chunk(operationId, page));
  const kind: BulkKind<SelectionOperation, ActionMember, ActionResult> = {
    pieceSize: PIECE,
    find: (id) => operations.find(id),
    chunk: (id, chunk) => operations.chunk(id, chunk),
    work: async (piece: Piece<SelectionOperation, ActionMember, ActionResult>) => {
      const { asked } = piece.operation;
      const results =
        asked.action === "mailing"
          ? await sendMailing(context, piece, asked, mailed)
          : await makeFollowUps(context, piece, asked);
      const after = advance(piece, results, actionCounters, toInstant(context.clock()));
      return operations.advance(after.chunk, after.operation, piece.operation);
    },
  };
  return runBulkOperation(kind, operationId, effects, isEnough);
}
