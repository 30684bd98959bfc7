import type { CompanionWrites } from "../platform/idempotency.ts";
import type { StoredFinding } from "./stored-finding.ts";
import type { Dismissal } from "./dismissal.ts";
import type { Feedback } from "./feedback.ts";

/** Dismissals and feedback that people give on findings. */
export interface ReviewStore {
  readonly saveDismissal: (
    finding: StoredFinding,
    dismissal: Dismissal | undefined,
    companion?: CompanionWrites,
  ) => Promise<void>;
  readonly saveFeedback: (feedback: Feedback, companion?: CompanionWrites) => Promise<void>;
  readonly feedback: () => AsyncIterable<Feedback>;
}
