import { seeded } from "@regulars/core/platform/random";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ApiTestClient, anApiClient } from "../fixtures/api-client.ts";
import { apiOperations } from "../fixtures/api-operations.ts";
import { type ApiFixture, anApiFixture } from "../fixtures/api-tenants.ts";
import { malformer } from "../fixtures/malformed.ts";

/** Eight meet 99 of 100 pairs of an operation and a fault that twenty meet; FUZZ_SEEDS tries more. */
const SEEDS = Array.from({ length: Number(process.env["FUZZ_SEEDS"] ?? 8) }, (_, i) => 20_261_123 + i);
/** Requests for each random seed. */
const REQUESTS = 1_000;
const AT_ONCE = 20;

const operations = (await apiOperations()).filter(({ isOpen }) => !isOpen);

let apiClient: ApiTestClient;
let fixture: ApiFixture;

beforeAll(async () => {
  apiClient = await anApiClient();
  fixture = await anApiFixture(apiClient);
});

afterAll(() => apiClient.close());

describe("malformed requests", () => {
  it.each(SEEDS)(
    "are refused with a problem document, 1000 of seed %i, as the document says, and none breaks the API",
    async (seed) => {
      const next = malformer(operations, seeded(seed));
      const broken: object[] = [];
      const statuses = new Map<number, number>();
      let left = REQUESTS;
      const one = async (): Promise<void> => {
        const { how, path, asked, operation } = next();
        const isPerson = left % 4 === 0;
        const reply = await apiClient.ask(path, { as: isPerson ? fixture.tokens.ada : fixture.apiKey, ...asked });
        const text = await reply.text();
        statuses.set(reply.status, (statuses.get(reply.status) ?? 0) + 1);
        const isProblem = reply.headers.get("content-type") === "application/problem+json";
        const isDescribed = operation === undefined || operation.responses[reply.status] !== undefined;
        const isFine =
          isDescribed &&
          (reply.status < 400 || (reply.status < 500 && isProblem && JSON.parse(text).status === reply.status));
        if (!isFine)
          broken.push({
            how,
            name: operation?.name,
            path: path.slice(0, 200),
            asked: JSON.stringify(asked).slice(0, 300),
            status: reply.status,
            text: text.slice(0, 300),
          });
      };
      await Promise.all(
        Array.from({ length: AT_ONCE }, async () => {
          while (left > 0) {
            left -= 1;
            await one();
          }
        }),
      );
      expect(broken.slice(0, 5)).toEqual([]);
      const refused = [...statuses].filter(([status]) => status >= 400).reduce((sum, [, count]) => sum + count, 0);
      expect(refused).toBeGreaterThan(REQUESTS * 0.5);
      expect([...statuses.keys()].toSorted()).toEqual(expect.arrayContaining([400, 401, 404, 415, 422]));
    },
  );
});
