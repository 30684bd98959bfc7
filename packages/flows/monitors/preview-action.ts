import type { LeftOutReason } from "@regulars/core/monitors/mailing";
import { type Owner, ownerIdOf } from "@regulars/core/monitors/owner";
import type { Selection } from "@regulars/core/monitors/selection";
import type { SelectionAction } from "@regulars/core/monitors/selection-action";
import { type StatusCard, statusText } from "@regulars/core/monitors/status-template";
import { ok } from "@regulars/core/platform/result";
import type { Day } from "@regulars/core/platform/values";
import { type ActionSources, actionMembers } from "./action-members.ts";
import type { MailRecipient } from "./mail-recipients.ts";
import { memberCards } from "./member-cards.ts";
import type { SelectionContext } from "./selection-context.ts";
import { type SelectionResult, readMembers } from "./selections.ts";

/** Members whose texts are shown. */
const MOST_EXAMPLES = 3;

/** A member that a mailing does not reach, by name. */
interface LeftOut extends LeftOutReason {
  readonly ownerId: string;
  readonly name: string;
  readonly address?: string | undefined;
}

/** What an action would do on the members of now. */
export interface ActionPreview {
  readonly selection: Selection;
  readonly asOf: Day;
  /** Members that it is about: for follow-ups on requests, one for each request. */
  readonly total: number;
  /** Follow-ups or mails that it would make. */
  readonly made: number;
  readonly leftOut: readonly LeftOut[];
  readonly examples: readonly ActionExample[];
}

export interface ActionExample {
  readonly ownerId: string;
  readonly address?: string | undefined;
  readonly subject?: string | undefined;
  readonly text: string;
}

interface PreviewInput {
  readonly context: SelectionContext;
  readonly sources: ActionSources;
  readonly selectionId: string;
  readonly asked: SelectionAction;
}

/** Counts and shows what an action would do before it starts. Nothing is saved or sent. */
export async function previewAction(input: PreviewInput): Promise<SelectionResult<ActionPreview>> {
  const { context, sources, asked } = input;
  const read = await readMembers(context, input.selectionId);
  if (!read.ok) return read;
  const { selection, asOf, owners } = read.value;
  const found = await actionMembers(sources, asked, selection.ownerType, owners);
  if (!found.ok) return found;
  const { members, recipients } = found.value;
  const leftOut = recipients.flatMap(leftOutOf);
  const reached = recipients.filter(({ refusal }) => refusal === undefined);
  const first = asked.action === "mailing" ? reached.map(({ owner }) => owner) : members.map(({ owner }) => owner);
  return ok({
    selection,
    asOf,
    total: members.length,
    made: members.length - leftOut.length,
    leftOut,
    examples: await examplesOf(sources, asked, first.slice(0, MOST_EXAMPLES), reached),
  });
}

function leftOutOf({ owner, name, address, refusal }: MailRecipient): readonly LeftOut[] {
  if (refusal === undefined) return [];
  return [{ ownerId: ownerIdOf(owner), name, address, ...refusal }];
}

async function examplesOf(
  sources: ActionSources,
  asked: SelectionAction,
  owners: readonly Owner[],
  reached: readonly MailRecipient[],
): Promise<readonly ActionExample[]> {
  const cardOf = await memberCards(sources, owners);
  const exampleOf = (owner: Owner, card: StatusCard): ActionExample => ({
    ownerId: ownerIdOf(owner),
    address: reached.find((one) => one.owner === owner)?.address,
    ...(asked.action === "mailing" ? { subject: statusText(asked.subject, card, "subject") } : {}),
    text: statusText(asked.text, card, "plain"),
  });
  return owners.flatMap((owner) => {
    const card = cardOf(owner);
    return card === undefined ? [] : [exampleOf(owner, card)];
  });
}
