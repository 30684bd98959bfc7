import { anOrder } from "@regulars/core/testing";
import { backtestIdSchema } from "@regulars/core/backtests/backtest";
import { addDays } from "@regulars/core/platform/period";
import { toInstant } from "@regulars/core/platform/values";
import type { Runtime } from "@regulars/functions/runtime";
import { clockWorkers, queueWorkers } from "@regulars/functions/workers/jobs";
import { startBacktest } from "@regulars/flows/backtests/start-backtest";
import { localContext } from "@regulars/local/queue";
import { forJobs } from "@regulars/store/engine/patience";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type ClockJobKey, type QueueJobKey, clockJobKeys, queueJobKeys } from "../../infra/job-keys.ts";
import { API_NOW, type ApiTestClient, anApiClient } from "../fixtures/api-client.ts";
import { type ApiFixture, FIXTURE_AS_OF, anApiFixture } from "../fixtures/api-tenants.ts";
import { removeAll } from "../fixtures/copied-tenant.ts";
import { queueEvent } from "../fixtures/queue-event.ts";
import { storedTexts } from "../fixtures/stored-texts.ts";
import { type Outage, type UnreliableTable, anUnreliableTable } from "../fixtures/unreliable-table.ts";

/**
 * Every job while the database hangs, and while it throttles for a second, ten and sixty: it does its work, or its
 * message comes again, and in the end everything is as after one undisturbed run.
 */

const DAY_MS = 86_400_000;
const LATER_MS = 10 * 60_000;
const NEXT_DAY = addDays(FIXTURE_AS_OF, 1);

/** Those that a tenant's job meets one after the other, until it is done. */
const OUTAGES: readonly (readonly Outage[])[] = [
  [
    // Longer than a job's patience: its message comes again.
    { does: "hangs", lastsMs: 600_000, afterWrites: 1 },
    { does: "hangs", lastsMs: 600_000, afterWrites: 2 },
    { does: "throttles", lastsMs: 60_000, afterWrites: 1 },
    { does: "hangs", lastsMs: 60_000, afterWrites: 3 },
  ],
  [{ does: "throttles", lastsMs: 10_000, afterWrites: 1 }],
  [{ does: "throttles", lastsMs: 1_000, afterWrites: 1 }],
];

let unreliable: UnreliableTable;
let apiClient: ApiTestClient;
let runtime: Runtime;
/** What left the system since it was emptied. */
const left: string[] = [];

beforeAll(async () => {
  unreliable = anUnreliableTable(forJobs);
  apiClient = await anApiClient(undefined, unreliable.table);
  runtime = {
    ...apiClient.runtime,
    messageSender: {
      deliver: (_message, key) => {
        left.push(`message ${key}`);
        return Promise.resolve({ providerId: "p-1" });
      },
    },
    sendWebhook: ({ id }) => {
      left.push(`webhook ${id}`);
      return Promise.resolve({ status: 200 });
    },
  };
});
afterAll(() => apiClient.close());

const sesBounce = ({ tenant: { tenantId } }: ApiFixture) => ({
  eventType: "Bounce",
  bounce: {
    bounceType: "Permanent",
    bounceSubType: "General",
    bouncedRecipients: [
      { emailAddress: "anna@example.com", action: "failed", status: "5.1.1", diagnosticCode: "unknown" },
    ],
    timestamp: toInstant(API_NOW),
    feedbackId: "feedback-1",
  },
  mail: {
    timestamp: toInstant(API_NOW),
    messageId: "m-1",
    headers: [{ name: "X-Regulars-Delivery", value: `${tenantId}/digest:anna:${FIXTURE_AS_OF}` }],
    tags: {
      tenant: [tenantId],
      delivery: [Buffer.from(`${tenantId}/digest:anna:${FIXTURE_AS_OF}`).toString("base64url")],
    },
  },
});

/** Gives a job something to do, and returns its message; a job that is not here gets the tenant alone. */
const messageFor: Readonly<Partial<Record<QueueJobKey, (fixture: ApiFixture) => Promise<object>>>> = {
  nightlyOfTenant: async ({ tenant: { tenantId } }) => ({ tenantId, asOf: NEXT_DAY, isScheduled: true }),
  rebuild: async ({ tenant: { tenantId }, store }) => {
    await store.imports.saveOrders([
      anOrder({ on: "2026-11-20", customerId: "blue", orderId: "LATE-1", lines: ["rye"] }),
    ]);
    return { tenantId, everybody: true };
  },
  noteMailEvents: async (fixture) => sesBounce(fixture),
  slackWork: async ({ tenant: { tenantId } }) => ({
    tenantId,
    workspaceId: `T0${tenantId}`,
    call: { type: "event", event: "uninstalled", reason: "the app was removed" },
  }),
  informWebhooks: async ({ tenant: { tenantId }, store }) => {
    await store.events.publish({
      type: "published",
      eventId: "deal_1",
      eventTypes: ["deal.created", "deal.closed"],
      at: toInstant(API_NOW),
      actorId: "user:ada",
      requestId: "req_1",
      isBulk: false,
      current: { dealId: "deal_1" },
    });
    return { tenantId };
  },
  planWork: async ({ tenant: { tenantId } }) => ({ tenantId, planId: "pln_0000000000001" }),
  backtest: async ({ tenant, store }) => {
    const options = { horizonDays: 90, seed: 1, resamples: 20 };
    const asked = { tenant, store: store.backtests, options, actorId: "user:ada", now: toInstant(API_NOW) };
    const started = await startBacktest({ ...asked, letters: "1111111111" });
    if (!started.ok) throw new Error(started.message);
    return { tenantId: tenant.tenantId, backtestId: backtestIdSchema.parse(started.value.backtestId) };
  },
  erase: async ({ tenant: { tenantId }, store }) => {
    await store.erasures.create({
      erasureId: "era_2",
      type: "customer",
      id: "cove",
      state: "queued",
      requestedAt: toInstant(API_NOW),
      requestedBy: "user:ada",
    });
    return { tenantId, erasureId: "era_2" };
  },
};

const clockEvent = {
  id: "1",
  version: "0",
  account: "1",
  time: toInstant(API_NOW),
  region: "local",
  resources: [],
  source: "aws.scheduler",
  "detail-type": "Scheduled Event" as const,
  detail: {},
};

const isOfClock = (key: QueueJobKey | ClockJobKey): key is ClockJobKey => key in clockWorkers;

/** A way to start a job for a new tenant that has something to do for it; whether it was done. */
async function starterOf(
  key: QueueJobKey | ClockJobKey,
): Promise<{ fixture: ApiFixture; start: () => Promise<boolean> }> {
  const fixture = await anApiFixture(apiClient);
  if (isOfClock(key)) {
    const run = clockWorkers[key].handlerFor(runtime);
    const start = () =>
      run(clockEvent, localContext(key)).then(
        () => true,
        () => false,
      );
    return { fixture, start };
  }
  const run = queueWorkers[key].handlerFor(runtime);
  const { tenantId } = fixture.tenant;
  const event = queueEvent(key, (await messageFor[key]?.(fixture)) ?? { tenantId });
  return { fixture, start: async () => (await run(event, localContext(key))).batchItemFailures.length === 0 };
}

/**
 * What tells when, how often and by which attempt something was done, and what is random; and the checks of agendas,
 * which are made of it.
 */
const HOW =
  /"(?:expiresAt|queuedAt|doneAt|startedAt|finishedAt|attempts|version|g1s|g2s|sk|b|sealedToken|fence|leaseUntil|owner)":(?:"[^"]*"|\d+),?/g;
const COUNTED: readonly (readonly [family: RegExp, part: RegExp])[] = [[/#AGENDA#/, /"v":"[^"]*"/]];

/**
 * The tenant's items and what left the system, without how it was done; hints of what is due are no items of it, and API
 * keys and their log have random names. The tenant is removed, because every end is found by a scan of all tenants that
 * are left.
 */
async function endOf({ tenant: { tenantId } }: ApiFixture): Promise<Readonly<Record<string, string>>> {
  const alike = (text: string): string =>
    text
      .replaceAll(/t-[0-9a-f]{8}-[0-9a-f-]{27}/g, "t")
      .replaceAll(HOW, "")
      .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "T");
  const items = Object.entries(storedTexts(tenantId));
  await removeAll({ tenantId }, unreliable.table);
  const kept = items.filter(([key]) => !/#(?:DUEROW|HEADS|RATE|KEYS|SETTINGS#keys)/.test(key));
  const whatIsSo = (key: string, text: string): string =>
    COUNTED.reduce((rest, [family, part]) => (family.test(key) ? rest.replace(part, "") : rest), alike(text));
  return Object.fromEntries([
    ...kept.map(([key, text]) => [alike(key), whatIsSo(key, text)]),
    ...left.map((one) => [alike(one), "left"]),
  ]);
}

function differences(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): string[] {
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])].toSorted();
  return keys
    .filter((key) => a[key] !== b[key])
    .map((key) => `${key}\n  ${a[key]?.slice(0, 400)}\n  ${b[key]?.slice(0, 400)}`);
}

/** Runs a job for a tenant of its own, its message coming again until it is done. */
async function ended(key: QueueJobKey | ClockJobKey, outages: readonly Outage[]) {
  const before = apiClient.clock.nowMs;
  apiClient.clock.nowMs = API_NOW + DAY_MS;
  const { fixture, start } = await starterOf(key);
  left.length = 0;
  for (const outage of outages) {
    unreliable.begin(outage);
    await start();
    unreliable.end();
    apiClient.clock.nowMs += LATER_MS;
  }
  let isDone = await start();
  for (let times = 1; !isDone && times < 3; times += 1) isDone = await start();
  const end = await endOf(fixture);
  apiClient.clock.nowMs = before;
  return { failure: isDone ? undefined : apiClient.lines.at(-2), end };
}

/** The clock's jobs first: they see to all tenants that there are. */
it.each([...clockJobKeys, ...queueJobKeys])(
  "OP02: the job %s ends as if the database had always answered",
  async (key) => {
    const undisturbed = await ended(key, []);
    expect(undisturbed.failure).toBeUndefined();
    for (const outages of OUTAGES) {
      const { failure, end } = await ended(key, outages);
      expect(failure).toBeUndefined();
      expect(differences(undisturbed.end, end)).toEqual([]);
    }
  },
);
