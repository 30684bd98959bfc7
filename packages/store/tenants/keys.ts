import { type InFamily, type Key, PLATFORM } from "../engine/key.ts";

export const tenantsKeys = (inFamily: InFamily) => ({
  tenant: (): Key => ({ pk: inFamily("CONFIG"), sk: "TENANT" }),
  /** The changes of settings, by instant; `unique` distinguishes those of one instant. */
  settingsChanges: (): string => inFamily("SETTINGS"),
  settingsChange: (at: string, unique: string): Key => ({ pk: inFamily("SETTINGS"), sk: `${at}#${unique}` }),
  schedule: (): Key => ({ pk: inFamily("CONFIG"), sk: "SCHEDULE" }),
});

/** GSI2: every tenant by the time its next nightly run is due. */
export const tenantsDue = (): string => `${PLATFORM}DUE`;
