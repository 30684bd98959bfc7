import { type CustomerId, toInstant } from "@regulars/core/platform/values";
import { optOutSubjectSchema } from "@regulars/core/relationships/opt-out";
import { changeOptOut } from "@regulars/flows/who-knows/change-opt-out";
import { rebuildMessageOf } from "@regulars/functions/workers/messages";
import { UserError } from "@regulars/local/user-error";
import { oneOf, tenantArgument } from "../arguments.ts";
import { refuseUnknownUsers } from "../customers/known-ids.ts";
import { type Session, printJson, withExistingSystem } from "../session.ts";
import { jobsDone } from "../system/jobs-done.ts";
import { textTable } from "../text-table.ts";
import { optOutActions } from "./actions.ts";

export interface OptOutsOptions {
  readonly tenant: string;
}

/** `regulars opt-outs [ACTION] [TYPE] [ID]`: who is out of who knows whom; takes somebody out or back in. */
export function optOutsCommand(
  session: Session,
  [actionName = "list", type, id]: readonly string[],
  options: OptOutsOptions,
): Promise<number> {
  const action = oneOf(optOutActions, "action", actionName);
  const subject = action === "list" ? undefined : subjectOf(type, id);
  const tenantId = tenantArgument(options.tenant);
  return withExistingSystem(session, async (system) => {
    const opened = await system.openTenant(tenantId);
    const { whoKnows: store } = opened.store;
    if (subject?.type === "user" && action === "out") await refuseUnknownUsers(opened, "user", subject.id);
    const now = toInstant(system.runtime.clock());
    const at = new Set<CustomerId>();
    const settleAt = (customerId: CustomerId) => void at.add(customerId);
    if (subject !== undefined)
      await changeOptOut({ store, subject, isOut: action === "out", by: "command", now, settleAt });
    if (at.size > 0) await system.queues.send("rebuilds", rebuildMessageOf(tenantId, at));
    await jobsDone(system);
    const out = await store.optOuts();
    if (session.json) printJson(session, { optOuts: out });
    else if (out.length === 0) session.print("nobody is out\n");
    else
      session.print(
        `${textTable(
          ["TYPE", "ID", "SINCE", "BY"],
          out.map((one) => [one.subject.type, one.subject.id, one.at, one.by]),
        )}\n`,
      );
    return 0;
  });
}

function subjectOf(type: string | undefined, id: string | undefined) {
  const subject = optOutSubjectSchema.safeParse({ type, id });
  if (subject.success) return subject.data;
  throw new UserError(
    `"${type ?? ""} ${id ?? ""}" is nobody who can be out: name user, team or person with an id, or role with rep, manager or admin`,
  );
}
