import { memo } from "@regulars/core/platform/memo";
import { anOrder } from "@regulars/core/testing";
import { exampleDelivery } from "@regulars/functions/api/webhooks/event-examples";
import { eventTypes } from "@regulars/functions/api/webhooks/event-types";
import { apiHandler } from "@regulars/functions/api/lambda";
import { apiGatewayAdapter } from "@regulars/local/http/api-gateway-adapter";
import { Validator } from "@seriousme/openapi-schema-validator";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import ajvFormats from "ajv-formats";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { mapConcurrent } from "@regulars/flows/platform/map-concurrent";
import { type ApiTestClient, anApiClient, bodyOf } from "../fixtures/api-client.ts";
import {
  type ApiOperation,
  apiDocument,
  apiOperations,
  exampleOf,
  examplesOf,
  partsOfDocument,
} from "../fixtures/api-operations.ts";
import { anApiFixture } from "../fixtures/api-tenants.ts";

/** The base URI of the document's schemas, for references between them. */
const DOCUMENT = "https://regulars.example/openapi.json";

const operations = await apiOperations();

let apiClient: ApiTestClient;

beforeAll(async () => {
  apiClient = await anApiClient();
});

afterAll(() => apiClient.close());

/** A tenant that is only read. */
const readFixture = memo(() => anApiFixture(apiClient));

/** Checks bodies against the schemas of the document itself. */
const bodyChecker = memo(async () => {
  const { components } = await apiDocument();
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  ajvFormats.default(ajv);
  ajv.addSchema({ $id: DOCUMENT, components });
  return (schema: object, body: unknown): readonly string[] => {
    const inDocument = JSON.stringify(schema).replaceAll(`"#/components/`, `"${DOCUMENT}#/components/`);
    const check = ajv.compile(JSON.parse(inDocument));
    return check(body) ? [] : (check.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  };
});

/** Changes of an example that its schema takes all the same: a field less, or one that nobody described. */
function unfit(
  faultsOf: Awaited<ReturnType<typeof bodyChecker>>,
  sent: { readonly schema: object; readonly example?: unknown } | undefined,
): readonly string[] {
  const { data, ...rest } = z
    .object({ data: z.looseObject({ current: z.looseObject({}) }) })
    .loose()
    .parse(sent?.example);
  const withCurrent = (current: object) => ({ ...rest, data: { ...data, current } });
  const less = Object.keys(data.current).map(
    (left) => [left, Object.fromEntries(Object.entries(data.current).filter(([name]) => name !== left))] as const,
  );
  return [...less, ["nameX", { ...data.current, nameX: 1 }] as const]
    .filter(([, current]) => faultsOf(sent?.schema ?? {}, withCurrent(current)).length === 0)
    .map(([name]) => name);
}

/** Parts that are missing from an operation's description. */
function shortcomingsOf({ name, responses, isOpen, parameters, body, method }: ApiOperation): readonly string[] {
  const lacking = (statuses: readonly string[]) => statuses.filter((status) => responses[status] === undefined);
  const isOnce = parameters.some((parameter) => parameter.name === "idempotency-key");
  return [
    ...(Object.keys(responses).some((status) => status.startsWith("2")) ? [] : [`${name} succeeds with nothing`]),
    ...(isOpen ? [] : lacking(["400", "401", "403", "429"])).map((status) => `${name} lacks ${status}`),
    ...(body === undefined && !isOnce ? [] : lacking(["400", "413", "415", "422"])).map(
      (status) => `${name} lacks ${status}`,
    ),
    ...(isOpen || isOnce === (method !== "GET") ? [] : [`${name}: a write is done once by its key, a read has none`]),
    ...parameters
      .filter((parameter) => parameter.in === "path" && parameter.example === undefined)
      .map((parameter) => `${name} has no example of ${parameter.name}`),
  ];
}

describe("the OpenAPI document", () => {
  it("is served as it is made, which the tests read", async () => {
    const served = await bodyOf<unknown>(await apiClient.ask("/v1/openapi.json"));
    expect(partsOfDocument(served)).toEqual(await apiDocument());
  });

  it("is valid OpenAPI 3.1", async () => {
    const document = await bodyOf<{ readonly openapi: string }>(await apiClient.ask("/v1/openapi.json"));
    expect(document.openapi).toMatch(/^3\.1\./);
    expect(await new Validator().validate(document)).toMatchObject({ valid: true });
  });

  it("describes each operation's authentication, errors and answers", () => {
    expect(operations.length).toBeGreaterThan(10);
    expect(operations.flatMap(shortcomingsOf)).toEqual([]);
  });

  it("D5: says of every route that machines call how it is signed", () => {
    const inbound = operations.filter(({ name }) => name.includes("/hooks/"));
    expect(inbound).toHaveLength(4);
    for (const { name, parameters } of inbound)
      expect([name, parameters.map((one) => `${one.in} ${one.name}`)]).toEqual([
        name,
        expect.arrayContaining([
          "query sender",
          "query key",
          "header webhook-id",
          "header webhook-timestamp",
          "header webhook-signature",
        ]),
      ]);
  });

  it.each(operations)(
    "has an example of $name that works: it is sent, and answered as the document says",
    async (operation) => {
      const faultsOf = await bodyChecker();
      const untouched = await readFixture();
      for (const { path, asked } of examplesOf(operation)) {
        const fixture = operation.method === "GET" ? untouched : await anApiFixture(apiClient);
        const as = operation.isOpen ? {} : { as: fixture.tokens.ada };
        // What is taken back must have been told before.
        const told = path.endsWith("/payments/take-back")
          ? operations.filter(({ name }) => name === "POST /v1/payments/batch")
          : [];
        for (const earlier of told) await apiClient.ask(earlier.path, { ...exampleOf(earlier).asked, ...as });
        const reply = await apiClient.ask(path, { ...asked, ...as });
        const text = await reply.text();
        const described = operation.responses[reply.status];
        expect({ path, isGood: reply.ok, text: reply.ok ? "" : text }).toEqual({ path, isGood: true, text: "" });
        expect({ path, described }).toMatchObject({ described: expect.anything() });
        const schema = described?.content?.["application/json"]?.schema;
        const media = (reply.headers.get("content-type") ?? "").split(";")[0] ?? "";
        const isText = described?.content?.[media] !== undefined && media !== "application/json";
        const faults =
          schema !== undefined ? faultsOf(schema, JSON.parse(text)) : [text].filter((one) => (one === "") === isText);
        expect({ path, faults }).toEqual({ path, faults: [] });
      }
    },
  );

  it("describes what is sent of every event: how it is signed, and a body that its example fits", async () => {
    const faultsOf = await bodyChecker();
    const { webhooks } = await apiDocument();
    expect(Object.keys(webhooks)).toEqual(eventTypes);
    const faults = Object.entries(webhooks).map(([type, { post }]) => {
      const sent = post.requestBody?.content["application/json"];
      const named = post.parameters.map(({ in: place, name }) => `${place} ${name}`);
      const isExample = JSON.stringify(sent?.example) === exampleDelivery(type).body;
      return { named, isExample, faults: faultsOf(sent?.schema ?? {}, sent?.example), others: unfit(faultsOf, sent) };
    });
    const named = ["webhook-id", "webhook-timestamp", "webhook-signature"].map((name) => `header ${name}`);
    expect(faults).toEqual(eventTypes.map(() => ({ named, isExample: true, faults: [], others: [] })));
  });

  it("is also an HTML page, without external assets", async () => {
    const reply = await apiClient.ask("/docs");
    const page = await reply.text();
    expect(reply.headers.get("content-type")).toContain("text/html");
    // It lists an operation below its tag, which openapi-document.ts has to describe.
    for (const { path } of operations) expect(page).toContain(path);
    expect(page).not.toMatch(/<script|<link|<img|@import|url\(|src=/i);
  });

  it("has on that page what is sent of every event, with its headers and its example", async () => {
    const page = await (await apiClient.ask("/docs")).text();
    const [, events = ""] = /<section id="events">([^]*?)<\/section>/.exec(page) ?? [];
    const parts = events.split("<details>").slice(1);
    expect(parts.map((part) => /<code>([^<]+)<\/code>/.exec(part)?.[1])).toEqual(eventTypes);
    for (const part of parts)
      for (const told of ["<code>webhook-signature</code>", "<pre", "correlation_id", "<code>410</code>"])
        expect(part).toContain(told);
  });

  it("D5: shows on that page how to send a lead in three languages, with a key and signed", async () => {
    const page = await (await apiClient.ask("/docs")).text();
    const shown = [...page.matchAll(/<h3>((?:curl|Node|PHP), [^<]+)<\/h3>\s*<pre><code>([^<]+)/g)];
    expect(shown.map(([, title]) => title)).toEqual(
      ["with a key", "signed"].flatMap((how) => ["curl", "Node", "PHP"].map((language) => `${language}, ${how}`)),
    );
    for (const [, title = "", code = ""] of shown)
      expect([title, code.includes("webhook-signature: ") || code.includes("webhook-signature&quot;: ")]).toEqual([
        title,
        title.endsWith("signed"),
      ]);
  });
});

const problemErrors = z.object({ errors: z.array(z.object({ path: z.string(), message: z.string() })) });

const namesSchema = z.record(z.string(), z.unknown());

/** Whether the body is an object with certain names. A lead is taken without the names that nobody knows. */
const hasNames = ({ name, body, isOpen }: ApiOperation): boolean =>
  !isOpen && !name.includes("/hooks/") && namesSchema.safeParse(body).success;

const boundsSchema = z.object({ type: z.literal("integer"), minimum: z.number(), maximum: z.number() });

describe("every error", () => {
  it("is a problem document with the request's id, as the document describes it", async () => {
    const faultsOf = await bodyChecker();
    const fixture = await anApiFixture(apiClient);
    const as = fixture.tokens.ada;
    const json = { "content-type": "application/json" };
    const asked: readonly [string, Parameters<ApiTestClient["ask"]>[1], number][] = [
      ["/nothing", {}, 404],
      ["/v1/nothing", { as }, 404],
      ["/v1/users", {}, 401],
      ["/v1/users/x", { as }, 404],
      ["/v1/users/x", { as, method: "PUT", raw: "{", headers: json }, 400],
      ["/v1/users/x", { as, method: "PUT" }, 400],
      ["/v1/nightly-runs", { as, method: "POST" }, 400],
      ["/v1/users/x", { as, method: "PUT", raw: "name=x", headers: { "content-type": "text/plain" } }, 415],
      ["/v1/users/x", { as, method: "PUT", raw: JSON.stringify({ name: "x".repeat(2_000_000) }) }, 413],
      ["/v1/users/x", { as, method: "PUT", body: { name: 5, nick: "x" } }, 422],
      ["/v1/users/x", { as: fixture.tokens.anna, method: "PUT", body: {} }, 403],
      ["/v1/findings?asOf=yesterday", { as }, 400],
    ];
    for (const [path, request, status] of asked) {
      const reply = await apiClient.ask(path, request);
      const body: unknown = JSON.parse(await reply.text());
      expect({ path, status: reply.status, media: reply.headers.get("content-type") }).toEqual({
        path,
        status,
        media: "application/problem+json",
      });
      expect(faultsOf({ $ref: "#/components/schemas/Problem" }, body)).toEqual([]);
      expect(body).toMatchObject({ status, requestId: reply.headers.get("x-request-id") });
    }
  });

  it("is one too where the app is not reached: an unknown method, an answer that is too large", async () => {
    const fixture = await anApiFixture(apiClient);
    const handle = apiHandler(apiClient.runtime);
    const asked = (change: Partial<APIGatewayProxyEventV2>, method = "GET") =>
      apiGatewayAdapter((event, context) => {
        const http = { ...event.requestContext.http, method };
        return handle({ ...event, requestContext: { ...event.requestContext, http }, ...change }, context);
      })(new Request("http://api.example/v1/me", { headers: { "x-api-key": fixture.apiKey } }));
    expect((await asked({ body: "{}" })).status).toBe(200);
    const trace = await asked({}, "TRACE");
    expect({ status: trace.status, media: trace.headers.get("content-type") }).toEqual({
      status: 405,
      media: "application/problem+json",
    });
    expect(await trace.json()).toMatchObject({ type: "unknown-method", requestId: trace.headers.get("x-request-id") });
    await fixture.store.imports.saveOrders(
      Array.from({ length: 60 }, (_, i) =>
        anOrder({
          orderId: `LONG-${i}`,
          customerId: "blue",
          on: "2026-11-01",
          lines: Array.from({ length: 900 }, (_line, n) => ({ itemId: `I${n}`.padEnd(60, "x"), quantity: 2 })),
        }),
      ),
    );
    const large = await apiClient.ask("/v1/customers/blue/orders?limit=200", { as: fixture.tokens.ada });
    expect(await large.json()).toMatchObject({ status: 422, type: "reply-too-large" });
    expect((await apiClient.ask("/v1/customers/blue/orders?limit=20", { as: fixture.tokens.ada })).status).toBe(200);
  });

  it("about a body names every bad field by its path", async () => {
    const fixture = await anApiFixture(apiClient);
    const reply = await apiClient.ask("/v1/api-keys", {
      method: "POST",
      as: fixture.tokens.ada,
      body: { name: "", actions: ["ingest.write", "everything"], owner: "me" },
    });
    expect(JSON.parse(await reply.text())).toMatchObject({
      status: 422,
      errors: [
        { path: "name", code: "bad-value" },
        { path: "actions[1]", code: "bad-value" },
        {
          path: "owner",
          code: "unknown-property",
          message: expect.stringMatching(/^is no property of this: did you mean \w+\? There are name, actions,/),
        },
      ],
    });
  });

  it("about a name that a body does not know says which there are, whichever body it is", async () => {
    const fixture = await anApiFixture(apiClient);
    const told: string[] = [];
    await mapConcurrent(operations.filter(hasNames), async (operation) => {
      const { path, asked } = exampleOf(operation);
      const given = namesSchema.parse(asked.body);
      const reply = await apiClient.ask(path, { ...asked, body: { ...given, nameX: 1 }, as: fixture.tokens.ada });
      const text = await reply.text();
      const known = Object.keys(given);
      const errors = reply.status === 422 ? problemErrors.parse(JSON.parse(text)).errors : [];
      const message = errors.find((error) => error.path.endsWith("nameX"))?.message ?? "";
      const isTold = /(?:did you mean|T?there are) /i.test(message) && known.every((name) => message.includes(name));
      told.push(`${operation.name}: ${isTold ? "told" : `${reply.status} ${text.slice(0, 300)}`}`);
    });
    expect(told.filter((one) => !one.endsWith(": told"))).toEqual([]);
    expect(told.length).toBeGreaterThan(30);
  });

  it("tells the value and both bounds where a number of a query is refused", async () => {
    const { ada } = (await anApiFixture(apiClient)).tokens;
    const { paths } = await apiDocument();
    const bounded = operations.flatMap((operation) =>
      (paths[operation.path]?.[operation.method.toLowerCase()]?.parameters ?? []).flatMap(
        ({ name, in: place, schema }) => {
          const bounds = boundsSchema.safeParse(schema);
          return place === "query" && bounds.success ? [{ operation, name, ...bounds.data }] : [];
        },
      ),
    );
    const refused = await mapConcurrent(bounded, async ({ operation, name, minimum, maximum }) => {
      const { path, asked } = exampleOf(operation);
      const tried = await mapConcurrent([String(maximum + 1), String(minimum - 1), "1,5"], async (given) => {
        const search = `${path.includes("?") ? "&" : "?"}${name}=${given}`;
        const reply = await apiClient.ask(`${path}${search}`, { ...asked, as: ada });
        return `${reply.status} ${await reply.text()}`;
      });
      const allowed = `is not a whole number from ${minimum} to ${maximum} (given `;
      return tried.every((text) => /^4(?:00|22)/.test(text) && text.includes(allowed))
        ? []
        : [operation.name, name, ...tried];
    });
    expect(refused.flat()).toEqual([]);
    expect(bounded.length).toBeGreaterThan(10);
  });
});
