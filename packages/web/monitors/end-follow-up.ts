import type { FollowUp } from "@regulars/core/monitors/follow-up";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import {
  completeFollowUp,
  dropFollowUp,
  findFollowUp,
  unknownFollowUp,
} from "@regulars/flows/monitors/change-follow-up";
import { effectsOf } from "@regulars/functions/effects";
import type { Runtime } from "@regulars/functions/runtime";
import { rebuildAfter } from "@regulars/functions/workers/rebuild-after";
import type { Form } from "../page/form.ts";
import { needsRight } from "../page/named-ids.ts";
import type { OpenTenant } from "../page/open-tenant.ts";

/** What a form says of a follow-up: it was done, or nobody is to do it. */
const ENDS = new Map([
  ["complete", completeFollowUp],
  ["drop", dropFollowUp],
]);

/** Ends a follow-up by the form of a list. One that has ended meanwhile stays as it is: it is gone from the list. */
export async function endFollowUpByForm(
  { tenant, words, whole, scope, by }: OpenTenant,
  runtime: Runtime,
  followUpId: string,
  form: Form,
): Promise<Result<FollowUp>> {
  const found = await findFollowUp(whole, followUpId);
  const customer = found && (await whole.nightly.profiles([found.owner.customerId])).get(found.owner.customerId);
  const { canSee, canReview } = await scope();
  if (found === undefined || customer === undefined || !canSee(customer)) return unknownFollowUp(followUpId);
  if (!canReview(customer)) return refuse("not-allowed", needsRight(["insights.review"], words));
  const end = ENDS.get(String(form["do"]));
  if (end === undefined) return refuse("unusable-form", words.say("form.unusable"));
  const { followUps, imports, records } = whole;
  const { clock, newId } = effectsOf(runtime.clock, runtime.elapsed);
  const ended = await end({ context: { tenant, followUps, imports, records, clock, newId }, followUpId, by });
  await rebuildAfter(runtime.queues, tenant.tenantId, whole.changedCustomers);
  return ended.ok || ended.reason === "follow-up-ended" ? ok(found) : ended;
}
