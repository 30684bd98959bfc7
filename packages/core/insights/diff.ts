import type { History } from "../snapshots/history.ts";
import type { EndedFinding, StoredFinding } from "./stored-finding.ts";
import type { Day } from "../platform/values.ts";
import type { ConfiguredKind } from "./define.ts";
import { type Json, findingId, isPushed } from "./finding.ts";
import type { JudgedFinding } from "./evaluate.ts";

/** What a night changes at a customer. A night that finds what is stored changes nothing. */
export interface FindingDiff {
  readonly put: readonly StoredFinding[];
  readonly remove: readonly StoredFinding[];
  /** Found now and not stored before. */
  readonly fresh: readonly JudgedFinding[];
  readonly lasting: readonly JudgedFinding[];
  /** Those that have reached what is pushed and had not before: each is an alert. */
  readonly reached: readonly JudgedFinding[];
}

/** Compares what is stored with what a day finds. */
export function diffFindings(
  stored: readonly StoredFinding[],
  judged: readonly JudgedFinding[],
  asOf: Day,
): FindingDiff {
  const before = new Map(stored.map((finding) => [findingId(finding), finding]));
  const now = new Set(judged.map((finding) => finding.id));
  const fresh = judged.filter((finding) => !before.has(finding.id));
  return {
    put: judged.flatMap((finding) => {
      const former = before.get(finding.id);
      const next = storedForm(finding, former, asOf);
      return former !== undefined && isSame(former, next) ? [] : [next];
    }),
    remove: stored.filter((finding) => !now.has(findingId(finding))),
    fresh,
    lasting: judged.filter((finding) => before.has(finding.id)),
    reached: judged.filter((finding) => reachedOn(before.get(finding.id), finding, asOf) === asOf),
  };
}

/**
 * The night's day on which a finding reached what is pushed, in its episode: kept with it, so that a night that was cut
 * off is told by the next run. What was lost before anybody looked, and is only carried, is no news.
 */
export function reachedOn(former: StoredFinding | undefined, finding: JudgedFinding, asOf: Day): Day | undefined {
  if (!isPushed(finding)) return undefined;
  if (wasPushed(former, finding)) return former?.reachedOn;
  return finding.heldUntil !== undefined && former === undefined ? undefined : asOf;
}

/** What became of a stored finding that a day does not find any more. */
export function outcomeOf(
  stored: StoredFinding,
  kinds: readonly ConfiguredKind[],
  history: History,
  asOf: Day,
): EndedFinding {
  const { kind, subject, repId, level, episode, foundOn, facts } = stored;
  const outcome = kinds.find(({ id }) => id === kind)?.outcome(facts, history) ?? "resolved";
  return { kind, subject, repId, level, episode, foundOn, endedOn: asOf, outcome };
}

/** A new episode of the same finding is news again. */
const wasPushed = (former: StoredFinding | undefined, finding: JudgedFinding): boolean =>
  former !== undefined && isPushed(former) && former.episode === finding.episode;

const storedForm = (finding: JudgedFinding, former: StoredFinding | undefined, asOf: Day): StoredFinding => ({
  kind: finding.kind,
  subject: finding.subject,
  repId: finding.repId,
  level: finding.level,
  state: finding.state,
  episode: finding.episode,
  facts: finding.facts,
  foundOn: former?.foundOn ?? asOf,
  reachedOn: reachedOn(former, finding, asOf),
  dismissal: finding.dismissal,
});

function isSame(a: StoredFinding, b: StoredFinding): boolean {
  return (
    a.level === b.level &&
    a.state === b.state &&
    a.repId === b.repId &&
    a.episode === b.episode &&
    a.reachedOn === b.reachedOn &&
    a.dismissal?.at === b.dismissal?.at &&
    canonical(a.facts) === canonical(b.facts)
  );
}

/** JSON with names in order: the store does not keep their order. */
export function canonical(value: Json | undefined): string {
  return JSON.stringify(value, (_name, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
