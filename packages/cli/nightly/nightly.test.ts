import { customerIdSchema, userIdSchema } from "@regulars/core/platform/values";
import { expect, it } from "vitest";
import { LocalQueues } from "@regulars/local/queue";
import type { Reported } from "@regulars/local/system";
import { describeNightly, runNightlyJob } from "./nightly.ts";

const result = {
  asOf: "2026-09-24",
  tenant: "mine",
  customers: 1,
  ms: 12,
  findings: { added: 7, ongoing: 0, resolved: 0 },
  kinds: { "churn-risk": { eligible: 1, found: 1, added: 1 } },
  itemsRead: 1,
  readRequestUnits: 1,
  itemsWritten: 2,
  writeRequestUnits: 2,
  messages: { queued: 0, sent: 0, failed: 0, isOnHold: false },
};
const group = { reason: "no-user" as const, users: [userIdSchema.parse("x")], why: "no user has these customers" };

it("F6: a nightly run that tells nobody says of whom and why", () => {
  const untold = [
    {
      ...group,
      entries: 8,
      customers: 7,
      first: ["C1", "C2", "C3", "C4", "C5"].map((id) => customerIdSchema.parse(id)),
    },
    { ...group, entries: 1, customers: 1, first: [customerIdSchema.parse("D1")] },
  ];
  expect(describeNightly({ ...result, untold }).split("\n")).toEqual([
    "Nightly run of 2026-09-24 for mine: 1 customer in 12 ms",
    "  churn-risk              1 found (1 fresh) among 1 eligible customer",
    "  findings: 7 fresh, 0 lasting, 0 resolved",
    "  messages: 0 sent",
    "  in nobody's digest: 8 entries of 7 customers (C1, C2, C3, C4, C5, and 2 others)",
    "    because no user has these customers",
    "  in nobody's digest: 1 entry of 1 customer (D1)",
    "    because no user has these customers",
    "  read 1 item for 1 RRU, wrote 2 for 2 WRU",
  ]);
});

it("a nightly run with a part that a killed process has kept says when to come again", async () => {
  const reported: Reported[] = [];
  const queues = new LocalQueues();
  queues.consume("nightly", async () => {
    reported.push({ what: "nightly part", figures: { phase: "count", shard: 3, customers: 0, isLeft: false } });
  });
  const night = runNightlyJob(
    { queues, reported, failures: [], folder: "nowhere" },
    { tenantId: "mine", asOf: "2026-09-24", isOnHold: false },
  );
  await expect(night).rejects.toThrow(
    /^the nightly run of mine is not done: .* run the same command again in a quarter/,
  );
});
