import type { Piece } from "@regulars/core/bulk-engine/bulk-operation";
import type {
  ActionMember,
  ActionResult,
  Mailing,
  SelectionAction,
  SelectionOperation,
} from "@regulars/core/monitors/selection-action";
import { statusText } from "@regulars/core/monitors/status-template";
import type { NightlyStore } from "@regulars/core/nightly/nightly-store";
import { type UserId, userIdSchema } from "@regulars/core/platform/values";
import type { RecordStore } from "@regulars/core/imports/record-store";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { FollowUpContext } from "./follow-up-context.ts";
import { mapConcurrent } from "../platform/map-concurrent.ts";
import type { MailSources } from "./mail-recipients.ts";
import { makeFollowUp } from "./make-follow-up.ts";
import { memberCards } from "./member-cards.ts";

/** What an action on a selection needs. */
export interface ActionContext extends FollowUpContext, Pick<MailSources, "groupOptOuts" | "suppressionOf"> {
  readonly tenant: Tenant;
  readonly nightly: Pick<NightlyStore, "profiles" | "users" | "personsOf" | "queueNotifications">;
  readonly records: Pick<RecordStore, "remove" | "projectsOf">;
}

/** Makes the follow-up of each member of a piece. */
export async function makeFollowUps(
  context: ActionContext,
  { operation, members }: Piece<SelectionOperation, ActionMember, ActionResult>,
  asked: Exclude<SelectionAction, Mailing>,
): Promise<readonly ActionResult[]> {
  const cardOf = await memberCards(
    context,
    members.map(({ owner }) => owner),
  );
  const { operationId, actorId } = operation;
  return mapConcurrent(members, async ({ owner, requestId, unmailed }): Promise<ActionResult> => {
    const card = unmailed === "gone" ? undefined : cardOf(owner);
    if (card === undefined) return { state: "skipped", reason: "gone" };
    const made = await makeFollowUp({
      context,
      cause: { type: "selection", operationId, ...(requestId === undefined ? {} : { requestId }) },
      owner,
      type: asked.type,
      text: statusText(asked.text, card, "plain"),
      userId: asked.userId ?? card.responsible?.userId ?? userOf(actorId),
      dueOn: asked.dueOn,
      isAutomatic: false,
      createdBy: actorId,
    });
    return made.outcome === "quiet" ? { state: "skipped" } : { state: "made", id: made.followUp.followUpId };
  });
}

const userOf = (actorId: string): UserId | undefined =>
  actorId.startsWith("user:") ? userIdSchema.safeParse(actorId.slice("user:".length)).data : undefined;
