import { correlated } from "@regulars/functions/correlation";
import type { SQSEvent } from "aws-lambda";
import { describe, expect, it } from "vitest";
import { LocalQueues } from "./queue.ts";

const bodyOf = (event: SQSEvent): unknown => JSON.parse(event.Records[0]?.body ?? "null");
const failed = (event: SQSEvent) => ({
  batchItemFailures: event.Records.map(({ messageId }) => ({ itemIdentifier: messageId })),
});

describe("a local queue", () => {
  it("delivers each message once, one at a time, in order", async () => {
    const queues = new LocalQueues();
    const seen: unknown[] = [];
    let running = 0;
    queues.consume("nightly", async (event) => {
      running += 1;
      expect(running).toBe(1);
      await Promise.resolve();
      seen.push(bodyOf(event));
      running -= 1;
    });
    for (const n of [1, 2, 3]) await queues.send("nightly", { n });
    await queues.idle();
    expect(seen).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
  });

  it("delivers a message in the format of SQS", async () => {
    const queues = new LocalQueues();
    const records: SQSEvent["Records"] = [];
    queues.consume("rebuilds", (event) => Promise.resolve(void records.push(...event.Records)));
    await queues.send("rebuilds", { tenantId: "acme" });
    await queues.idle();
    expect(records).toMatchObject([
      {
        body: '{"tenantId":"acme"}',
        eventSource: "aws:sqs",
        eventSourceARN: "arn:aws:sqs:local:000000000000:regulars-rebuilds",
        attributes: { ApproximateReceiveCount: "1" },
      },
    ]);
  });

  it("delivers the correlation id of a message, also on redelivery", async () => {
    const queues = new LocalQueues();
    const seen: unknown[] = [];
    queues.consume("nightly", (event) => {
      seen.push(event.Records[0]?.messageAttributes["correlationId"]?.stringValue);
      return Promise.resolve(seen.length === 1 ? failed(event) : { batchItemFailures: [] });
    });
    await correlated("request-1", () => queues.send("nightly", {}));
    await queues.idle();
    await queues.send("nightly", {});
    await queues.idle();
    expect(seen).toEqual(["request-1", "request-1", undefined]);
  });

  it("redelivers a failed message under the same id, after the others", async () => {
    const queues = new LocalQueues();
    const seen: string[] = [];
    const ids = new Set<string>();
    queues.consume("nightly", (event) => {
      const [record] = event.Records;
      seen.push(`${record?.body} ${record?.attributes.ApproximateReceiveCount}`);
      if (record?.body !== '"bad"') return Promise.resolve();
      ids.add(record.messageId);
      return Promise.resolve(seen.length < 3 ? failed(event) : { batchItemFailures: [] });
    });
    await queues.send("nightly", "bad");
    await queues.send("nightly", "good");
    await queues.idle();
    expect(seen).toEqual(['"bad" 1', '"good" 1', '"bad" 2']);
    expect([ids.size, queues.deadLetters]).toEqual([1, []]);
  });

  it.each([
    ["nightly", 3],
    ["rebuilds", 3],
    ["outgoing", 5],
  ] as const)(
    "puts a message of %s aside after %i receives, with a pause before each but the first, and goes on with the others",
    async (queue, receives) => {
      const pauses: number[] = [];
      const queues = new LocalQueues((ms) => Promise.resolve(void pauses.push(ms)));
      let good = 0;
      queues.consume(queue, (event) => {
        if (bodyOf(event) === "bad") return Promise.reject(new Error("broken"));
        good += 1;
        return Promise.resolve();
      });
      await queues.send(queue, "bad");
      await queues.send(queue, "good");
      await queues.idle();
      expect(queues.deadLetters).toEqual([{ queue, body: '"bad"', receives }]);
      expect(pauses).toEqual(Array.from({ length: receives - 1 }, () => 200));
      expect(good).toBe(1);
    },
  );

  it("is idle only when messages that a handler sent to another queue are done too", async () => {
    const queues = new LocalQueues();
    const seen: string[] = [];
    queues.consume("nightly", async () => {
      await queues.send("outgoing", {});
      seen.push("night");
    });
    queues.consume("outgoing", async () => {
      await Promise.resolve();
      seen.push("delivery");
    });
    await queues.send("nightly", {});
    await queues.idle();
    expect(seen.toSorted()).toEqual(["delivery", "night"]);
  });

  it("is idle at once when there is nothing to do", async () => {
    await expect(new LocalQueues().idle()).resolves.toBeUndefined();
  });

  // A queue counts as running for a moment after it found no waiting message.
  it("loses no message that arrives just as the queue becomes empty", async () => {
    for (let turns = 0; turns < 20; turns += 1) {
      const queues = new LocalQueues();
      const seen: unknown[] = [];
      const first = Promise.withResolvers<void>();
      queues.consume("nightly", (event) => {
        seen.push(bodyOf(event));
        first.resolve();
        return Promise.resolve();
      });
      await queues.send("nightly", 1);
      await first.promise;
      for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
      await queues.send("nightly", 2);
      await queues.idle();
      expect([turns, seen]).toEqual([turns, [1, 2]]);
    }
  });
});
