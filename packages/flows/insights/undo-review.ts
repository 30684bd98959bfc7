import { parseFindingId } from "@regulars/core/insights/finding";
import type { ReviewStore } from "@regulars/core/insights/review-store";
import { type Undo, UNDO_SECONDS, mayUndo } from "@regulars/core/insights/undo";
import type { RecordStore } from "@regulars/core/imports/record-store";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import type { Instant } from "@regulars/core/platform/values";

interface UndoInput {
  readonly review: Pick<ReviewStore, "undoOf" | "forgetUndo" | "putBack">;
  readonly records: Pick<RecordStore, "remove">;
  readonly findingId: string;
  /** Who undoes, as logs have them. */
  readonly by: string;
  readonly now: Instant;
}

/** The last action on a finding, if who asks may still undo it. */
export async function undoable({ review, findingId, by, now }: Omit<UndoInput, "records">): Promise<Undo | undefined> {
  const undo = await review.undoOf(findingId);
  return undo !== undefined && mayUndo(undo, by, now) ? undo : undefined;
}

/** Puts back exactly what the last action on a finding changed, once, by its author and within ten seconds. */
export async function undoReview(input: UndoInput): Promise<Result<Undo>> {
  const { review, records, findingId } = input;
  const undo = await undoable(input);
  const address = parseFindingId(findingId);
  if (undo === undefined || address === undefined)
    return refuse(
      "nothing-to-undo",
      `there is nothing of yours to undo here any more: an action can be undone for ${UNDO_SECONDS} seconds, once`,
    );
  const { before } = undo;
  const isUndone =
    before.what === "contact"
      ? await records.remove("activities", before.activityId, review.forgetUndo(undo))
      : await review.putBack(undo, address);
  return isUndone
    ? ok(undo)
    : refuse(
        "changed-since",
        "somebody has changed this finding since: what is so now is shown, and nothing was undone",
      );
}
