import { cardOf, ownersOf } from "@regulars/core/monitors/monitored-owners";
import { evaluationDay } from "@regulars/core/monitors/evaluation-day";
import type { FollowUp } from "@regulars/core/monitors/follow-up";
import { isOf } from "@regulars/core/monitors/held-status";
import { type Owner, ownerIdOf } from "@regulars/core/monitors/owner";
import { type StatusMonitor, isEvaluated } from "@regulars/core/monitors/status-monitor";
import { statusText } from "@regulars/core/monitors/status-template";
import { cutText } from "@regulars/core/platform/cut-text";
import { ok, refuse } from "@regulars/core/platform/result";
import type { Day, UserId } from "@regulars/core/platform/values";
import type { HeldStatus } from "@regulars/core/snapshots/status-values";
import { statusesRefusal } from "@regulars/core/tenants/edition";
import { type MadeFollowUp, makeFollowUp } from "./make-follow-up.ts";
import type { MonitorResult } from "./save-monitor.ts";
import { ourContactAt } from "./our-contact.ts";
import { type StatusContext, type StatusContextInput, personsFor, statusContext } from "./status-context.ts";
import { unknownUser } from "./unknown-user.ts";
import { unknownVariables } from "./unknown-variables.ts";

/** What of a follow-up by hand is not as the status has it. */
export interface GivenFollowUp {
  readonly type?: FollowUp["type"] | undefined;
  /** With the variables of the owner's card, like <name>. */
  readonly text?: string | undefined;
  readonly dueOn?: Day | undefined;
  readonly userId?: UserId | undefined;
}

interface ByHandInput extends StatusContextInput {
  readonly statusId: string;
  readonly owner: Owner;
  readonly given: GivenFollowUp;
  /** Who asks for it. */
  readonly by: string;
  /** The user who asks for it, if a user does: it is theirs where the customer has nobody. */
  readonly userId: UserId | undefined;
}

/** Made now, or there already: a status, an owner and its `since` have one. */
export type MadeByHand = Exclude<MadeFollowUp, { readonly outcome: "quiet" }>;

/**
 * Makes the follow-up of a status that an owner has now, by hand: quiet days do not matter. Asked for again it is the same
 * one, so that a request that was cut off between its writes can be sent again.
 */
export async function followUpByHand(input: ByHandInput): Promise<MonitorResult<MadeByHand>> {
  const gated = statusesRefusal(input.tenant);
  if (gated !== undefined) return gated;
  const unknown = await unknownUser(input.store.nightly, input.given.userId);
  if (unknown !== undefined) return unknown;
  const faulty = unknownVariables({ text: input.given.text }, input.owner.type);
  if (faulty !== undefined) return faulty;
  const monitors = await input.store.monitors.monitors();
  const monitor = monitors.find(({ statusId }) => statusId === input.statusId);
  if (monitor === undefined || monitor.deletedAt !== undefined)
    return refuse("unknown-status", `there is no status monitor ${cutText(input.statusId, 100)}`);
  const { values } = await input.store.statuses.statusesOf(input.owner.customerId);
  const held = values?.held.find((one) => one.statusId === input.statusId && isOf(one, input.owner));
  if (held === undefined || !isEvaluated(monitor)) return notHeld(monitor, input.owner);
  const type = input.given.type ?? monitor.followUp?.type ?? "call";
  const template = input.given.text ?? monitor.followUp?.textTemplate;
  if (template === undefined) return withoutText(monitor);
  const context = await statusContext(input);
  if (context === undefined) return notHeld(monitor, input.owner);
  const told = await toldOf(context, { monitor, held, owner: input.owner, template });
  if (told === undefined) return notHeld(monitor, input.owner);
  const made = await makeFollowUp({
    context: context.followUp,
    cause: { type: "status", statusId: held.statusId, since: held.since },
    owner: input.owner,
    type,
    text: told.text,
    userId: input.given.userId ?? told.userId ?? input.userId,
    dueOn: input.given.dueOn,
    isAutomatic: false,
    createdBy: input.by,
  });
  if (made.outcome === "quiet") throw new Error("a follow-up by hand is never quiet");
  return ok(made);
}

interface Asked {
  readonly monitor: StatusMonitor;
  readonly held: HeldStatus;
  readonly owner: Owner;
  readonly template: string;
}

/** The text for the owner as its records are now, and whose task it is; `undefined` when the owner is not there. */
async function toldOf(context: StatusContext, { monitor, held, owner, template }: Asked) {
  const asOf = evaluationDay(context.lastNight, context.now, context.tenant);
  const snapshot = await context.store.nightly.snapshotOf(owner.customerId, { asOf }, () => undefined);
  if (snapshot === undefined) return undefined;
  const contact = ourContactAt(context, snapshot.customer);
  const findings = snapshot.findings.filter(({ kind }) => context.kinds.has(kind));
  const persons = await personsFor(context, snapshot.customer);
  const given = { snapshot, findings, persons, contactName: contact.name };
  const whose = ownersOf(given, context.books).find((one) => isOf(held, one.owner));
  if (whose === undefined || ownerIdOf(whose.owner) !== ownerIdOf(owner)) return undefined;
  const { silences } = context.books;
  const card = cardOf(given, whose, { statusName: monitor.name, since: held.since, asOf, silences });
  return { text: statusText(template, card, "plain"), userId: contact.responsible?.userId };
}

const notHeld = ({ name }: StatusMonitor, owner: Owner) =>
  refuse("status-not-held", `${owner.type} ${ownerIdOf(owner)} does not have the status ${name} now`);

const withoutText = ({ name }: StatusMonitor) => ({
  ok: false as const,
  reason: "unusable-fields",
  message: `the status ${name} has no text for follow-ups: give one`,
  errors: [{ path: "text", code: "missing", message: "is missing: the status has none" }],
});
