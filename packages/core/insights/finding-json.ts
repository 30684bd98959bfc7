import type { Finding } from "./finding.ts";
import { type Subject, customerIdOf, itemIdOf } from "./subject.ts";

/**
 * A finding's subject in the JSON of the API and the command line: customers and items by their ids, other subjects
 * with their type.
 */
export function subjectJson(subject: Subject) {
  const isOther = subject.type !== "customer" && subject.type !== "item";
  return {
    customerId: customerIdOf(subject),
    itemId: itemIdOf(subject),
    ...(isOther ? { subject: { type: subject.type, id: subject.id } } : {}),
  };
}

/** A finding in the JSON of the API and the command line (docs/reference/insights.md 1). */
export function findingJson(finding: Finding) {
  const { id, kind, subject, repId, level, atStakeMinor, currency, since, state, evidence } = finding;
  const { ruleHeldUntil, dismissedUntil } = finding;
  return {
    id,
    kind,
    ...subjectJson(subject),
    repId: repId ?? null,
    level,
    atStakeMinor,
    currency,
    since,
    state,
    ruleHeldUntil,
    dismissedUntil,
    evidence,
  };
}
