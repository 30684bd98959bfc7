import type { FollowUp } from "@regulars/core/monitors/follow-up";
import { ownerIdOf } from "@regulars/core/monitors/owner";
import { customerIdSchema, userIdSchema } from "@regulars/core/platform/values";
import { effectsOf } from "@regulars/functions/effects";
import { completeFollowUp, dropFollowUp } from "@regulars/flows/monitors/change-follow-up";
import type { FollowUpContext } from "@regulars/flows/monitors/follow-up-context";
import type { OpenedTenant } from "@regulars/local/system";
import { UserError } from "@regulars/local/user-error";
import { idArgument, oneOf, tenantArgument } from "../arguments.ts";
import { type Session, printJson, withExistingSystem } from "../session.ts";
import { textTable } from "../text-table.ts";

export const followUpActions = ["list", "complete", "drop"] as const;

export interface FollowUpOptions {
  readonly tenant: string;
  readonly user?: string;
  readonly customer?: string;
  readonly by?: string;
}

/** `regulars follow-ups [ACTION] [ID]`: the tasks of a user or a customer, and their end. */
export function followUpsCommand(
  session: Session,
  actionName: string,
  followUpId: string | undefined,
  options: FollowUpOptions,
): Promise<number> {
  const action = oneOf(followUpActions, "action", actionName);
  const tenantId = tenantArgument(options.tenant);
  const about = action === "list" ? listedOf(options) : undefined;
  const by = options.by === undefined ? "cli" : `user:${idArgument(userIdSchema, "--by", options.by)}`;
  if (action !== "list" && followUpId === undefined)
    throw new UserError(`which one? Write "follow-ups ${action} ID": "follow-ups list" shows the ids`);
  return withExistingSystem(session, async (system) => {
    const { tenant, store } = await system.openTenant(tenantId);
    const { followUps, imports, records } = store;
    if (about !== undefined) {
      show(session, tenantId, await read(store, about));
      return 0;
    }
    const { clock, elapsed } = system.runtime;
    const context: FollowUpContext = { tenant, followUps, imports, records, ...effectsOf(clock, elapsed) };
    const end = action === "complete" ? completeFollowUp : dropFollowUp;
    const ended = await end({ context, followUpId: followUpId ?? "", by });
    if (!ended.ok) throw new UserError(ended.message);
    if (session.json) printJson(session, ended.value);
    else session.print(`${ended.value.followUpId} is ${ended.value.state}\n`);
    return 0;
  });
}

const listedOf = ({ user, customer }: FollowUpOptions) => {
  if ((user === undefined) === (customer === undefined)) throw new UserError("give one of --user ID and --customer ID");
  return user === undefined
    ? { customerId: idArgument(customerIdSchema, "--customer", customer ?? "") }
    : { userId: idArgument(userIdSchema, "--user", user) };
};

const read = (
  { followUps }: OpenedTenant["store"],
  about: ReturnType<typeof listedOf>,
): Promise<readonly FollowUp[]> =>
  "userId" in about ? followUps.openOf(about.userId) : followUps.ofCustomer(about.customerId);

function show(session: Session, tenantId: string, followUps: readonly FollowUp[]): void {
  if (session.json) {
    printJson(session, { tenant: tenantId, followUps });
    return;
  }
  const rows = followUps.map((one) => [
    one.followUpId,
    one.dueOn,
    one.state,
    one.type,
    ownerIdOf(one.owner),
    one.userId ?? "",
    one.text,
  ]);
  session.print(
    rows.length === 0
      ? "no follow-ups\n"
      : `${textTable(["FOLLOW-UP", "DUE", "STATE", "TYPE", "OF", "WHO", "TEXT"], rows)}\n`,
  );
}
