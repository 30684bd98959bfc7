import type { Cells } from "./catalogue.ts";
import type { Territory } from "./customer-book.ts";

/** The wholesaler itself. */
export const demoTenant = {
  tenantId: "demo",
  name: "Havgaard Foodservice",
  timeZone: "Europe/Copenhagen",
  currency: "EUR",
  /** GP% is shown in the demo. */
  priceEditing: true,
} as const;

/** The reps with their territories. Phone numbers are from the ranges that Sweden reserves for fiction. */
export const repOf: Readonly<Record<Territory, string>> = {
  copenhagen: "u-freja",
  zealand: "u-mikkel",
  skane: "u-elin",
};

export const managerId = "u-henrik";
/** The admin. */
export const adminId = "u-astrid";

const userRow = (userId: string, name: string, role: string, territoryId: string, line: string): Cells => ({
  userId,
  name,
  email: `${userId.slice(2)}@havgaard.example`,
  phone: `+46 8 465 004 ${line}`,
  role,
  teamId: "oresund",
  territoryId,
  timeZone: territoryId === "skane" ? "Europe/Stockholm" : demoTenant.timeZone,
  slackUserId: `U0DEMO${line}${userId.slice(2).toUpperCase()}`,
});

/** Rows of the users file: three reps, their manager and the admin. */
export const userRecords = (): Cells[] => [
  userRow(repOf.copenhagen, "Freja Lindqvist", "rep", "copenhagen", "11"),
  userRow(repOf.zealand, "Mikkel Damgaard", "rep", "zealand", "12"),
  userRow(repOf.skane, "Elin Åkerblad", "rep", "skane", "13"),
  userRow(managerId, "Henrik Vestergren", "manager", "", "10"),
  userRow(adminId, "Astrid Havgaard", "admin", "", "14"),
];
