import { type InFamily, type Key, PLATFORM } from "../engine/key.ts";

export const tenantsKeys = (inFamily: InFamily) => ({
  tenant: (): Key => ({ pk: inFamily("CONFIG"), sk: "TENANT" }),
  schedule: (): Key => ({ pk: inFamily("CONFIG"), sk: "SCHEDULE" }),
});

/** GSI2: every tenant by the time its next nightly run is due. */
export const tenantsDue = (): string => `${PLATFORM}DUE`;
