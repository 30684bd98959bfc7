import type { Customer } from "@regulars/core/customers/customer";
import type { InsightCatalog } from "@regulars/core/insights/insight-catalog";
import type { MonitorStore } from "@regulars/core/monitors/monitor-store";
import type { OwnerType } from "@regulars/core/monitors/owner";
import type { Preview } from "@regulars/core/monitors/preview";
import type { ItemError } from "@regulars/core/platform/field-error";
import { refuse } from "@regulars/core/platform/result";
import type { Day, Instant } from "@regulars/core/platform/values";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { CustomersAfter } from "./criteria-context.ts";
import type { CriteriaInput } from "./prepare-criteria.ts";
import { previewCriteria } from "./preview-criteria.ts";
import { readGivenCriteria } from "./read-given-criteria.ts";
import { type MonitorResult, findMonitor } from "./save-monitor.ts";

interface PreviewInput {
  readonly tenant: Tenant;
  readonly catalog: Pick<InsightCatalog, "kinds">;
  readonly monitors: MonitorStore;
  readonly customersAfter: CustomersAfter;
  readonly nightly: CriteriaInput["nightly"];
  readonly statusId: string;
  /** As somebody wrote them; default: the saved ones. */
  readonly criteria?: unknown;
  /** What else was asked for: a status has both itself. */
  readonly ownerType?: OwnerType | undefined;
  readonly saved?: unknown;
  readonly canSee: (customer: Customer) => boolean;
  readonly asOf?: Day | undefined;
  readonly now: Instant;
}

/** What other criteria of a status would do before they are saved: who would enter and leave it. */
export async function previewMonitor(input: PreviewInput): Promise<MonitorResult<Preview & { readonly asOf: Day }>> {
  const { tenant, nightly, monitors, canSee, asOf, now } = input;
  const found = await findMonitor(input, input.statusId);
  if (!found.ok) return found;
  const { criteria: saved, ownerType, statusId, deletedAt, isActive } = found.value;
  const errors = contradictions(input, ownerType);
  if (errors.length > 0)
    return { ok: false, reason: "unusable-fields", message: `${statusId} has its own: see errors`, errors };
  const given = input.criteria ?? saved;
  if (given === undefined) return refuse("unusable-criteria", `${statusId} has no criteria yet: give some`);
  const read = await readGivenCriteria(input, given, { ownerType, statusId });
  if (!read.ok) return read;
  // Nobody has a status that is paused or deleted, so nobody could leave it.
  const isHeld = isActive && deletedAt === undefined;
  return previewCriteria({
    tenant,
    nightly,
    monitors,
    ...read.value,
    saved: isHeld ? saved : undefined,
    canSee,
    asOf,
    now,
  });
}

/** What was asked for beside the status, and is not as the status has it. */
const contradictions = (
  given: Pick<PreviewInput, "ownerType" | "saved">,
  ownerType: OwnerType,
): readonly ItemError[] => [
  ...(given.ownerType === undefined || given.ownerType === ownerType
    ? []
    : [
        {
          path: "ownerType",
          code: "bad-value",
          message: `${given.ownerType} does not go with a status of a ${ownerType}`,
        },
      ]),
  ...(given.saved === undefined || given.saved === null
    ? []
    : [{ path: "saved", code: "bad-value", message: "does not go with statusId: the status has saved criteria" }]),
];
