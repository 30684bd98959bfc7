import { type AddressRecord, type SuppressionReason, suppressionText } from "@regulars/core/notifications/suppression";
import { type Result, refuse } from "@regulars/core/platform/result";
import type { Instant } from "@regulars/core/platform/values";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { liftSuppression } from "@regulars/flows/notifications/note-mail-event";
import type { OpenTenant } from "../page/open-tenant.ts";

/** The addresses of a tenant that get no mail. */
export interface SuppressionsPage {
  readonly tenant: Tenant;
  readonly rows: readonly ShownSuppression[];
  /** Where the next addresses begin. */
  readonly next: string | undefined;
}

interface ShownSuppression {
  readonly address: string;
  readonly at: Instant;
  readonly reason: SuppressionReason;
  readonly why: string;
  /** Whose address it is, by name. */
  readonly users: readonly string[];
}

const ROWS = 100;

/** Suppressed addresses in the order of the alphabet, after one. */
export async function readSuppressions(
  { tenant, store, whole, words }: OpenTenant,
  after: string | undefined,
): Promise<SuppressionsPage> {
  const { records, next } = await whole.suppressions.page({ limit: ROWS, after });
  const users = await store.users();
  const shown = ({ address, suppressed }: AddressRecord): ShownSuppression[] => {
    if (suppressed === undefined) return [];
    const { at, reason } = suppressed;
    const whose = users.filter(({ email }) => email?.toLowerCase() === address).map(({ name }) => name);
    return [{ address, at, reason, why: words.refused(suppressionText(suppressed)), users: whose }];
  };
  return { tenant, rows: records.flatMap(shown), next };
}

/** Mail goes to an address again, as the viewer says. */
export async function liftOnPage(
  { whole, by }: OpenTenant,
  address: unknown,
  now: Instant,
): Promise<Result<AddressRecord>> {
  if (typeof address !== "string" || address === "") return refuse("not-suppressed", "name the address");
  return liftSuppression({ suppressions: whole.suppressions, address, by, now });
}
