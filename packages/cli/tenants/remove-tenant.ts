import { UserError } from "@regulars/local/user-error";
import { tenantArgument } from "../arguments.ts";
import { type Session, printJson, stoppedWith, withExistingSystem } from "../session.ts";

/** `regulars tenants remove ID`: removes a tenant with all that it has, once its id is typed again or given as `--yes`. */
export function removeTenantCommand(
  session: Session,
  id: string | undefined,
  yes: string | undefined,
): Promise<number> {
  if (id === undefined) throw new UserError("tenants remove needs the id of a tenant: regulars tenants remove acme");
  const tenantId = tenantArgument(id);
  return withExistingSystem(session, async (system, signal) => {
    const { tenant } = await system.openTenant(tenantId);
    const typed =
      yes ??
      (await session.ask?.(
        `This removes ${tenantId} (${tenant.name}) with all its customers, orders, deals, users and keys, for good.\nType its id to go on: `,
      ));
    if (typed === undefined)
      throw new UserError(`tenants remove takes all that ${tenantId} has, for good: say it with --yes ${tenantId}`);
    if (typed.trim() !== tenantId) throw new UserError(`"${typed.trim()}" is not ${tenantId}: nothing was removed`);
    const removed = await system
      .removeTenant(tenantId, () => signal.throwIfAborted())
      .catch((error: unknown) => {
        throw stoppedWith(
          `stopped while ${tenantId} is removed, and a part of it is gone: run the same command again to remove the rest`,
          error,
        );
      });
    if (session.json) printJson(session, { tenant: tenantId, removedItems: removed });
    else session.print(`removed the tenant ${tenantId} with all it had: ${removed.toLocaleString("en")} items\n`);
    return 0;
  });
}
