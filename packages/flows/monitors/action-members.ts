import type { RecordStore } from "@regulars/core/imports/record-store";
import type { Owner, OwnerType } from "@regulars/core/monitors/owner";
import type { ActionMember, SelectionAction } from "@regulars/core/monitors/selection-action";
import { ok, refuse } from "@regulars/core/platform/result";
import type { CustomerId } from "@regulars/core/platform/values";
import { mapConcurrent } from "../platform/map-concurrent.ts";
import { type MailRecipient, type MailSources, plannedRecipients } from "./mail-recipients.ts";
import type { SelectionResult } from "./selections.ts";
import { unknownUser } from "./unknown-user.ts";
import { unknownVariables } from "./unknown-variables.ts";

/** What the members of an action are found from. */
export interface ActionSources extends MailSources {
  readonly records: Pick<RecordStore, "requestsOf" | "projectsOf">;
}

/** On whom an action is, and for a mailing where it goes. */
export interface ActionMembers {
  readonly members: readonly ActionMember[];
  readonly recipients: readonly MailRecipient[];
}

/** The members of an action on these owners as they are now. */
export async function actionMembers(
  sources: ActionSources,
  asked: SelectionAction,
  ownerType: OwnerType,
  owners: readonly Owner[],
): Promise<SelectionResult<ActionMembers>> {
  const unknown = asked.action === "mailing" ? undefined : await unknownUser(sources.nightly, asked.userId);
  if (unknown !== undefined) return unknown;
  const { text } = asked;
  const faulty = unknownVariables(asked.action === "mailing" ? { subject: asked.subject, text } : { text }, ownerType);
  if (faulty !== undefined) return faulty;
  switch (asked.action) {
    case "follow-up":
      return ok({ members: owners.map((owner) => ({ owner })), recipients: [] });
    case "follow-up-requests":
      if (ownerType === "project")
        return refuse("no-requests", "support requests belong to customers and persons, not to projects");
      return ok({ members: await requestMembers(sources.records, owners), recipients: [] });
    case "mailing": {
      const recipients = await plannedRecipients(sources, owners);
      return ok({ members: recipients.map(memberOf), recipients });
    }
  }
}

/** A member of a mailing, with its address as it is now: what becomes of that later changes nothing. */
const memberOf = ({ owner, name, address, refusal, sameAs }: MailRecipient): ActionMember => ({
  owner,
  ...(address === undefined ? { unmailed: refusal?.reason } : { mailTo: { name, address } }),
  ...(sameAs === undefined ? {} : { sameAs }),
});

/** One member for each request that is open now: of a company all of them, of a person their own. */
async function requestMembers(
  records: Pick<RecordStore, "requestsOf">,
  owners: readonly Owner[],
): Promise<readonly ActionMember[]> {
  const customerIds = [...new Set(owners.map(({ customerId }) => customerId))];
  const open = new Map(await mapConcurrent(customerIds, async (id) => [id, await openRequests(records, id)] as const));
  return owners.flatMap((owner) =>
    (open.get(owner.customerId) ?? [])
      .filter(({ personId }) => owner.type !== "person" || personId === owner.personId)
      .map(({ requestId }) => ({ owner, requestId })),
  );
}

async function openRequests({ requestsOf }: Pick<RecordStore, "requestsOf">, customerId: CustomerId) {
  const open = [];
  for await (const request of requestsOf(customerId)) if (request.closedOn === undefined) open.push(request);
  return open;
}
