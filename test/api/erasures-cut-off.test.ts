import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { ErasureSubject } from "@regulars/core/erasure/erasure";
import { tenantIdSchema, toInstant } from "@regulars/core/platform/values";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { erase } from "@regulars/functions/workers/erase";
import { localContext } from "@regulars/local/queue";
import { openTenantStore } from "@regulars/store/tenant-store";
import { afterAll, beforeAll, expect, it } from "vitest";
import { API_NOW, type ApiTestClient, anApiClient } from "../fixtures/api-client.ts";
import { aTenantWithBirds, canary, sparrow } from "../fixtures/canary-tenant.ts";
import { type TenantCopy, copyOf, pasteTo, removeAll } from "../fixtures/copied-tenant.ts";
import { queueEvent } from "../fixtures/queue-event.ts";
import { storedTexts } from "../fixtures/stored-texts.ts";
import { watchWrites } from "../fixtures/table-writes.ts";
import { aDirectory } from "../fixtures/tenant.ts";
import { indexesCaughtUp } from "../fixtures/unkind-table.ts";

/** KILLS=all kills an erasure before each of its writes, every time of another tenant. */
const KILLS_EVERYWHERE = process.env["KILLS"] === "all";
/** The last writes, otherwise: those of items that lead to others. */
const LAST_KILLS = 20;

let apiClient: ApiTestClient;
let birds: Tenant;
let copy: TenantCopy;
let writes = 0;
let killedBefore = Infinity;

beforeAll(async () => {
  apiClient = await anApiClient();
  const { testTenant } = await aTenantWithBirds([sparrow, canary]);
  birds = testTenant.tenant;
  copy = copyOf(birds);
  watchWrites(apiClient.runtime.table, () => {
    writes += 1;
    if (writes >= killedBefore) throw new Error("the process was killed");
    return "send";
  });
}, 120_000);
afterAll(() => apiClient.close());

/** What tells when, how often, from which revision and by which attempt something was done. */
const HOW = /"(?:requestedAt|finishedAt|expiresAt|writeId|n|c|b|r|g1s|g2s)":(?:"[^"]*"|\d+),?/g;
const UNSEEN = /#(?:DUEROW|HEADS|RATE|SCHEDULE)/;

async function endOf(tenantId: Tenant["tenantId"]): Promise<readonly string[]> {
  const items = Object.entries(storedTexts(tenantId));
  return items
    .filter(([key]) => !UNSEEN.test(key))
    .map(([key, text]) => `${key} ${text}`.replaceAll(HOW, "").replaceAll(tenantId, "t"))
    .toSorted();
}

/** Erases of a new copy of the tenant; killed, its message comes again. */
async function erased(subject: ErasureSubject, before = Infinity) {
  const tenantId = tenantIdSchema.parse(`t-${randomUUID()}`);
  const tenant = { ...birds, tenantId };
  pasteTo(tenant, copy);
  await aDirectory().ensure(tenant, toInstant(API_NOW));
  const { erasures } = openTenantStore(apiClient.runtime.table, tenant);
  const receipt = { erasureId: "era_1", requestedAt: toInstant(API_NOW), requestedBy: "user:ada" };
  await erasures.create({ ...receipt, ...subject, state: "queued" });
  await indexesCaughtUp();
  const run = async (): Promise<number> => {
    writes = 0;
    const event = queueEvent("erasures", { tenantId, erasureId: "era_1" });
    return (await erase.handlerFor(apiClient.runtime)(event, localContext("erase"))).batchItemFailures.length;
  };
  killedBefore = before;
  const failures = await run();
  killedBefore = Infinity;
  const [made, again] = [writes, failures === 0 ? 0 : await run()];
  const done = await erasures.find("era_1");
  const end = await endOf(tenantId);
  // Every end is found by a scan of all tenants that are left.
  await removeAll(tenant, apiClient.runtime.table);
  return { failures, again, made, state: done?.state, kinds: done?.kinds, end };
}

const differences = (wanted: readonly string[], found: readonly string[]): string[] => [
  ...wanted.filter((one) => !found.includes(one)).map((one) => `missing ${one.slice(0, 300)}`),
  ...found.filter((one) => !wanted.includes(one)).map((one) => `too much ${one.slice(0, 300)}`),
];

const killsOf = (all: number): readonly number[] =>
  Array.from({ length: all }, (_, i) => i + 1).filter((nth) => KILLS_EVERYWHERE || nth < 3 || nth > all - LAST_KILLS);

it.each([
  { type: "customer", id: canary.customerId },
  { type: "person", id: canary.person.id },
] as const)(
  "OP03: an erasure of a $type that is killed before any write is done by its next message, with the same report",
  { timeout: KILLS_EVERYWHERE ? 3_600_000 : 600_000 },
  async (subject) => {
    const whole = await erased(subject);
    expect([whole.failures, whole.state]).toEqual([0, "done"]);
    const faults: object[] = [];
    for (const before of killsOf(whole.made)) {
      const { end, made: _made, ...told } = await erased(subject, before);
      const left = differences(whole.end, end);
      if (left.length > 0 || !isDeepStrictEqual(told, { failures: 1, again: 0, state: "done", kinds: whole.kinds }))
        faults.push({ before, ...told, left });
    }
    expect(faults).toEqual([]);
  },
);
