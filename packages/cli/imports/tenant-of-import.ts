import type { RawRecord } from "@regulars/core/imports/file-format";
import type { ImportStore } from "@regulars/core/imports/import-store";
import { isZone } from "@regulars/core/platform/period";
import { type Currency, type CustomerId, currencySchema } from "@regulars/core/platform/values";
import { type Tenant, tenantSchema } from "@regulars/core/tenants/tenant";
import { storeOfNewTenant } from "@regulars/flows/imports/stores-of-new-tenants";
import type { LocalSystem } from "@regulars/local/system";
import { UserError } from "@regulars/local/user-error";
import { checkedArgument } from "../arguments.ts";
import type { Session } from "../session.ts";

/** What somebody says of the tenant that an import makes. */
export interface TenantArguments {
  readonly currency?: string;
  readonly timeZone?: string;
}

/**
 * A tenant as the first import makes it, in the currency of `--currency`, else of the file, else EUR.
 */
export function newTenant(
  tenantId: Tenant["tenantId"],
  options: TenantArguments,
  fileCurrency: Currency | undefined,
): Tenant {
  const { zone, currency } = askedOf(options);
  const made = { tenantId, name: tenantId, timeZone: zone ?? "UTC", currency: currency ?? fileCurrency ?? "EUR" };
  return tenantSchema.parse({ ...made, edition: "enterprise" });
}

function askedOf({ timeZone: zone, currency }: TenantArguments) {
  if (zone !== undefined && !isZone(zone))
    throw new UserError(`--time-zone "${zone}" is not an IANA time zone like Europe/Berlin`);
  return {
    zone,
    currency: currency === undefined ? undefined : checkedArgument(currencySchema, "--currency", currency),
  };
}

interface TenantOfImport {
  readonly tenant: Tenant;
  readonly imports: ImportStore;
  /** Fills with the customers that the import changes; a new tenant has no statuses to settle for them. */
  readonly changedCustomers: ReadonlySet<CustomerId>;
}

/**
 * The tenant of an import and where its records go. The first document that can be used creates it.
 */
export async function tenantFor(
  session: Session,
  system: LocalSystem,
  tenantId: Tenant["tenantId"],
  options: TenantArguments,
  fileCurrency: Currency | undefined,
): Promise<TenantOfImport> {
  const { zone, currency: asked } = askedOf(options);
  const known = await system.directory.find(tenantId);
  if (known === undefined) {
    const tenant = newTenant(tenantId, options, fileCurrency);
    const imports = storeOfNewTenant(async () => {
      await system.makeTenant(tenant);
      session.note(`created the tenant ${tenantId}: time zone ${tenant.timeZone}, amounts in ${tenant.currency}\n`);
      return (await system.openTenant(tenantId)).store.imports;
    });
    return { tenant, imports, changedCustomers: new Set() };
  }
  for (const [what, given, stored] of [
    ["--time-zone", zone, known.timeZone],
    ["--currency", asked, known.currency],
  ])
    if (given !== undefined && given !== stored)
      throw new UserError(
        `tenant ${tenantId} has ${what} ${stored} since its first import; ${given} would need a new tenant`,
      );
  const { imports, changedCustomers } = (await system.openTenant(tenantId)).store;
  return { tenant: known, imports, changedCustomers };
}

/** The currency in the file's first row, if any. */
export const currencyOf = (first: RawRecord | undefined): Currency | undefined =>
  currencySchema.safeParse((first?.["currency"] ?? "").trim().toUpperCase()).data;
