import type { Day, UserId } from "../platform/values.ts";
import type { Json, Level, Outcome, State } from "./finding.ts";
import type { Dismissal } from "./dismissal.ts";
import type { Subject } from "./subject.ts";

/** A finding as stored: its facts change only by events, level and state may change by the calendar. */
export interface StoredFinding {
  readonly kind: string;
  readonly subject: Subject;
  readonly repId?: UserId | undefined;
  readonly level: Level;
  readonly state: State;
  readonly episode: string;
  readonly facts: Json;
  /** The night's day on which it was first found. */
  readonly foundOn: Day;
  /** The night's day on which it reached what is pushed, in this episode. */
  readonly reachedOn?: Day | undefined;
  /** People have set it aside, for now or for good. */
  readonly dismissal?: Dismissal | undefined;
}

/** What became of a finding: kept, so that outcomes can be counted. */
export interface EndedFinding extends Pick<
  StoredFinding,
  "kind" | "subject" | "repId" | "level" | "episode" | "foundOn"
> {
  /** The night's day on which it was found no more. */
  readonly endedOn: Day;
  readonly outcome: Outcome;
}
