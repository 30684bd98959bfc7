import type { ItemLink } from "@regulars/core/catalog/item-link";
import { faultOfLink } from "@regulars/core/catalog/link-rules";
import type { LinkStore } from "@regulars/core/code-red/link-store";
import type { ItemError } from "@regulars/core/platform/field-error";
import type { CompanionWritesOf } from "@regulars/core/platform/idempotency";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import type { SaveOutcome } from "@regulars/core/platform/save-counts";
import type { Tenant } from "@regulars/core/tenants/tenant";

interface SetInput {
  readonly tenant: Pick<Tenant, "codeRed">;
  readonly links: LinkStore;
  readonly link: ItemLink;
  readonly companionOf?: CompanionWritesOf<SaveOutcome>;
}

/** Adds a link between two items, or replaces it whole; the reason is that of the import for the same fault. */
export async function setLink({ tenant, links, link, companionOf }: SetInput): Promise<Result<SaveOutcome>> {
  const fault = faultOfLink(link, tenant);
  if (fault !== undefined) return refusedLink(fault);
  const saved = await links.set(link, companionOf);
  return "fault" in saved ? refusedLink(saved.fault) : ok(saved.outcome);
}

const refusedLink = (fault: ItemError): Result<never> & { readonly errors: readonly ItemError[] } => ({
  ...refuse(fault.code === "unknown-item" ? "item-not-known" : fault.code, fault.message),
  errors: [fault],
});
