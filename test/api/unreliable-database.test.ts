import { TEST_NOW } from "@regulars/core/testing";
import { ingestBatch } from "@regulars/flows/imports/ingest-batch";
import { forPeople } from "@regulars/store/engine/patience";
import { afterAll, beforeAll, expect, it } from "vitest";
import { apiFunction } from "../../infra/api.ts";
import { type ApiTestClient, TRUE_SECOND_MS, anApiClient, impatiently } from "../fixtures/api-client.ts";
import { type ApiOperation, exampleOf, keyedOperations } from "../fixtures/api-operations.ts";
import { anApiFixture } from "../fixtures/api-tenants.ts";
import { WRITE_COMMANDS, keysIn } from "../fixtures/table-writes.ts";
import { type Outage, type UnreliableTable, anUnreliableTable } from "../fixtures/unreliable-table.ts";

/**
 * Every write of the API while the database hangs, and while it throttles for a second, ten and sixty: the request is
 * answered in time, and sent again until it is done, it has the effect of one undisturbed request.
 */

/** Longer than the lease of a request that never ended. */
const LATER_MS = 36_000;

/** Each operation meets all of them; the one that it meets first is another for each. */
const OUTAGES: readonly Outage[] = [
  { does: "hangs", lastsMs: 60_000, afterWrites: 3 },
  { does: "throttles", lastsMs: 60_000, afterWrites: 2 },
  { does: "throttles", lastsMs: 10_000, afterWrites: 3 },
  { does: "throttles", lastsMs: 1_000, afterWrites: 2 },
  { does: "throttles", lastsMs: 60_000, afterWrites: 0 },
];

let unreliable: UnreliableTable;
const operations = await keyedOperations();

let apiClient: ApiTestClient;
/** What was written since it was emptied. */
const written = new Set<string>();

beforeAll(async () => {
  unreliable = anUnreliableTable(forPeople);
  apiClient = await anApiClient(undefined, unreliable.table);
  unreliable.table.raw.middlewareStack.add(
    (next, context) => async (args) => {
      const answer = await next(args);
      if (WRITE_COMMANDS.has(String(context["commandName"])))
        for (const { pk, sk } of keysIn(args.input))
          if (isEffect(pk)) written.add(`${pk.replace(/^T#[^#]*#/, "")} ${sk}`);
      return answer;
    },
    { step: "initialize", priority: "high", name: "noteWrites" },
  );
});
afterAll(() => apiClient.close());

/** Rows that say nothing of an effect: receipts, leases, hints, the use of rates and keys, the log of inbound requests. */
const isEffect = (pk: string): boolean => !/#(?:IDEMPOTENCY|RATE|KEYS|INBOUND|ASSIGNMENT|DUEROW)/.test(pk);

/** How many items of each family were written. A number that was drawn for nothing, and members of nothing, nobody sees. */
function sizes(): string {
  const families = Map.groupBy(written, (name) => name.split(/[# ]/, 1)[0] ?? "");
  for (const unseen of ["QUEUE", "OPERATION"]) families.delete(unseen);
  return JSON.stringify([...families].map(([family, names]) => [family, names.length]).toSorted());
}

/** A way to ask an operation of a new tenant, by its own example and with one idempotency key. */
async function askerOf(operation: ApiOperation): Promise<() => Promise<Response>> {
  const { tenant, store, tokens, apiKey } = await anApiFixture(apiClient);
  const items = [{ invoiceId: "INV-2001", paidAt: "2026-12-01", amount: "84.80" }];
  await ingestBatch({ tenant, now: TEST_NOW, kind: "payments", items, imports: store.imports });
  const { path, asked } = exampleOf(operation);
  let as = tokens.ada;
  written.clear();
  return async () => {
    const ask = () => apiClient.ask(path, { ...asked, as, headers: { "idempotency-key": "one" } });
    const answer = await impatiently(apiClient, ask, TRUE_SECOND_MS);
    if (answer.status !== 403 || as === apiKey) return answer;
    // What only machines may do.
    as = apiKey;
    return impatiently(apiClient, ask, TRUE_SECOND_MS);
  };
}

/** What is wrong with an answer during an outage; nothing in the best case. */
async function faultDuring(outage: Outage, ask: () => Promise<Response>): Promise<string[]> {
  unreliable.begin(outage);
  const from = unreliable.time.ms;
  const answer = await ask();
  unreliable.end();
  const tookMs = unreliable.time.ms - from;
  apiClient.clock.nowMs += LATER_MS;
  const isTold = answer.status === 503 && answer.headers.get("retry-after") !== null;
  const what = `${outage.does} for ${outage.lastsMs} ms after ${outage.afterWrites} writes`;
  return [
    ...(isTold || answer.status < 300 ? [] : [`${what}: ${answer.status} ${(await answer.text()).slice(0, 200)}`]),
    ...(tookMs < apiFunction.timeoutSeconds * 1_000 ? [] : [`${what}: answered after ${tookMs} ms`]),
  ];
}

async function faultsOf(operation: ApiOperation, nth: number): Promise<string[]> {
  const before = apiClient.clock.nowMs;
  const undisturbed = await (await askerOf(operation))();
  const wanted = sizes();
  const ask = await askerOf(operation);
  const faults: string[] = [];
  for (const i of OUTAGES.keys()) {
    const outage = OUTAGES[(i + nth) % OUTAGES.length];
    if (outage !== undefined) faults.push(...(await faultDuring(outage, ask)));
  }
  const last = await ask();
  apiClient.clock.nowMs = before;
  if (undisturbed.status >= 300 || last.status >= 300) faults.push(`ends with ${undisturbed.status}, ${last.status}`);
  if (sizes() !== wanted) faults.push(`wrote ${sizes()}, not ${wanted}`);
  return faults;
}

it("OP02: more than 40 operations write", () => {
  expect(operations.length).toBeGreaterThan(40);
});

it.each(operations.map((operation, nth) => ({ ...operation, nth })))(
  "OP02: $name is answered in time, whatever the database does, and ends as if it had done nothing",
  async ({ nth, ...operation }) => {
    const from = unreliable.time.ms;
    expect(await faultsOf(operation, nth)).toEqual([]);
    // Seconds of waiting, which took no time.
    expect(unreliable.time.ms - from).toBeGreaterThan(1_000);
  },
);
