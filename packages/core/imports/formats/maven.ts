import type { Currency } from "../../platform/values.ts";
import type { FileFormat } from "../file-format.ts";

/** A name as an id: "Darcel Schlecht" is "darcel-schlecht". */
export const idOfName = (name: string): string =>
  name
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "")
    .slice(0, 64);

/** sales_teams.csv of the Maven CRM sales opportunities: agents become users of their manager's team. */
export const mavenTeams: FileFormat = {
  id: "maven",
  kind: "users",
  required: ["sales_agent"],
  columns: ["sales_agent", "manager", "regional_office"],
  numbers: [],
  dates: [],
  map: (record) => ({
    record: {
      userId: idOfName(record["sales_agent"] ?? ""),
      name: record["sales_agent"] ?? "",
      role: "rep",
      teamId: idOfName(record["manager"] ?? ""),
      territoryId: record["regional_office"] ?? "",
    },
  }),
};

/** accounts.csv of the same dataset: accounts become customers. */
export const mavenAccounts: FileFormat = {
  id: "maven",
  kind: "customers",
  required: ["account"],
  columns: ["account", "sector", "year_established", "revenue", "employees", "office_location", "subsidiary_of"],
  numbers: [],
  dates: [],
  currency: "USD" as Currency,
  map: (record) => ({
    record: {
      customerId: idOfName(record["account"] ?? ""),
      name: record["account"] ?? "",
      category: record["sector"] ?? "",
    },
  }),
};
