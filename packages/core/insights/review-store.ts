import type { StoredFinding } from "./stored-finding.ts";
import type { Dismissal } from "./dismissal.ts";
import type { Feedback } from "./feedback.ts";

/** Where people say what they think of findings. */
export interface ReviewStore {
  readonly saveDismissal: (finding: StoredFinding, dismissal: Dismissal | undefined) => Promise<void>;
  readonly saveFeedback: (feedback: Feedback) => Promise<void>;
  readonly feedback: () => AsyncIterable<Feedback>;
}
