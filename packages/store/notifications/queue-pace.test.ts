import { noticeSchema } from "@regulars/core/notifications/message";
import { type Instant, toInstant } from "@regulars/core/platform/values";
import { expect, it } from "vitest";
import { indexesCaughtUp, isUnkind } from "../../../test/fixtures/unkind-table.ts";
import { type TestTenant, aTenantStore } from "../../../test/fixtures/tenant.ts";

const DUE_MS = Date.parse("2026-11-23T06:30:00Z");
const dueAt = toInstant(DUE_MS);

/** The partitions of a tenant's messages, and the part of 50 messages that each takes by the hash of their ids. */
const PARTITIONS = ["OUT#0", "OUT#1", "OUT#2", "OUT#3"];

const aNotice = ({ tenant }: TestTenant, i: number, at: Instant = dueAt) => ({
  id: `notice:${i}`,
  dueAt: at,
  isOnHold: false,
  message: noticeSchema.parse({
    type: "notice",
    tenantId: tenant.tenantId,
    tenantName: tenant.name,
    asOf: "2026-11-23",
    locale: tenant.locale,
    userId: "ada",
    to: { name: "Ada", address: "ada@example.com" },
    title: "A webhook is off",
    paragraphs: [],
  }),
});

// Others in the way of a write would change what is counted.
it.skipIf(isUnkind())(
  "OP03: queues a tenant's messages in four partitions side by side, four at a time in each, which is what it takes",
  async () => {
    const testTenant = aTenantStore();
    const { store, table, tenant } = testTenant;
    const [now, most] = [new Map<string, number>(), new Map<string, number>()];
    table.raw.middlewareStack.add(
      (next, context) => async (args) => {
        if (context["commandName"] !== "PutItemCommand") return next(args);
        const { pk = {} } = (args.input as { Item?: Record<string, { S?: string }> }).Item ?? {};
        const partition = String(pk.S).replace(`T#${tenant.tenantId}#`, "");
        const count = (by: number) => now.set(partition, (now.get(partition) ?? 0) + by).get(partition) ?? 0;
        most.set(partition, Math.max(most.get(partition) ?? 0, count(1)));
        return next(args).finally(() => void count(-1));
      },
      { step: "build", name: "countPuts" },
    );
    expect(await store.outbox.queue(Array.from({ length: 50 }, (_, i) => aNotice(testTenant, i)))).toBe(50);
    expect(Object.fromEntries(most)).toEqual(Object.fromEntries(PARTITIONS.map((partition) => [partition, 4])));
  },
);

it("OP03: gives what is due in the order of time, whatever partitions it lies in, and as many as are asked for", async () => {
  const testTenant = aTenantStore();
  const { outbox } = testTenant.store;
  // 17 is prime to 50: each minute has one message, and neighbours lie in different partitions.
  const at = (i: number): Instant => toInstant(DUE_MS + ((i * 17) % 50) * 60_000);
  await outbox.queue(Array.from({ length: 50 }, (_, i) => aNotice(testTenant, i, at(i))));
  await indexesCaughtUp();
  const inOrder = Array.from({ length: 50 }, (_, i) => toInstant(DUE_MS + i * 60_000));
  const due = async (until: Instant, limit: number) => (await outbox.due(until, limit)).map((one) => one.dueAt);
  expect(await due(toInstant(DUE_MS + 86_400_000), 100)).toEqual(inOrder);
  expect(await due(toInstant(DUE_MS + 86_400_000), 7)).toEqual(inOrder.slice(0, 7));
  expect(await due(toInstant(DUE_MS + 9 * 60_000), 100)).toEqual(inOrder.slice(0, 10));
  expect((await outbox.waitingFor(undefined)).length).toBe(50);
});
