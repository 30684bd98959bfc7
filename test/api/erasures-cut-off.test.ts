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
import { writesInTurn } from "../fixtures/table-writes.ts";
import { aDirectory } from "../fixtures/tenant.ts";
import { indexesCaughtUp } from "../fixtures/unkind-table.ts";

/** KILLS=all kills an erasure before each of its writes, every time of another tenant. */
const KILLS_EVERYWHERE = process.env["KILLS"] === "all";
/** The first and the last writes, otherwise: those of items that lead to others. */
const [FIRST_KILLS, LAST_KILLS] = [2, 20];

let apiClient: ApiTestClient;
let birds: Tenant;
let copy: TenantCopy;
/** Called before each write. */
let beforeWrite = (): void => undefined;

beforeAll(async () => {
  apiClient = await anApiClient();
  const { testTenant } = await aTenantWithBirds([sparrow, canary]);
  birds = testTenant.tenant;
  copy = copyOf(birds);
  writesInTurn(apiClient.runtime.table, () => beforeWrite());
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

/** A new tenant with what a copy has. */
async function aCopyOf(from: TenantCopy): Promise<Tenant> {
  const tenant = { ...birds, tenantId: tenantIdSchema.parse(`t-${randomUUID()}`) };
  pasteTo(tenant, from);
  await aDirectory().ensure(tenant, toInstant(API_NOW));
  return tenant;
}

/** A copy of the birds' tenant, where an erasure is asked for. */
async function askedOf(subject: ErasureSubject): Promise<Tenant> {
  const tenant = await aCopyOf(copy);
  const receipt = { erasureId: "era_1", requestedAt: toInstant(API_NOW), requestedBy: "user:ada" };
  const { erasures } = openTenantStore(apiClient.runtime.table, tenant);
  await erasures.create({ ...receipt, ...subject, state: "queued" });
  return tenant;
}

/** Works at the erasure's message; returns whether it failed. */
async function work({ tenantId }: Tenant, before = (): void => undefined): Promise<boolean> {
  await indexesCaughtUp();
  beforeWrite = before;
  const event = queueEvent("erasures", { tenantId, erasureId: "era_1" });
  const answer = await erase.handlerFor(apiClient.runtime)(event, localContext("erase"));
  beforeWrite = () => undefined;
  return answer.batchItemFailures.length > 0;
}

/** What there is after an erasure, and what it says; the tenant is removed. */
async function ended(tenant: Tenant) {
  const done = await openTenantStore(apiClient.runtime.table, tenant).erasures.find("era_1");
  const end = await endOf(tenant.tenantId);
  // Every end is found by a scan of all tenants that are left.
  await removeAll(tenant, apiClient.runtime.table);
  return { state: done?.state, kinds: done?.kinds, end };
}

const differences = (wanted: readonly string[], found: readonly string[]): string[] => [
  ...wanted.filter((one) => !found.includes(one)).map((one) => `missing ${one.slice(0, 300)}`),
  ...found.filter((one) => !wanted.includes(one)).map((one) => `too much ${one.slice(0, 300)}`),
];

/** Notes what is stored before a write: what a process leaves that is killed there. */
function noteLeft(left: TenantCopy[], tenant: Tenant): void {
  left.push(copyOf(tenant));
  if (!KILLS_EVERYWHERE && left.length > FIRST_KILLS + LAST_KILLS) left.splice(FIRST_KILLS, 1);
}

it.each([
  { type: "customer", id: canary.customerId },
  { type: "person", id: canary.person.id },
] as const)(
  "OP03: an erasure of a $type that is killed before any write is done by its next message, with the same report",
  { timeout: KILLS_EVERYWHERE ? 3_600_000 : 600_000 },
  async (subject) => {
    const undisturbed = await askedOf(subject);
    const left: TenantCopy[] = [];
    expect(await work(undisturbed, () => noteLeft(left, undisturbed))).toBe(false);
    const whole = await ended(undisturbed);
    expect([whole.state, left.length >= FIRST_KILLS + LAST_KILLS]).toEqual(["done", true]);
    const faults: object[] = [];
    for (const [nth, rows] of left.entries()) {
      const killed = await aCopyOf(rows);
      const isFailed = await work(killed);
      const { end, ...told } = await ended(killed);
      const differing = differences(whole.end, end);
      if (isFailed || differing.length > 0 || !isDeepStrictEqual(told, { state: "done", kinds: whole.kinds }))
        faults.push({ nth, isFailed, ...told, differing });
    }
    expect(faults).toEqual([]);
  },
);

it("OP03: an erasure that cannot write any more is told as failed, and done by its next message", async () => {
  const tenant = await askedOf({ type: "customer", id: canary.customerId });
  let left = 2;
  const isFailed = await work(tenant, () => {
    left -= 1;
    if (left < 0) throw new Error("the process was killed");
  });
  expect([isFailed, await work(tenant), (await ended(tenant)).state]).toEqual([true, false, "done"]);
});
