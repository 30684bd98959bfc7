import type { Scope } from "@regulars/core/customers/visible-customers";
import { type FollowUp, followUpTextSchema } from "@regulars/core/monitors/follow-up";
import { ownerTypes } from "@regulars/core/monitors/owner";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import { toInstant } from "@regulars/core/platform/values";
import { effectsOf } from "@regulars/functions/effects";
import type { Runtime } from "@regulars/functions/runtime";
import { findFollowUp } from "@regulars/flows/monitors/change-follow-up";
import { findOwner } from "@regulars/flows/monitors/find-owner";
import { followUpByHand } from "@regulars/flows/monitors/follow-up-by-hand";
import type { PageWords } from "@regulars/render/texts/page-words";
import { refuseField } from "../page/form-reason.ts";
import { needsRight } from "../page/named-ids.ts";
import type { OpenTenant } from "../page/open-tenant.ts";

/** Makes the follow-up of a status by a form of a customer's card. */
export async function followUpByForm(
  { tenant, words, catalog, whole, scope, by, userId }: OpenTenant,
  runtime: Runtime,
  form: Readonly<Record<string, unknown>>,
): Promise<Result<FollowUp>> {
  const { statusId, ownerId, text } = form;
  const ownerType = ownerTypes.find((one) => one === form["ownerType"]) ?? "company";
  const given = text === undefined ? undefined : followUpTextSchema.safeParse(text);
  const faulty = (fault = "") => refuseField("text", words.say("statuses.toDoFault", { text: words.refused(fault) }));
  if (given?.success === false) return faulty(given.error.issues[0]?.message);
  const owner = await findOwner(whole.records, ownerType, String(ownerId ?? ""));
  if (!owner.ok) return owner;
  const { customerId } = owner.value;
  const customer = (await whole.nightly.profiles([customerId])).get(customerId) ?? { customerId };
  const { canSee, canReview } = await scope();
  if (!canSee(customer)) return refuse(`unknown-${ownerType}`, `there is no such ${ownerType}`);
  if (!canReview(customer)) return refuse("not-allowed", needsRight(["insights.review"], words));
  const { clock, newId } = effectsOf(runtime.clock, runtime.elapsed);
  const made = await followUpByHand({
    tenant,
    catalog,
    store: whole,
    newId,
    now: toInstant(clock()),
    statusId: String(statusId ?? ""),
    owner: owner.value,
    given: { text: given?.data },
    by,
    userId,
  });
  if (made.ok) return ok(made.value.followUp);
  const ofText = made.errors?.find(({ path, code }) => path === "text" && code === "unknown-variable");
  return ofText === undefined ? refuse(made.reason, made.message) : faulty(ofText.message);
}

/** The text of a follow-up that was just made, when the viewer sees its customer. */
export async function followUpText(
  whole: OpenTenant["whole"],
  { say, formats }: PageWords,
  { canSee }: Pick<Scope, "canSee">,
  followUpId: string | undefined,
): Promise<string | undefined> {
  const followUp = followUpId === undefined ? undefined : await findFollowUp(whole, followUpId);
  if (followUp === undefined) return undefined;
  const { customerId } = followUp.owner;
  const customer = (await whole.nightly.profiles([customerId])).get(customerId) ?? { customerId };
  if (!canSee(customer)) return undefined;
  const { type, dueOn, text } = followUp;
  return say("statuses.dueOn", { type: say(`activity.${type}`), date: formats.day(dueOn), text });
}
