import * as z from "zod";
import { textSchema } from "../platform/text.ts";
import { type Result, ok, refuse } from "../platform/result.ts";
import { type ReasonId, reasonIdSchema } from "../platform/ids.ts";
import type { Status } from "./status.ts";

/** The most characters of a clarification (docs/reference/sales-plans.md 5.12). */
export const MOST_CLARIFICATION = 500;

/** Why deals are lost: one list for all plans of a tenant. Archived reasons stay in history. */
export const refusalReasonSchema = z.strictObject({
  reasonId: reasonIdSchema,
  name: textSchema.pipe(z.string().max(100)),
  needsClarification: z.boolean().default(false),
  isArchived: z.boolean().default(false),
});
export type RefusalReason = Readonly<z.output<typeof refusalReasonSchema>>;

/** The reason and clarification given with a closing. */
export interface RefusalGiven {
  readonly reasonId?: ReasonId | undefined;
  readonly clarification?: string | undefined;
}

export type RefusalProblem =
  "reason-required" | "reason-not-offered" | "reason-not-allowed" | "clarification-required" | "clarification-too-long";

/** The reasons in use that a lost status offers: its own choice of them in its order, without one all. */
export function offeredReasons(
  { refusal }: Pick<Status, "refusal">,
  reasons: Iterable<RefusalReason>,
): readonly RefusalReason[] {
  const used = [...reasons].filter(({ isArchived }) => !isArchived);
  const chosen = refusal?.reasonIds ?? [];
  return chosen.length === 0 ? used : chosen.flatMap((id) => used.find(({ reasonId }) => reasonId === id) ?? []);
}

/**
 * Whether a deal may be closed into a status with this reason. Every way to close a deal uses this check: drag, list,
 * bulk operation, API and integration (docs/reference/sales-plans.md 5.12).
 */
export function checkRefusal(
  status: Status,
  { reasonId, clarification }: RefusalGiven,
  reasons: ReadonlyMap<ReasonId, RefusalReason>,
): Result<RefusalGiven, RefusalProblem> {
  const text = clarification?.toWellFormed().trim();
  if (text !== undefined && text.length > MOST_CLARIFICATION)
    return refuse("clarification-too-long", `a clarification has at most ${MOST_CLARIFICATION} characters`);
  if (status.kind !== "lost")
    return reasonId === undefined ? ok({}) : refuse("reason-not-allowed", `"${status.name}" takes no refusal reason`);
  if (reasonId === undefined) {
    if (status.refusal?.isRequired === true)
      return refuse("reason-required", `"${status.name}" needs one of its refusal reasons`);
    return ok(text === undefined || text === "" ? {} : { clarification: text });
  }
  const reason = offeredReasons(status, reasons.values()).find((one) => one.reasonId === reasonId);
  if (reason === undefined)
    return refuse("reason-not-offered", `"${status.name}" does not offer the reason ${reasonId}`);
  if (reason.needsClarification && (text === undefined || text === ""))
    return refuse("clarification-required", `the reason "${reason.name}" needs a clarification`);
  return ok(text === undefined || text === "" ? { reasonId } : { reasonId, clarification: text });
}
