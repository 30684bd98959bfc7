import type { NightPart } from "@regulars/core/nightly/night-parts";
import { runPart } from "@regulars/flows/nightly/run-part";
import type { NightlyMessage } from "./messages.ts";
import { type NightOfTenant, concludeNight, endOf } from "./night-of-tenant.ts";

type OfTenant = Omit<NightlyMessage, "part">;

/** After so long a part that somebody works at is looked at again. */
const BUSY_SECONDS = 60;

/** Sends parts of a night: each is a message of its own, which may come again without harm. */
export async function sendParts(
  message: OfTenant,
  parts: readonly NightPart[],
  { runtime: { queues } }: Pick<NightOfTenant, "runtime">,
): Promise<void> {
  for (const part of parts) await queues.send("nightly", { ...message, part });
}

/** Works at a part of a night for so long, and sends what follows or is left. */
export async function workAtPart(
  { part, ...message }: OfTenant & { readonly part: NightPart },
  opened: NightOfTenant,
  patienceMs: number,
): Promise<void> {
  const { runtime, store, newId, now, startedAt } = opened;
  const began = runtime.elapsed();
  const { next, customers, isBusy, isLost } = await runPart(part, {
    store: store.nightly,
    owner: newId(),
    time: { now, until: endOf(now, patienceMs), isEnough: () => runtime.elapsed() - began >= patienceMs },
    openInput: (run) => opened.inputOf(run.asOf, { at: run.startedAt, isOfOneShard: true }),
    announce: (summary, run) => concludeNight(message, summary, opened, { since: Date.parse(run.startedAt) }),
  });
  if (isBusy === true) await runtime.queues.send("nightly", { ...message, part }, BUSY_SECONDS);
  if (isLost === true) await runtime.queues.send("nightly", message);
  await sendParts(message, next, opened);
  if (store.events.hasNews) await runtime.queues.send("webhooks", { tenantId: message.tenantId });
  const { phase, shard } = part;
  const isLeft = next.some((one) => one.phase === phase && one.shard === shard);
  const ms = runtime.clock() - startedAt;
  runtime.report("nightly part", { tenantId: message.tenantId, phase, shard, customers, isLeft, ...store.usage, ms });
}
