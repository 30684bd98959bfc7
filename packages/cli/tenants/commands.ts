import { tenantActions } from "./actions.ts";
import type { TenantsOptions } from "./tenants.ts";
import { editions } from "@regulars/core/tenants/tenant";
import type { Add } from "../system/add-command.ts";

/** The tenants of the installation. */
export function addTenantCommands(add: Add): void {
  add<TenantsOptions>(
    "tenants",
    {
      reads: ["list"],
      says: "Lists the tenants, creates one with its first admin, or removes one with all it has. A tenant is one company with its own data.",
      examples: [
        "tenants",
        "tenants create acme --time-zone Europe/Berlin --currency EUR --admin ada",
        "tenants remove acme --yes acme",
      ],
    },
    async (session, options, given) => (await import("./tenants.ts")).tenantsCommand(session, options, given),
  )
    .argument("[action]", `what to do: ${tenantActions.join(", ")}`, "list")
    .argument("[id]", "the tenant's id")
    .option("--name <name>", "its name; default: its id")
    .option("--time-zone <zone>", "its time zone, like Europe/Berlin", "UTC")
    .option("--currency <code>", "its base currency", "EUR")
    .option("--edition <edition>", `its edition: ${editions.join(", ")}`, "enterprise")
    .option("--admin <user>", "id of its first admin")
    .option("--admin-email <address>", "the admin's e-mail address")
    .option("--yes <id>", "remove: the tenant's id once more, instead of typing it");
}
