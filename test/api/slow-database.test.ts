import { type AddressInfo, type Server, createServer } from "node:net";
import { formatKey } from "@regulars/core/access/api-key";
import { tenantIdSchema, userIdSchema } from "@regulars/core/platform/values";
import { apiHandler } from "@regulars/functions/api/lambda";
import { createRuntime } from "@regulars/functions/runtime";
import { apiGatewayAdapter } from "@regulars/local/http/api-gateway-adapter";
import { localContext } from "@regulars/local/queue";
import { type Patience, forPeople } from "@regulars/store/engine/patience";
import { closeTable } from "@regulars/store/engine/table";
import { sealOf } from "@regulars/web/access/sealed";
import { consoleHandler } from "@regulars/web/lambda";
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

const SESSION_SECRET = "a-secret-of-sessions,-long-enough-as-well";

/** A function's system whose database hangs, with some time left of the function's. */
function hangingSystem(patience: Patience, timeLeftMs: number) {
  const { port } = hanging.address() as AddressInfo;
  const lines: [string, object][] = [];
  const note = (what: string, figures: object): void => void lines.push([what, figures]);
  const runtime = createRuntime(
    {
      TABLE_NAME: "regulars",
      PUBLIC_URL: "https://regulars.example",
      DYNAMODB_ENDPOINT: `http://127.0.0.1:${port}`,
      AUTH_ISSUER: "https://issuer.example",
      AUTH_AUDIENCE: "regulars",
      AUTH_CLIENT_ID: "console",
      CURSOR_SECRET: "a secret of tests, thirty-two characters",
      SIGNING_SECRET: "another secret of tests, also long enough",
      SESSION_SECRET,
    },
    { patience, log: { info: note, error: note } },
  );
  const endsAt = performance.now() + timeLeftMs;
  const context = { ...localContext("api"), getRemainingTimeInMillis: () => endsAt - performance.now() };
  return { runtime, context, lines };
}

/** The API's answer while its database hangs. */
async function askWith(patience: Patience, timeLeftMs: number) {
  const { runtime, context } = hangingSystem(patience, timeLeftMs);
  const request = new Request("https://api.example/v1/plans", {
    headers: { "x-api-key": apiKey },
  });
  const handler = apiHandler(runtime);
  const answer = await apiGatewayAdapter((event) => handler(event, context))(request);
  const problem: unknown = await answer.json();
  closeTable(runtime.table);
  return { status: answer.status, retryAfter: answer.headers.get("retry-after"), problem };
}

/** The console's answer to a signed-in user while its database hangs, and what the log says of it. */
async function openWith(patience: Patience, timeLeftMs: number) {
  const { runtime, context, lines } = hangingSystem(patience, timeLeftMs);
  const seal = sealOf(SESSION_SECRET, "session");
  const held = {
    tenantId: tenantIdSchema.parse("acme"),
    userId: userIdSchema.parse("anna"),
    sessionId: "s".repeat(43),
  };
  const request = new Request("https://regulars.example/", {
    headers: { accept: "text/html", cookie: `__Host-regulars=${seal.seal(held)}` },
  });
  const handler = consoleHandler(runtime);
  const answer = await apiGatewayAdapter((event) => handler(event, context))(request);
  const page = await answer.text();
  closeTable(runtime.table);
  return {
    status: answer.status,
    retryAfter: answer.headers.get("retry-after"),
    page,
    said: lines.map(([what]) => what),
  };
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

describe("the console on a database that does not answer", () => {
  it("OP02: says when to load the page again once its patience is over", async () => {
    expect(await openWith({ ...forPeople, answerMs: 50 }, 600_000)).toMatchObject({
      status: 503,
      retryAfter: "1",
      page: expect.stringContaining("The database cannot answer now."),
      said: ["page failed"],
    });
  });

  it("OP02: answers before its function's time is over, whatever it waits for", async () => {
    expect(await openWith({ ...forPeople, answerMs: 600_000 }, 1_600)).toMatchObject({
      status: 503,
      retryAfter: "5",
      page: expect.stringContaining("This took too long and was ended."),
      said: ["out of time", "page failed"],
    });
  });
});
