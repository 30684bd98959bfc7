import type { History } from "../snapshots/history.ts";
import type { FormerFinding, ResolvedFinding, StoredFinding } from "./stored-finding.ts";
import { fnv1a } from "../platform/hash.ts";
import type { Day } from "../platform/values.ts";
import type { ConfiguredKind } from "./define.ts";
import { type Json, findingId, isSelected } from "./finding.ts";
import type { EvaluatedFinding } from "./evaluate.ts";

/** What a nightly run changes at a customer. A run that finds what is already stored changes nothing. */
export interface FindingDiff {
  readonly put: readonly StoredFinding[];
  readonly remove: readonly FormerFinding[];
  /** Found now and not stored before. */
  readonly added: readonly EvaluatedFinding[];
  readonly ongoing: readonly EvaluatedFinding[];
  /** Open findings that reached `high` with this run: each becomes an alert. */
  readonly reached: readonly EvaluatedFinding[];
}

/** Compares the stored findings with those of a day. */
export function diffFindings(
  stored: readonly FormerFinding[],
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
 * The day of the nightly run in which a finding first reached `high`, in its episode: a level that was left and
 * reached again is no news. It is stored, so that after an
 * interrupted run the next one sends the alert. A finding that was already carried forward when first stored is not
 * alerted.
 */
export function reachedOn(former: FormerFinding | undefined, finding: EvaluatedFinding, asOf: Day): Day | undefined {
  const told = former?.episode === finding.episode ? former.reachedOn : undefined;
  if (told !== undefined || !isSelected(finding) || wasSelected(former, finding)) return told;
  return finding.ruleHeldUntil !== undefined && former === undefined ? undefined : asOf;
}

/** The outcome of a stored finding that is no longer found. */
export function findingOutcomeOf(
  stored: FormerFinding,
  kinds: readonly ConfiguredKind[],
  history: History,
  asOf: Day,
): ResolvedFinding {
  const { kind, subject, repId, level, episode, foundOn, facts } = stored;
  const known = facts === undefined ? undefined : kinds.find(({ id }) => id === kind);
  const outcome = known?.outcome(facts, history) ?? "resolved";
  return { kind, subject, repId, level, episode, foundOn, resolvedOn: asOf, outcome };
}

/** A new episode of the same finding is alerted again. */
const wasSelected = (former: FormerFinding | undefined, finding: EvaluatedFinding): boolean =>
  former !== undefined && isSelected(former) && former.episode === finding.episode;

/** A finding as it is stored after a nightly run. */
export const storedForm = (finding: EvaluatedFinding, former: FormerFinding | undefined, asOf: Day): StoredFinding => ({
  kind: finding.kind,
  subject: finding.subject,
  repId: finding.repId,
  level: finding.level,
  state: finding.state,
  episode: finding.episode,
  facts: finding.facts,
  foundOn: former?.foundOn ?? asOf,
  reachedOn: reachedOn(former, finding, asOf),
  told: former?.episode === finding.episode ? former.told : undefined,
  dismissal: finding.dismissal,
});

function isSame(a: FormerFinding, b: StoredFinding): boolean {
  return (
    a.level === b.level &&
    a.state === b.state &&
    a.repId === b.repId &&
    a.episode === b.episode &&
    a.reachedOn === b.reachedOn &&
    a.dismissal?.at === b.dismissal?.at &&
    a.told?.on === b.told?.on &&
    (a.facts === undefined ? a.factsCheck === checkOf(b.facts) : isSameJson(a.facts, b.facts))
  );
}

/** A short text that tells facts from others. */
export function checkOf(facts: Json): string {
  const text = canonical(facts);
  return `${text.length.toString(36)}.${fnv1a(text).toString(36)}`;
}

/** JSON with sorted names: the store does not keep their order. */
export function canonical(value: Json | undefined): string {
  if (value === undefined) return "";
  if (typeof value === "string") return NEEDS_NO_ESCAPE.test(value) ? `"${value}"` : JSON.stringify(value);
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (isList(value)) return `[${value.map((one) => canonical(one)).join(",")}]`;
  let text = "{";
  for (const name of sortedNames(value)) {
    const one = value[name];
    if (one !== undefined) text += `${text.length === 1 ? "" : ","}${quoted(name)}:${canonical(one)}`;
  }
  return `${text}}`;
}

const NEEDS_NO_ESCAPE = /^[ !#-[\]-\ud7ff]*$/;

/** In place, one after the other: a night sorts the names of every finding's facts, which are few. */
function sortedNames(value: object): readonly string[] {
  const names = Object.keys(value);
  if (names.length > MOST_IN_PLACE) return names.toSorted();
  for (let i = 1; i < names.length; i += 1) {
    const name = names[i] ?? "";
    let at = i;
    for (; at > 0 && (names[at - 1] ?? "") > name; at -= 1) names[at] = names[at - 1] ?? "";
    names[at] = name;
  }
  return names;
}

const MOST_IN_PLACE = 40;

const MOST_NAMES = 1_000;
const quotedNames = new Map<string, string>();

/** A name in quotes, found again: a night writes the facts of every finding, and most have the same names. */
function quoted(name: string): string {
  const known = quotedNames.get(name);
  if (known !== undefined) return known;
  const text = JSON.stringify(name);
  if (quotedNames.size < MOST_NAMES) quotedNames.set(name, text);
  return text;
}

/** Whether two values have the same canonical JSON. */
export function isSameJson(a: Json, b: Json): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return isAbsent(a) && isAbsent(b);
  if (isList(a) || isList(b))
    return isList(a) && isList(b) && a.length === b.length && a.every((one, i) => isSameJson(one, b[i] ?? null));
  return isPartOf(a, b) && isPartOf(b, a);
}

type JsonObject = { readonly [name: string]: Json | undefined };

function isPartOf(a: JsonObject, b: JsonObject): boolean {
  for (const name in a) {
    const [one, other] = [a[name], b[name]];
    if (one !== undefined && (other === undefined || !isSameJson(one, other))) return false;
  }
  return true;
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

/** JSON has no number that is not finite: it writes null. */
const isAbsent = (value: Json): boolean => value === null || (typeof value === "number" && !Number.isFinite(value));
