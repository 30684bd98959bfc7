import type { ReviewStore } from "@regulars/core/insights/review-store";
import type { Findings } from "./findings.ts";
import type { StoredFeedback } from "../insights/feedback.ts";
import type { Undos } from "../insights/undo.ts";

/** What people make of findings. */
export const reviewStore = (findings: Findings, feedback: StoredFeedback, undos: Undos): ReviewStore => ({
  saveDismissal: (finding, dismissal, companion) => findings.saveDismissal(finding, dismissal, companion),
  saveFeedback: (one, companion) => feedback.save(one, companion),
  feedback: () => feedback.all(),
  feedbackOn: (findingId, episode) => feedback.find(findingId, episode),
  undoOf: (findingId) => undos.find(findingId),
  noteUndo: (undo) => undos.note(undo),
  keepUndo: (undo) => undos.keep(undo),
  forgetUndo: (undo) => undos.forget(undo),
  putBack: (undo, finding) => undos.putBack(undo, finding),
});
