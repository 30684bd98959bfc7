import { tenantNameSchema } from "@regulars/core/insights/tenant-settings";
import { isZone } from "@regulars/core/platform/period";
import { type Tenant, editions, tenantSchema } from "@regulars/core/tenants/tenant";
import { currencySchema, toInstant, userIdSchema } from "@regulars/core/platform/values";
import { createTenant } from "@regulars/flows/tenants/create-tenant";
import { UserError } from "@regulars/local/user-error";
import { checkedArgument, tenantArgument } from "../arguments.ts";
import { type Session, printJson, withExistingSystem, withSystem } from "../session.ts";
import { textTable } from "../text-table.ts";
import { removeTenantCommand } from "./remove-tenant.ts";
import { tenantActions } from "./actions.ts";

export interface TenantsOptions {
  readonly name?: string;
  readonly timeZone: string;
  readonly currency: string;
  readonly edition: string;
  readonly admin?: string;
  readonly adminEmail?: string;
  readonly yes?: string;
}

/** `regulars tenants [list|create ID|remove ID]`: lists all tenants, creates or removes one. For operators. */
export function tenantsCommand(
  session: Session,
  options: TenantsOptions,
  [action = "list", id]: readonly string[],
): Promise<number> {
  if (action === "list") return listTenants(session);
  if (action === "create") return makeTenant(session, options, id);
  if (action === "remove") return removeTenantCommand(session, id, options.yes);
  throw new UserError(`unknown action "${action}": choose one of ${tenantActions.join(", ")}`);
}

function listTenants(session: Session): Promise<number> {
  return withExistingSystem(session, async ({ directory }) => {
    const found = await Promise.all((await directory.list()).toSorted().map((tenantId) => directory.find(tenantId)));
    const tenants = found.filter((tenant) => tenant !== undefined);
    if (session.json) printJson(session, { tenants: tenants.map(tenantJson) });
    else if (tenants.length === 0)
      session.print(
        "There are no tenants yet. Create one: regulars tenants create ID. A first import creates one too.\n",
      );
    else
      session.print(
        `${textTable(
          ["TENANT", "NAME", "TIME ZONE", "CURRENCY", "PLAN"],
          tenants.map(({ tenantId, name, timeZone, currency, edition }) => [
            tenantId,
            name,
            timeZone,
            currency,
            edition,
          ]),
        )}\n`,
      );
    return 0;
  });
}

function makeTenant(session: Session, options: TenantsOptions, id: string | undefined): Promise<number> {
  if (id === undefined) throw new UserError("tenants create needs an id: regulars tenants create acme");
  const tenant = tenantOf(options, id);
  const adminId = options.admin === undefined ? undefined : checkedArgument(userIdSchema, "--admin", options.admin);
  if (adminId === undefined && options.adminEmail !== undefined)
    throw new UserError("--admin-email needs --admin, the admin's user id");
  return withSystem(session, async (system) => {
    const made = await createTenant({
      tenant,
      admin: adminId === undefined ? undefined : { userId: adminId, email: options.adminEmail },
      now: toInstant(system.runtime.clock()),
      make: system.makeTenant,
      directory: system.directory,
      usersOf: async (tenantId) => {
        const { imports, nightly } = (await system.openTenant(tenantId)).store;
        return { saveUsers: imports.saveUsers, users: nightly.users };
      },
    });
    if (!made.ok) throw new UserError(made.message);
    if (session.json) printJson(session, tenantJson(made.value));
    else
      session.print(
        `created the tenant ${tenant.tenantId}: time zone ${made.value.timeZone}, amounts in ${made.value.currency}\n`,
      );
    return 0;
  });
}

function tenantOf({ name, timeZone, currency, edition }: TenantsOptions, id: string): Tenant {
  if (!isZone(timeZone)) throw new UserError(`--time-zone "${timeZone}" is not an IANA time zone like Europe/Berlin`);
  const known = editions.find((one) => one === edition);
  if (known === undefined) throw new UserError(`--edition "${edition}" is not one of ${editions.join(", ")}`);
  const tenantId = tenantArgument(id);
  return tenantSchema.parse({
    tenantId,
    name: name === undefined ? tenantId : checkedArgument(tenantNameSchema, "--name", name),
    timeZone,
    currency: checkedArgument(currencySchema, "--currency", currency),
    edition: known,
  });
}

const tenantJson = ({ tenantId, name, timeZone, currency, locale, edition }: Tenant) => ({
  tenant: tenantId,
  name,
  timeZone,
  currency,
  locale,
  edition,
});
