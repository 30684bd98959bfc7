import { expect, it } from "vitest";
import { createRuntime } from "@regulars/functions/runtime";
import { queueHandler } from "@regulars/functions/workers/batch";
import { defineClockJob } from "@regulars/functions/workers/define-job";
import { localContext } from "@regulars/local/queue";
import * as z from "zod";
import { queueEvent } from "../fixtures/queue-event.ts";

function aRuntime() {
  const said: [string, object][] = [];
  const entered: string[] = [];
  const say = (what: string, figures: object): void => void said.push([what, figures]);
  const log = {
    info: say,
    error: say,
    enter: ({ awsRequestId }: { readonly awsRequestId: string }) => void entered.push(awsRequestId),
  };
  return { said, entered, runtime: createRuntime({ TABLE_NAME: "regulars", PUBLIC_URL: "http://127.0.0.1" }, { log }) };
}

/** The last word is said when 1.5 seconds are left: at once. */
const context = { ...localContext("job"), awsRequestId: "one", getRemainingTimeInMillis: () => 1_500 };

const messages = (...bodies: readonly string[]) => ({
  Records: bodies.flatMap((body) =>
    queueEvent("nightly", body).Records.map((record) => ({ ...record, messageId: `m-${body}` })),
  ),
});

it("before a job's time is over, what is done is kept, and the rest returns to the queue and is named in the log", async () => {
  const { said, entered, runtime } = aRuntime();
  const work = async (what: string): Promise<void> => {
    if (what === "hangs") await new Promise(() => undefined);
    if (what === "fails") throw new Error("no such tenant");
  };
  const answer = queueHandler(z.string(), work, runtime)(messages("done", "hangs", "fails"), context);
  expect(await answer).toEqual({ batchItemFailures: [{ itemIdentifier: "m-hangs" }, { itemIdentifier: "m-fails" }] });
  expect(entered).toEqual(["one"]);
  expect(said.map(([what]) => what)).toEqual(["job failed", "job failed", "out of time", "job failed", "job failed"]);
  expect(said[3]).toEqual([
    "job failed",
    { messageId: "m-hangs", message: '"hangs"', receives: 1, reason: "the function's time is over" },
  ]);
});

it("a job of the clock fails before its time is over, and the log says so", async () => {
  const { said, entered, runtime } = aRuntime();
  const job = defineClockJob({ id: "tick", run: () => new Promise(() => undefined) });
  const event = {
    id: "1",
    version: "0",
    account: "1",
    time: "2026-09-26T05:00:00Z",
    region: "local",
    resources: [],
    source: "aws.scheduler",
    "detail-type": "Scheduled Event" as const,
    detail: {},
  };
  await expect(job.handlerFor(runtime)(event, context)).rejects.toThrow("tick: the function's time is over");
  expect(entered).toEqual(["one"]);
  expect(said).toEqual([["out of time", {}]]);
});
