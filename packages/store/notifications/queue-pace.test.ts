import { noticeSchema } from "@regulars/core/notifications/message";
import { toInstant } from "@regulars/core/platform/values";
import { expect, it } from "vitest";
import { aTenantStore } from "../../../test/fixtures/tenant.ts";

const dueAt = toInstant(Date.parse("2026-11-23T06:30:00Z"));

it("OP03: queues many messages of a tenant four at a time, so that their partition is never asked for more than it takes", async () => {
  const { store, table, tenant } = aTenantStore();
  let [now, most, puts] = [0, 0, 0];
  table.raw.middlewareStack.add(
    (next, context) => async (args) => {
      if (context["commandName"] !== "PutItemCommand") return next(args);
      now += 1;
      puts += 1;
      most = Math.max(most, now);
      return next(args).finally(() => {
        now -= 1;
      });
    },
    { step: "initialize", name: "countPuts" },
  );
  const queued = await store.outbox.queue(
    Array.from({ length: 50 }, (_, i) => ({
      id: `notice:${i}`,
      dueAt,
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
    })),
  );
  expect({ queued, most }).toEqual({ queued: 50, most: 4 });
  expect(puts).toBeGreaterThanOrEqual(50);
});
