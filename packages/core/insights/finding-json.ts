import type { Finding } from "./finding.ts";
import { type Subject, customerIdOf, itemIdOf } from "./subject.ts";

/** What a finding is about, as programs get it: customers and items by their ids, any other subject with its type. */
export function subjectJson(subject: Subject) {
  const isOther = subject.type !== "customer" && subject.type !== "item";
  return {
    customerId: customerIdOf(subject),
    itemId: itemIdOf(subject),
    ...(isOther ? { subject: { type: subject.type, id: subject.id } } : {}),
  };
}

/** A finding as programs get it, from the command line and over HTTP (docs/reference/insights.md 1). */
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
