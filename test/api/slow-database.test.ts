import { type AddressInfo, type Server, createServer } from "node:net";
import { formatKey } from "@regulars/core/access/api-key";
import { tenantIdSchema } from "@regulars/core/platform/values";
import { apiHandler } from "@regulars/functions/api/lambda";
import { createRuntime } from "@regulars/functions/runtime";
import { apiGatewayAdapter } from "@regulars/local/http/api-gateway-adapter";
import { localContext } from "@regulars/local/queue";
import { type Patience, forPeople } from "@regulars/store/engine/patience";
import { closeTable } from "@regulars/store/engine/table";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

/** Takes connections and requests, and answers none. */
let hanging: Server;
beforeAll(
  () =>
    new Promise<void>((listening) => {
      hanging = createServer((socket) => void socket.on("error", () => undefined)).listen(0, "127.0.0.1", listening);
    }),
);
afterAll(() => void hanging.close());

const apiKey = formatKey({ tenantId: tenantIdSchema.parse("acme"), keyId: "k0123456789ab", secret: "s".repeat(43) });

/** The API's answer while its database hangs, with some time left of its function's. */
async function askWith(patience: Patience, timeLeftMs: number) {
  const { port } = hanging.address() as AddressInfo;
  const runtime = createRuntime(
    {
      TABLE_NAME: "regulars",
      PUBLIC_URL: "https://regulars.example",
      DYNAMODB_ENDPOINT: `http://127.0.0.1:${port}`,
      AUTH_ISSUER: "https://issuer.example",
      AUTH_AUDIENCE: "regulars",
      CURSOR_SECRET: "a secret of tests, thirty-two characters",
      SIGNING_SECRET: "another secret of tests, also long enough",
    },
    { patience, log: { info: () => undefined, error: () => undefined } },
  );
  const request = new Request("https://api.example/v1/plans", {
    headers: { "x-api-key": apiKey },
  });
  const endsAt = performance.now() + timeLeftMs;
  const context = { ...localContext("api"), getRemainingTimeInMillis: () => endsAt - performance.now() };
  const handler = apiHandler(runtime);
  const answer = await apiGatewayAdapter((event) => handler(event, context))(request);
  const problem: unknown = await answer.json();
  closeTable(runtime.table);
  return { status: answer.status, retryAfter: answer.headers.get("retry-after"), problem };
}

describe("the API on a database that does not answer", () => {
  it("OP02: says when to try again once its patience is over", async () => {
    expect(await askWith({ ...forPeople, answerMs: 50 }, 600_000)).toMatchObject({
      status: 503,
      retryAfter: "1",
      problem: { type: "try-again", detail: "the database does not answer: try again in a moment" },
    });
  });

  it("OP02: answers before its function's time is over, whatever it waits for", async () => {
    expect(await askWith({ ...forPeople, answerMs: 600_000 }, 1_600)).toMatchObject({
      status: 503,
      retryAfter: "5",
      problem: { type: "try-again", detail: expect.stringContaining("with the same Idempotency-Key") },
    });
  });
});
