import { findingId } from "@regulars/core/insights/finding";
import { subjectJson } from "@regulars/core/insights/finding-json";
import { forYouRefusal } from "@regulars/core/tenants/edition";
import type { ResolvedFinding } from "@regulars/core/insights/stored-finding";
import type { NightlyStore } from "@regulars/core/nightly/nightly-store";
import { type Result, ok } from "@regulars/core/platform/result";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { Day, FindingId } from "@regulars/core/platform/values";

/** A resolved finding, with its subject as JSON. */
interface ListedEnd extends Omit<ResolvedFinding, "subject">, ReturnType<typeof subjectJson> {
  readonly id: FindingId;
}

/** Findings that were resolved on a day or later, oldest first. */
export async function listResolved(
  tenant: Pick<Tenant, "edition">,
  store: Pick<NightlyStore, "resolvedSince">,
  since: Day,
): Promise<Result<readonly ListedEnd[]>> {
  const gated = forYouRefusal(tenant);
  if (gated !== undefined) return gated;
  const resolved = [];
  for await (const { kind, subject, ...one } of store.resolvedSince(since))
    resolved.push({ id: findingId({ kind, subject }), kind, ...subjectJson(subject), ...one });
  return ok(resolved);
}
