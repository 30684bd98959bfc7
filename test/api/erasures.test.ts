import { isDeepStrictEqual } from "node:util";
import { erase } from "@regulars/functions/workers/erase";
import { plansTick } from "@regulars/functions/workers/plans-tick";
import { localContext } from "@regulars/local/queue";
import type { ScheduledEvent } from "aws-lambda";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ApiTestClient, anApiClient, bodyOf } from "../fixtures/api-client.ts";
import { type ApiFixture, anApiFixture } from "../fixtures/api-tenants.ts";
import { queueEvent } from "../fixtures/queue-event.ts";
import { storedTexts } from "../fixtures/stored-texts.ts";

interface Receipt {
  readonly erasureId: string;
  readonly state: string;
  readonly kinds: readonly { readonly kind: string }[] | null;
}

let apiClient: ApiTestClient;
let fixture: ApiFixture;

beforeAll(async () => {
  apiClient = await anApiClient();
  fixture = await anApiFixture(apiClient);
});

afterAll(() => apiClient.close());

const ask = (body: object, as = fixture.tokens.ada, key = "erase-1") =>
  apiClient.ask("/v1/erasures", { method: "POST", as, body, headers: { "idempotency-key": key } });

describe("POST /v1/erasures", () => {
  it("OP03: is an admin's right", async () => {
    for (const as of [fixture.tokens.anna, fixture.tokens.max])
      expect((await ask({ customerId: "acme" }, as)).status).toBe(403);
    expect(apiClient.sent.filter(({ queue }) => queue === "erasures")).toEqual([]);
  });

  it.each([{}, { customerId: "acme", personId: "p1" }, { customerId: "" }])("OP03: refuses %j", async (body) => {
    expect((await ask(body, fixture.tokens.ada, "bad")).status).toBe(422);
  });

  it("OP03: queues an erasure once, erases every copy, and answers a receipt that does not say of whom", async () => {
    const { tenant } = fixture;
    const texts = () => Object.entries(storedTexts(tenant.tenantId));
    expect(texts().filter(([, text]) => text.includes('"acme"')).length).toBeGreaterThan(10);
    const [first, again] = [await ask({ customerId: "acme" }), await ask({ customerId: "acme" })];
    const receipt = await bodyOf<Receipt>(first);
    expect([first.status, first.headers.get("location"), receipt.state, receipt.kinds]).toEqual([
      202,
      `/v1/erasures/${receipt.erasureId}`,
      "queued",
      null,
    ]);
    expect(await bodyOf<Receipt>(again)).toEqual(receipt);
    const messages = apiClient.sent.filter(({ queue }) => queue === "erasures");
    expect(messages.map(({ body }) => body)).toEqual([{ tenantId: tenant.tenantId, erasureId: receipt.erasureId }]);

    const run = erase.handlerFor(apiClient.runtime);
    for (const { body } of [...messages, ...messages])
      expect(await run(queueEvent("erasures", body), localContext("erase"))).toEqual({ batchItemFailures: [] });
    const done = await bodyOf<Receipt>(
      await apiClient.ask(`/v1/erasures/${receipt.erasureId}`, { as: fixture.tokens.ada }),
    );
    expect(done.state).toBe("done");
    expect(done.kinds).toContainEqual({ kind: "orders", removed: expect.any(Number), blanked: 0 });
    expect(texts().filter(([key, text]) => !key.includes("#IDEMPOTENCY#") && text.includes('"acme"'))).toEqual([]);
  });

  it("OP03: sends the message of an erasure again that nobody asks about, each hour until it is done", async () => {
    const { tenant, tokens } = await anApiFixture(apiClient);
    const { erasureId } = await bodyOf<Receipt>(await ask({ customerId: "blue" }, tokens.ada));
    const before = apiClient.clock.nowMs;
    const sentIn = async (minutes: number): Promise<number> => {
      apiClient.sent.length = 0;
      apiClient.clock.nowMs += minutes * 60_000;
      await plansTick.handlerFor(apiClient.runtime)({} as ScheduledEvent, localContext("plansTick"));
      const messages = apiClient.sent.filter(({ queue }) => queue === "erasures").map(({ body }) => body);
      return messages.filter((one) => isDeepStrictEqual(one, { tenantId: tenant.tenantId, erasureId })).length;
    };
    expect([await sentIn(59), await sentIn(1), await sentIn(59), await sentIn(1)]).toEqual([0, 1, 0, 1]);
    const event = queueEvent("erasures", { tenantId: tenant.tenantId, erasureId });
    expect(await erase.handlerFor(apiClient.runtime)(event, localContext("erase"))).toEqual({ batchItemFailures: [] });
    expect([await sentIn(60), await sentIn(60)]).toEqual([0, 0]);
    apiClient.clock.nowMs = before;
  });

  it("OP03: has no receipt of an erasure that there is not", async () => {
    expect((await apiClient.ask("/v1/erasures/era_nothing", { as: fixture.tokens.ada })).status).toBe(404);
  });
});
