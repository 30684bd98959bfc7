import type { History } from "../snapshots/history.ts";
import type { ResolvedFinding, StoredFinding } from "./stored-finding.ts";
import type { Day } from "../platform/values.ts";
import type { ConfiguredKind } from "./define.ts";
import { type Json, findingId, isSelected } from "./finding.ts";
import type { EvaluatedFinding } from "./evaluate.ts";

/** What a nightly run changes at a customer. A nightly run that finds what is stored changes nothing. */
export interface FindingDiff {
  readonly put: readonly StoredFinding[];
  readonly remove: readonly StoredFinding[];
  /** Found now and not stored before. */
  readonly added: readonly EvaluatedFinding[];
  readonly ongoing: readonly EvaluatedFinding[];
  /** Those that have reached what is pushed and had not before: each is an alert. */
  readonly reached: readonly EvaluatedFinding[];
}

/** Compares what is stored with what a day finds. */
export function diffFindings(
  stored: readonly StoredFinding[],
  evaluated: readonly EvaluatedFinding[],
  asOf: Day,
): FindingDiff {
  const before = new Map(stored.map((finding) => [findingId(finding), finding]));
  const now = new Set(evaluated.map((finding) => finding.id));
  const added = evaluated.filter((finding) => !before.has(finding.id));
  return {
    put: evaluated.flatMap((finding) => {
      const former = before.get(finding.id);
      const next = storedForm(finding, former, asOf);
      return former !== undefined && isSame(former, next) ? [] : [next];
    }),
    remove: stored.filter((finding) => !now.has(findingId(finding))),
    added,
    ongoing: evaluated.filter((finding) => before.has(finding.id)),
    reached: evaluated.filter((finding) => reachedOn(before.get(finding.id), finding, asOf) === asOf),
  };
}

/**
 * The nightly run's day on which a finding reached what is pushed, in its episode: kept with it, so that a nightly run that was cut
 * off is told by the next run. What was lost before anybody looked, and is only carried, is no news.
 */
export function reachedOn(former: StoredFinding | undefined, finding: EvaluatedFinding, asOf: Day): Day | undefined {
  if (!isSelected(finding)) return undefined;
  if (wasSelected(former, finding)) return former?.reachedOn;
  return finding.ruleHeldUntil !== undefined && former === undefined ? undefined : asOf;
}

/** What became of a stored finding that a day does not find any more. */
export function findingOutcomeOf(
  stored: StoredFinding,
  kinds: readonly ConfiguredKind[],
  history: History,
  asOf: Day,
): ResolvedFinding {
  const { kind, subject, repId, level, episode, foundOn, facts } = stored;
  const outcome = kinds.find(({ id }) => id === kind)?.outcome(facts, history) ?? "resolved";
  return { kind, subject, repId, level, episode, foundOn, resolvedOn: asOf, outcome };
}

/** A new episode of the same finding is news again. */
const wasSelected = (former: StoredFinding | undefined, finding: EvaluatedFinding): boolean =>
  former !== undefined && isSelected(former) && former.episode === finding.episode;

const storedForm = (finding: EvaluatedFinding, former: StoredFinding | undefined, asOf: Day): StoredFinding => ({
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
