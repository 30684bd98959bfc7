import { activityTypes } from "@regulars/core/customers/activity";
import { type FollowUp, followUpTextSchema } from "@regulars/core/monitors/follow-up";
import { ownerIdOf, ownerTypes } from "@regulars/core/monitors/owner";
import { customerIdSchema, toInstant, userIdSchema } from "@regulars/core/platform/values";
import { effectsOf } from "@regulars/functions/effects";
import { rebuildAfter } from "@regulars/functions/workers/rebuild-after";
import { completeFollowUp, dropFollowUp } from "@regulars/flows/monitors/change-follow-up";
import type { FollowUpContext } from "@regulars/flows/monitors/follow-up-context";
import { findOwner } from "@regulars/flows/monitors/find-owner";
import { followUpByHand } from "@regulars/flows/monitors/follow-up-by-hand";
import type { MonitorResult } from "@regulars/flows/monitors/save-monitor";
import type { OpenedTenant } from "@regulars/local/system";
import { UserError } from "@regulars/local/user-error";
import { dayArgument, checkedArgument, oneOf, tenantArgument } from "../arguments.ts";
import { refuseUnknownCustomer, refuseUnknownUsers } from "../customers/known-ids.ts";
import { type Session, printJson, tell, withExistingSystem } from "../session.ts";
import { textTable } from "../text-table.ts";
import { followUpActions } from "./actions.ts";

export interface FollowUpOptions {
  readonly tenant: string;
  readonly user?: string;
  readonly customer?: string;
  readonly by?: string;
  readonly owner?: string;
  readonly ownerType?: string;
  readonly text?: string;
  readonly type?: string;
  readonly due?: string;
}

/** `regulars follow-ups [ACTION] [ID]`: the tasks of a user or a customer, one made by hand, and their end. */
export function followUpsCommand(
  session: Session,
  actionName: string,
  followUpId: string | undefined,
  options: FollowUpOptions,
): Promise<number> {
  const action = oneOf(followUpActions, "action", actionName);
  const tenantId = tenantArgument(options.tenant);
  const about = action === "list" ? listedOf(options) : undefined;
  const user = options.by === undefined ? undefined : checkedArgument(userIdSchema, "--by", options.by);
  const by = user === undefined ? "cli" : `user:${user}`;
  const asked = action === "create" ? { ...madeOf(followUpId, options), by, userId: user } : undefined;
  if (action !== "list" && followUpId === undefined)
    throw new UserError(`which one? Write "follow-ups ${action} ID": "follow-ups list" shows the ids`);
  return withExistingSystem(session, async (system) => {
    const opened = await system.openTenant(tenantId);
    const { tenant, store, catalog } = opened;
    await refuseUnknownUsers(opened, "--by", user);
    const { followUps, imports, records } = store;
    const { clock, elapsed } = system.runtime;
    const effects = effectsOf(clock, elapsed);
    if (asked !== undefined) {
      const { ownerType, ownerId } = asked;
      const owner = usable(await findOwner(records, ownerType, ownerId));
      const context = { tenant, catalog, store, now: toInstant(clock()), newId: effects.newId };
      const { outcome, followUp } = usable(await followUpByHand({ ...context, ...asked, owner }));
      tell(
        session,
        followUp,
        `${followUp.followUpId} is ${outcome === "created" ? "made" : `there: ${followUp.state}`}`,
      );
      return 0;
    }
    if (about !== undefined) {
      show(session, tenantId, await read(opened, about));
      return 0;
    }
    const context: FollowUpContext = { tenant, followUps, imports, records, ...effects };
    const end = action === "complete" ? completeFollowUp : dropFollowUp;
    const ended = usable(await end({ context, followUpId: followUpId ?? "", by }));
    // Also when it had ended so already: the rest of an earlier run may have been cut off.
    await rebuildAfter(system.queues, tenantId, new Set([ended.owner.customerId]));
    tell(session, ended, `${ended.followUpId} is ${ended.state}`);
    return 0;
  });
}

/** What a follow-up by hand is made of: its status, its owner, and what is not as the status has it. */
function madeOf(statusId: string | undefined, options: FollowUpOptions) {
  if (statusId === undefined || options.owner === undefined)
    throw new UserError('of which status, and whose? Write "follow-ups create STATUS --owner ID"');
  const text = options.text === undefined ? undefined : followUpTextSchema.safeParse(options.text);
  if (text?.success === false) throw new UserError(`--text ${text.error.issues[0]?.message ?? "cannot be used"}`);
  return {
    statusId,
    ownerId: options.owner,
    ownerType: oneOf(ownerTypes, "--owner-type", options.ownerType ?? "company"),
    given: {
      text: text?.data,
      type: options.type === undefined ? undefined : oneOf(activityTypes, "--type", options.type),
      dueOn: options.due === undefined ? undefined : dayArgument("--due", options.due),
    },
  };
}

function usable<T>(result: MonitorResult<T>): T {
  if (result.ok) return result.value;
  throw new UserError(result.message);
}

const listedOf = ({ user, customer }: FollowUpOptions) => {
  if ((user === undefined) === (customer === undefined)) throw new UserError("give one of --user ID and --customer ID");
  return user === undefined
    ? { customerId: checkedArgument(customerIdSchema, "--customer", customer ?? "") }
    : { userId: checkedArgument(userIdSchema, "--user", user) };
};

async function read(opened: OpenedTenant, about: ReturnType<typeof listedOf>): Promise<readonly FollowUp[]> {
  const { followUps } = opened.store;
  if ("userId" in about) {
    await refuseUnknownUsers(opened, "--user", about.userId);
    return followUps.openOf(about.userId);
  }
  await refuseUnknownCustomer(opened, "--customer", about.customerId);
  return followUps.ofCustomer(about.customerId);
}

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
