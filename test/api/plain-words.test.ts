import { mapConcurrent } from "@regulars/flows/platform/map-concurrent";
import { afterAll, beforeAll, expect, it } from "vitest";
import * as z from "zod";
import { type ApiTestClient, type Asked, anApiClient } from "../fixtures/api-client.ts";
import { type ApiOperation, exampleOf, apiOperations } from "../fixtures/api-operations.ts";
import { type ApiFixture, anApiFixture } from "../fixtures/api-tenants.ts";
import { zodWordsIn } from "../fixtures/zod-words.ts";

const operations = await apiOperations();

let apiClient: ApiTestClient;
let fixture: ApiFixture;

beforeAll(async () => {
  apiClient = await anApiClient();
  fixture = await anApiFixture(apiClient);
});

afterAll(() => apiClient.close());

/** Values each of which is a mistake of another kind in most fields: type, bounds, length, choice, form. */
const WRONG: readonly unknown[] = [null, -1, 1e9 + 0.5, "", "x".repeat(5_000), Array(300).fill("?"), { "?": "?" }];

/** A body with the value in each place at a depth, and there a name that nobody knows. */
function spoiled(body: unknown, depth: number, wrong: unknown): unknown {
  if (depth === 0 || typeof body !== "object" || body === null) return wrong;
  if (Array.isArray(body)) return body.map((one) => spoiled(one, depth - 1, wrong));
  return Object.fromEntries([
    ...Object.entries(body).map(([name, value]) => [name, spoiled(value, depth - 1, wrong)]),
    ...(depth === 1 ? [["nameX", wrong]] : []),
  ]);
}

const depthOf = (body: unknown): number =>
  typeof body === "object" && body !== null ? 1 + Math.max(0, ...Object.values(body).map(depthOf)) : 0;

interface Request {
  readonly path: string;
  readonly asked: Asked;
}

/** An operation's requests with mistakes in its body, and with mistakes in its query. */
function requestsOf(operation: ApiOperation): readonly Request[] {
  const { path, asked } = exampleOf(operation);
  const names = operation.parameters.filter((parameter) => parameter.in === "query").map(({ name }) => name);
  const depths = operation.body === undefined ? 0 : Math.min(3, depthOf(operation.body));
  const withQuery = (wrong: string): Request => ({
    path: `${path.split("?", 1)[0]}?${new URLSearchParams(Object.fromEntries(names.map((name) => [name, wrong])))}`,
    asked,
  });
  return [
    ...WRONG.flatMap((wrong) =>
      Array.from({ length: depths }, (_, at) => ({
        path,
        asked: { ...asked, body: spoiled(operation.body, at + 1, wrong) },
      })),
    ),
    ...(names.length === 0 ? [] : ["-1", "", "x".repeat(900)].map(withQuery)),
  ];
}

const problemSchema = z.object({
  type: z.string(),
  detail: z.string(),
  errors: z.array(z.object({ path: z.string(), code: z.string(), message: z.string() })),
});

it("answers every mistake in words of its own, with a code for programs", async () => {
  const told = await mapConcurrent(operations.flatMap(requestsOf), async ({ path, asked }) => {
    const reply = await apiClient.ask(path, { as: fixture.tokens.ada, ...asked });
    const text = await reply.text();
    if (reply.status < 400 || reply.headers.get("content-type") !== "application/problem+json") return [];
    const { detail, errors } = problemSchema.parse(JSON.parse(text));
    return [{ at: `${asked.method} ${path.slice(0, 200)}`, status: reply.status, detail, errors }];
  });
  const problems = told.flat();
  const foreign = problems.flatMap(({ at, detail, errors }) =>
    [detail, ...errors.map(({ message }) => message)].flatMap((said) => zodWordsIn(said).map((words) => [at, words])),
  );
  expect(foreign).toEqual([]);
  const unlike = problems.flatMap(({ at, errors }) =>
    errors
      .filter(({ code, message }) => !/^[a-z]+(?:-[a-z]+)*$/.test(code) || message === "")
      .map((error) => [at, error]),
  );
  expect(unlike).toEqual([]);
  const errors = problems.flatMap((problem) => problem.errors);
  expect(errors.length).toBeGreaterThan(1_000);
});
