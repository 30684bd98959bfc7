import type { CompanionWrites } from "../platform/idempotency.ts";
import type { FindingAddress } from "./finding.ts";
import type { StoredFinding } from "./stored-finding.ts";
import type { Dismissal } from "./dismissal.ts";
import type { Feedback } from "./feedback.ts";
import type { Undo } from "./undo.ts";

/** Dismissals and feedback that people give on findings. */
export interface ReviewStore {
  readonly saveDismissal: (
    finding: StoredFinding,
    dismissal: Dismissal | undefined,
    companion?: CompanionWrites,
  ) => Promise<void>;
  readonly saveFeedback: (feedback: Feedback, companion?: CompanionWrites) => Promise<void>;
  readonly feedback: () => AsyncIterable<Feedback>;
  readonly feedbackOn: (findingId: string, episode: string) => Promise<Feedback | undefined>;
  /** The last action on a finding that could be undone. */
  readonly undoOf: (findingId: string) => Promise<Undo | undefined>;
  /** Notes an action in its own transaction, or, for one that has none, before it. */
  readonly noteUndo: (undo: Undo) => CompanionWrites;
  readonly keepUndo: (undo: Undo) => Promise<void>;
  /** For the transaction that undoes: an action is undone once. */
  readonly forgetUndo: (undo: Undo) => CompanionWrites;
  /** Puts a dismissal or feedback back as it was; `false` when somebody has changed it since. */
  readonly putBack: (undo: Undo, finding: FindingAddress) => Promise<boolean>;
}
