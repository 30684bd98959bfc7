import { type Server, createServer } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { loopbackUrl } from "../../../test/fixtures/loopback.ts";
import { Operations } from "./operations.ts";
import { mustBeNew } from "./own-write.ts";
import { type Patience, clientPatience, forJobs, forPeople } from "./patience.ts";
import { noUsage, openTable } from "./table.ts";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

const short: Patience = { connectMs: 2_000, answerMs: 50, attempts: 3, rounds: 2 };
/** For a database that answers, however slow the machine is. */
const long: Patience = { ...short, answerMs: 20_000 };
const key = { pk: "T#acme#ONE", sk: "1" };

/** Operations on a database that answers each request by `answer`, or never; `asked` has the requests' operations. */
async function onDatabase(patience: Patience, answer?: (operation: string) => object) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const operation = String(request.headers["x-amz-target"]).replace(/^.*\./, "");
    asked.push(operation);
    request.resume();
    if (answer !== undefined)
      response.writeHead(400, { "content-type": "application/x-amz-json-1.0" }).end(JSON.stringify(answer(operation)));
  });
  servers.push(server);
  const table = openTable({ tableName: "regulars", endpoint: await loopbackUrl(server), patience });
  return { operations: new Operations(table, noUsage()), asked };
}

const throttled = { __type: "com.amazonaws.dynamodb.v20120810#ThrottlingException", message: "slow down" };
const cancelled = (Code: string) => ({
  __type: "com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
  message: "cancelled",
  CancellationReasons: [{ Code }],
});

describe("a client's patience", () => {
  it("OP02: ends with a database that takes a request and never answers", async () => {
    const { operations, asked } = await onDatabase(short);
    await expect(operations.get(key)).rejects.toMatchObject({ name: "TimeoutError" });
    await expect(operations.put({ ...key }, mustBeNew)).rejects.toMatchObject({ name: "TimeoutError" });
    expect(asked).toEqual([...Array<string>(3).fill("GetItem"), ...Array<string>(3).fill("PutItem")]);
  });

  it("OP02: ends with throttling after its attempts", async () => {
    const { operations, asked } = await onDatabase(long, () => throttled);
    await expect(operations.get(key)).rejects.toMatchObject({ name: "ThrottlingException" });
    expect(asked).toHaveLength(3);
  });

  it.each(["ThrottlingError", "TransactionConflict", "ProvisionedThroughputExceeded"])(
    "OP02: ends with a transaction that was cancelled by %s, which may be tried again",
    async (code) => {
      const { operations, asked } = await onDatabase(long, () => cancelled(code));
      const write = { Put: { Item: { ...key } } };
      await expect(operations.transact([write])).rejects.toMatchObject({ name: "ContentionError" });
      expect(asked).toHaveLength(3);
    },
  );

  it("OP02: is enough for a minute of throttled transactions in jobs, and no request waits ten seconds for an answer", () => {
    // Each pause is at most 1.28 s, half of that on average (store/engine/operations.ts).
    expect(forJobs.rounds * 0.64).toBeGreaterThan(60);
    expect(forPeople.attempts * (forPeople.connectMs + forPeople.answerMs)).toBeLessThan(29_000 / 2);
    for (const patience of [forPeople, forJobs])
      expect(clientPatience(patience).requestHandler).toEqual({
        connectionTimeout: patience.connectMs,
        requestTimeout: patience.answerMs,
        throwOnRequestTimeout: true,
      });
  });
});
