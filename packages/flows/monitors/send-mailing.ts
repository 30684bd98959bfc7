import type { Piece } from "@regulars/core/bulk-engine/bulk-operation";
import type { Activity } from "@regulars/core/customers/activity";
import { leftOutText } from "@regulars/core/monitors/mailing";
import { type Owner, ownerIdOf } from "@regulars/core/monitors/owner";
import type { ActionMember, ActionResult, Mailing, SelectionOperation } from "@regulars/core/monitors/selection-action";
import { statusText } from "@regulars/core/monitors/status-template";
import type { GroupMail } from "@regulars/core/notifications/message";
import type { NewNotification } from "@regulars/core/notifications/notification";
import { localDay } from "@regulars/core/platform/period";
import { activityIdSchema, instantSchema } from "@regulars/core/platform/values";
import type { ActionContext } from "./act-on-member.ts";
import { type MailRecipient, isAskedNow, mailRecipients } from "./mail-recipients.ts";
import type { MailedSoFar } from "./mailed-so-far.ts";
import type { MemberCard } from "./member-cards.ts";

/** A member that gets a mail. */
interface Reached extends MailRecipient {
  readonly card: MemberCard;
  readonly address: string;
  readonly addressHash: string;
}

/**
 * Queues the mails of a piece of a group mailing, and notes each as an activity that went to a mass, so that it is no
 * contact. Ids hang on the operation and the address at its start: done again, nothing is sent twice. Of members with one
 * address the first who is still there gets the mail.
 */
export async function sendMailing(
  context: ActionContext,
  piece: Piece<SelectionOperation, ActionMember, ActionResult>,
  asked: Mailing,
  mailed: MailedSoFar,
): Promise<readonly ActionResult[]> {
  const { operation, members } = piece;
  const recipients = await mailRecipients(context, members, context.groupOptOuts.has);
  const made = new Map<string, string>(members.some(mayShare) ? await mailed.before(piece) : []);
  const mails: NewNotification[] = [];
  const activities: Activity[] = [];
  const results = recipients.map((recipient, i): ActionResult => {
    const { address, refusal } = recipient;
    const where = address === undefined ? {} : { address };
    if (refusal !== undefined) return { state: "skipped", reason: leftOutText(refusal), ...where };
    if (!isReached(recipient)) return { state: "skipped", reason: "no-address" };
    const id = `group:${operation.operationId}:${members[i]?.mailName ?? recipient.addressHash}`;
    const other = made.get(id);
    if (other !== undefined)
      return { state: "skipped", reason: leftOutText({ reason: "same-address", detail: other }), ...where };
    made.set(id, ownerIdOf(recipient.owner));
    const message = mailOf(context, { operation, asked, recipient });
    mails.push({ id, dueAt: instantSchema.parse(operation.createdAt), message, isOnHold: false });
    activities.push(activityOf(context, operation, recipient));
    return { state: "made", id, ...where };
  });
  await context.imports.saveActivities(activities);
  await context.nightly.queueNotifications(mails);
  return results;
}

/** Whether a member before it may have its address: nobody else is looked for. */
const mayShare = (member: ActionMember): boolean => member.sameAs !== undefined || isAskedNow(member);

const isReached = (recipient: MailRecipient): recipient is Reached =>
  recipient.card !== undefined && recipient.address !== undefined && recipient.addressHash !== undefined;

interface MailParts {
  readonly operation: SelectionOperation;
  readonly asked: Mailing;
  readonly recipient: Reached;
}

function mailOf({ tenant }: ActionContext, { operation, asked, recipient }: MailParts): GroupMail {
  const { owner, card, name, address, addressHash } = recipient;
  const { responsible } = card;
  return {
    type: "group",
    tenantId: tenant.tenantId,
    tenantName: tenant.name,
    asOf: localDay(instantSchema.parse(operation.createdAt), tenant.timeZone),
    locale: tenant.locale,
    to: { name, address },
    addressHash,
    ...(responsible?.email === undefined ? {} : { replyTo: { name: responsible.name, address: responsible.email } }),
    customerId: owner.customerId,
    operationId: operation.operationId,
    subject: statusText(asked.subject, card, "subject"),
    text: statusText(asked.text, card, "plain"),
  };
}

function activityOf({ tenant }: ActionContext, operation: SelectionOperation, { owner }: Reached): Activity {
  const occurredAt = instantSchema.parse(operation.createdAt);
  return {
    activityId: activityIdSchema.parse(`gm_${operation.operationId}_${idPart(owner)}`),
    customerId: owner.customerId,
    type: "email",
    direction: "out",
    occurredAt,
    occurredOn: localDay(occurredAt, tenant.timeZone),
    completed: true,
    mass: true,
    ...(owner.type === "person" ? { personId: owner.personId } : {}),
  };
}

const idPart = (owner: Owner): string => `${owner.type}_${ownerIdOf(owner)}`;
