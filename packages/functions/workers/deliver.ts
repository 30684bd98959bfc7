import type { Message } from "@regulars/core/notifications/message";
import { customersIn, readdressed } from "@regulars/core/notifications/readdress";
import { messageLinks } from "@regulars/core/notifications/message-links";
import type { NightlyStore } from "@regulars/core/nightly/nightly-store";
import { memo } from "@regulars/core/platform/memo";
import { type TenantId, toInstant } from "@regulars/core/platform/values";
import { speakable } from "@regulars/core/relationships/opt-out";
import type { WhoKnowsStore } from "@regulars/core/who-knows/who-knows-store";
import { sendDue } from "@regulars/flows/notifications/send-due";
import { cloudMessageSender } from "../message-sender.ts";
import { type Runtime, cloudRuntime } from "../runtime.ts";
import { defineQueueJob, lambdaHandler } from "./define-job.ts";
import { tenantMessageSchema } from "./messages.ts";
import { openTenant } from "./open-tenant.ts";
import { sendAgain } from "./send-again.ts";

/** Sends the due notifications of a tenant; sends itself a message if more are due. */
export const deliver = defineQueueJob({
  id: "deliver",
  schema: tenantMessageSchema,
  work: ({ tenantId }, runtime) => sendWhatIsDue(tenantId, runtime),
});

async function sendWhatIsDue(tenantId: TenantId, runtime: Runtime): Promise<void> {
  const { clock, messageSender } = runtime;
  if (messageSender === undefined) throw new Error("this function has no message sender");
  const { tenant, store } = await openTenant(tenantId, runtime);
  const { outbox, nightly } = store;
  const texts = runtime.catalogOf(tenant).textOf;
  const report = await sendDue({
    outbox,
    messageSender,
    texts,
    addressed: addressedToday(nightly, store.whoKnows),
    contextOf: (message) => ({ links: linksOf(message, runtime) }),
    clock,
  });
  await sendAgain("outgoing", tenantId, report, runtime);
  runtime.report("deliver", { tenantId, ...report });
}

/** The links with which the reader of a message changes what they get. */
function linksOf(message: Message, { linkSecrets, pageOfLink, clock }: Runtime) {
  const [secret] = linkSecrets;
  if (secret === undefined) throw new Error("this function has no secret of links");
  return messageLinks(message, { secret, pageOf: pageOfLink, now: toInstant(clock()) });
}

/** Queued messages, for whom they are meant now; the users are read once, when there is something to send. */
function addressedToday(
  { users, profiles }: Pick<NightlyStore, "users" | "profiles">,
  { optOuts }: Pick<WhoKnowsStore, "optOuts">,
) {
  const known = memo(async () => new Map((await users()).map((user) => [user.userId, user])));
  return async (message: Message) => {
    const everybody = await known();
    // Who opts out is not asked any more, also not by what waits already.
    const { colleague } = speakable(message.type === "introduction" ? await optOuts() : [], [...everybody.values()]);
    return readdressed(message, everybody, await profiles(customersIn(message)), (userId) => !colleague(userId));
  };
}

export const handler = lambdaHandler(deliver, () => ({ ...cloudRuntime(), messageSender: cloudMessageSender() }));
