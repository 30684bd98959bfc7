import type { Finding } from "./finding.ts";

/** A finding as programs get it, from the command line and over HTTP (product.md, "--json shape of findings"). */
export function findingJson(finding: Finding) {
  const { id, kind, customerId, itemId, repId, level, atStakeMinor, currency, since, state, evidence } = finding;
  const { heldUntil, dismissedUntil } = finding;
  return {
    id,
    kind,
    customerId,
    itemId,
    repId: repId ?? null,
    level,
    atStakeMinor,
    currency,
    since,
    state,
    heldUntil,
    dismissedUntil,
    evidence,
  };
}
