import type { TenantId } from "./values.ts";

/** Encrypts a tenant's credentials for the table. What was sealed for one tenant cannot be opened for another. */
export interface Sealing {
  readonly seal: (tenantId: TenantId, text: string) => string;
  /** `undefined` when the text was not sealed for this tenant with one of the keys, as after a restore elsewhere. */
  readonly open: (tenantId: TenantId, sealed: string) => string | undefined;
}
