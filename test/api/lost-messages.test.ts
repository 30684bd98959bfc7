import { TEST_NOW } from "@regulars/core/testing";
import { ingestBatch } from "@regulars/flows/imports/ingest-batch";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type ApiTestClient, TRUE_SECOND_MS, anApiClient, impatiently } from "../fixtures/api-client.ts";
import { type ApiOperation, exampleOf, keyedOperations } from "../fixtures/api-operations.ts";
import { anApiFixture } from "../fixtures/api-tenants.ts";
import { watchWrites } from "../fixtures/table-writes.ts";

/**
 * Every write of the API that sends a message to a job, while the queue does not take it, and while the process ends
 * just before it is sent: the same request again sends it.
 */

/** Longer than the lease of a request that never ended. */
const LATER_MS = 36_000;

/** What happens at the first message. */
type Loss = "the queue is away" | "the process ends";

const operations = await keyedOperations();

let apiClient: ApiTestClient;
let loss: Loss | undefined;
let isOver = false;

beforeAll(async () => {
  apiClient = await anApiClient();
  watchWrites(apiClient.runtime.table, () => {
    if (isOver) throw new Error("the process has ended");
    return "send";
  });
  const { push } = Array.prototype;
  apiClient.sent.push = (...messages) => {
    if (loss === undefined) return push.apply(apiClient.sent, messages);
    isOver = loss === "the process ends";
    throw new Error(loss);
  };
});
afterAll(() => apiClient.close());

/** A way to ask an operation of a new tenant, by its own example and with one idempotency key. */
async function askerOf(operation: ApiOperation): Promise<() => Promise<number>> {
  const { tenant, store, tokens, apiKey } = await anApiFixture(apiClient);
  const items = [{ invoiceId: "INV-2001", paidAt: "2026-12-01", amount: "84.80" }];
  await ingestBatch({ tenant, now: TEST_NOW, kind: "payments", items, imports: store.imports });
  const { path, asked } = exampleOf(operation);
  const askAs = async (as: string): Promise<number> => {
    const ask = () => apiClient.ask(path, { ...asked, as, headers: { "idempotency-key": "one" } });
    return (await impatiently(apiClient, ask, TRUE_SECOND_MS)).status;
  };
  apiClient.sent.length = 0;
  return async () => {
    const status = await askAs(tokens.ada);
    // What only machines may do.
    return status === 403 ? askAs(apiKey) : status;
  };
}

/** Of operations, erasures, backtests, and the workspace that each fixture's tenant has for itself. */
const ANY_ID = /(?:op|era|bt)_[\w-]+|T0t-[\w-]+/g;

/** What messages are about, by their queues: without the tenant, and with one id for all that are random. */
const sentTo = (): string[] =>
  apiClient.sent.map(({ queue, body }) => {
    const { tenantId: _tenantId, call, ...rest } = Object.fromEntries(Object.entries(body ?? {}));
    const about = Object.entries({ ...rest, ...call }).toSorted();
    return `${queue} ${JSON.stringify(about).replaceAll(ANY_ID, "ID")}`;
  });

/** An operation that sends messages, and what they say. */
interface Sending {
  readonly operation: ApiOperation;
  readonly wanted: readonly string[];
}

const sending: Sending[] = [];

beforeAll(async () => {
  for (const operation of operations) {
    await (
      await askerOf(operation)
    )();
    const wanted = sentTo();
    if (wanted.length > 0) sending.push({ operation, wanted });
  }
}, 300_000);

/** Whom an interrupted batch has changed, a later attempt does not know: all that have changed are looked at again. */
const isSent = (wanted: string, sent: readonly string[]): boolean =>
  sent.includes(wanted) || (wanted.startsWith("rebuilds") && sent.includes('rebuilds [["isOfAllChanged",true]]'));

async function faultsOf({ operation, wanted }: Sending, what: Loss): Promise<string[]> {
  const ask = await askerOf(operation);
  loss = what;
  const lost = await ask();
  [loss, isOver] = [undefined, false];
  const laterMs = what === "the process ends" ? LATER_MS : 0;
  apiClient.clock.nowMs += laterMs;
  const again = await ask();
  apiClient.clock.nowMs -= laterMs;
  const sent = sentTo();
  const missing = wanted.filter((one) => !isSent(one, sent));
  return lost >= 500 && again < 300 && missing.length === 0
    ? []
    : [`${operation.name}: ${lost}, ${again}, sent ${sent.join()} without ${missing.join()}`];
}

it.each(["the queue is away", "the process ends"] as const)(
  "B3: a message that was not sent is sent by the same request again: %s",
  { timeout: 300_000 },
  async (what) => {
    const faults: string[] = [];
    for (const one of sending) faults.push(...(await faultsOf(one, what)));
    expect(faults).toEqual([]);
    expect(sending.length).toBeGreaterThan(20);
  },
);
