import { catalogOf } from "../catalog.ts";
import type { Message } from "@regulars/core/notifications/message";
import type { GroupOptOuts } from "@regulars/core/notifications/group-opt-out";
import { messageLinks } from "@regulars/core/notifications/message-links";
import { inReadersLanguage } from "@regulars/core/notifications/readers-language";
import { tenantTexts } from "@regulars/core/notifications/templates";
import { refuse } from "@regulars/core/platform/result";
import { memo } from "@regulars/core/platform/memo";
import { type TenantId, toInstant } from "@regulars/core/platform/values";
import { addressedToday } from "@regulars/flows/notifications/addressed-today";
import { withWay, withoutSuppressed } from "@regulars/flows/notifications/unless-suppressed";
import { rescheduleWaiting } from "@regulars/flows/notifications/reschedule";
import { preferencesOfAll } from "@regulars/flows/notifications/readers";
import { toldBefore } from "@regulars/flows/notifications/told-before";
import { sendDue } from "@regulars/flows/notifications/send-due";
import { withinLimits } from "@regulars/flows/notifications/within-limits";
import { cloudMail } from "../cloud/mail.ts";
import { cloudQueues } from "../cloud/queues.ts";
import { cloudSecrets } from "../cloud/secrets.ts";
import type { Runtime } from "../runtime.ts";
import { alertRouting } from "../slack/alert-routing.ts";
import { defineQueueJob, lambdaHandler } from "./define-job.ts";
import { tenantMessageSchema } from "./messages.ts";
import { dueDecisions } from "./due-decisions.ts";
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
  await rescheduleWaiting({ tenant, store, now: clock() });
  const catalog = catalogOf(runtime, tenant);
  const texts = tenantTexts(tenant, catalog.textOf);
  const users = memo(async () => new Map((await nightly.users()).map((user) => [user.userId, user])));
  const all = memo(() => store.preferences.all());
  const preferences = memo(async () => preferencesOfAll(tenant, await users(), await all()));
  let hasNotices = false;
  const onNotices = (): void => {
    hasNotices = true;
  };
  const { slack } = runtime;
  const routing = await alertRouting({ tenant, store: store.slack, users, preferences, slack, clock, onNotices });
  const alerts = withoutSuppressed(routing, store.suppressions);
  const meant = addressedToday(users, nightly, store.whoKnows);
  const addressed = async (message: Message) => {
    const known = (await optedOut(message, store.groupOptOuts)) ?? (await meant(message));
    if (!known.ok) return known;
    const worded = inReadersLanguage(known.value, await all(), tenant);
    return withWay(worded, { tenant, store, alerts, now: toInstant(clock()), onNotices });
  };
  const told = async (message: Message) => {
    const { zone } = (await preferences())("userId" in message ? message.userId : undefined);
    return toldBefore(message, { outbox, zone: zone.value });
  };
  const sent = await sendDue({
    outbox,
    messageSender,
    texts,
    addressed,
    ...dueDecisions({ tenant, catalog, store, users, preferences, runtime }),
    limits: withinLimits({ rates: store.rates, outbox, clock }),
    contextOf: async (message) => ({ links: linksOf(message, runtime), alerts, told: await told(message) }),
    clock,
  });
  const report = { ...sent, hasMore: sent.hasMore || hasNotices };
  await store.dueRows.settle("outgoing", toInstant(clock()), sent.sent + sent.failed === 0 && !report.hasMore);
  await sendAgain("outgoing", tenantId, report, runtime);
  runtime.report("deliver", { tenantId, edition: tenant.edition, ...report });
}

/** The links with which the reader of a message changes what they get. */
function linksOf(message: Message, { linkSecrets, pageOfLink, clock }: Runtime) {
  const [secret] = linkSecrets;
  if (secret === undefined) throw new Error("this function has no secret of links");
  return messageLinks(message, { secret, pageOf: pageOfLink, now: toInstant(clock()) });
}

/** Whoever has opted out since a group mailing was queued does not get it. */
async function optedOut(message: Message, { has }: Pick<GroupOptOuts, "has">) {
  if (message.type !== "group" || !(await has(message.addressHash))) return undefined;
  return refuse("suppressed", `${message.to.address} wants no group mailings`);
}

export const handler = lambdaHandler(deliver, { queues: cloudQueues, secrets: cloudSecrets, messageSender: cloudMail });
