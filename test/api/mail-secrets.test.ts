import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { paginateScan } from "@aws-sdk/lib-dynamodb";
import { openCsvFile } from "@regulars/cli/files/csv-file";
import { ownFormat } from "@regulars/core/imports/formats/formats";
import { builtInInsights } from "@regulars/core/insights/catalog";
import { customerIdSchema, personIdSchema, toInstant, userIdSchema } from "@regulars/core/platform/values";
import { importRecords } from "@regulars/flows/imports/import-records";
import { memoryGrouper } from "@regulars/flows/imports/memory-grouper";
import { runNightly } from "@regulars/flows/nightly/run-nightly";
import { addresses } from "@regulars/web/page/addresses";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aConsole } from "../fixtures/page-console.ts";
import { type ApiTestClient, API_NOW, anApiClient } from "../fixtures/api-client.ts";
import { apiOperations, examplesOf } from "../fixtures/api-operations.ts";
import { type ApiFixture, FIXTURE_AS_OF, anApiFixture } from "../fixtures/api-tenants.ts";

/**
 * Mails with a mark in their subject, body, addresses and thread, and people with a mark in their addresses: nothing of
 * it comes out anywhere. The operations are read from the document, so that a new one is covered too.
 */

/** Of what a mail says. */
const SAID = "c4n4ry";
/** Of the people's addresses. */
const ADDRESS = "h1dd3n";

const operations = (await apiOperations()).filter(({ isOpen }) => !isOpen);

let apiClient: ApiTestClient;
let home: ApiFixture;
let path: string;

const mail = (id: string, direction: string, at: string) => [
  id,
  "email",
  direction,
  "anna",
  "eva",
  "acme",
  at,
  `t-${SAID}`,
  `Re: ${SAID}`,
  `Dear ${SAID}`,
  `${SAID}@acme.example`,
];

beforeAll(async () => {
  apiClient = await anApiClient();
  home = await anApiFixture(apiClient);
  const { imports, nightly } = home.store;
  await imports.saveUsers(
    (["anna", "ada"] as const).map((id) => ({
      userId: userIdSchema.parse(id),
      name: id,
      role: id === "ada" ? "admin" : "rep",
      email: `${id}@${ADDRESS}-us.example`,
    })),
  );
  await imports.savePersons([
    {
      personId: personIdSchema.parse("eva"),
      customerId: customerIdSchema.parse("acme"),
      name: "Eva Dahl",
      email: `eva@${ADDRESS}.example`,
    },
  ]);
  path = join(tmpdir(), `regulars-mails-${home.tenant.tenantId}.csv`);
  const rows = [
    "activityId,type,direction,userId,personId,customerId,occurredAt,threadId,subject,body,from",
    ...[mail("M-1", "out", "2026-11-02T09:00:00Z"), mail("M-2", "in", "2026-11-03T09:00:00Z")].map((one) => one.join()),
  ];
  await writeFile(path, `${rows.join("\n")}\n`);
  const format = ownFormat("activities");
  const { records } = await openCsvFile(path, format);
  const { tenant } = home;
  const now = toInstant(API_NOW);
  const report = await importRecords({
    tenant,
    now,
    format,
    records,
    grouper: memoryGrouper(),
    imports,
    onReject: () => undefined,
  });
  if (report.created !== 2) throw new Error(`${report.created} of two mails were imported`);
  await runNightly({
    tenant,
    catalog: builtInInsights,
    store: nightly,
    asOf: FIXTURE_AS_OF,
    now,
    links: addresses("http://127.0.0.1"),
    isScheduled: false,
    isOnHold: false,
  });
});
afterAll(() => apiClient.close());

/** What the API answers to every reading operation, with all examples and with Eva and her customer. */
async function answers(): Promise<readonly { readonly name: string; readonly text: string }[]> {
  const asked = operations
    .filter(({ method }) => method === "GET")
    .flatMap((operation) => examplesOf(operation).map((one) => ({ name: operation.name, path: one.path })));
  const more = [
    "/v1/contacts/eva/who-knows",
    "/v1/persons/eva/who-knows",
    "/v1/persons/eva/health",
    "/v1/customers/acme/health",
  ];
  return Promise.all(
    [...asked, ...more.map((one) => ({ name: one, path: one }))].map(async ({ name, path: at }) => {
      const reply = await apiClient.ask(at, { as: home.tokens.ada });
      return { name, text: `${await reply.text()} ${[...reply.headers].join(" ")}` };
    }),
  );
}

describe("what a mail says, and to whom", () => {
  it("is in no answer of the API, and addresses only in those that show users or a customer's people", async () => {
    const met = await answers();
    expect(met.find(({ name }) => name === "/v1/persons/eva/who-knows")?.text).toContain('"userId":"anna"');
    expect(met.find(({ name }) => name === "/v1/customers/acme/health")?.text).toContain('"direction":"in","count":1');
    expect(met.filter(({ text }) => text.includes(SAID)).map(({ name }) => name)).toEqual([]);
    const shown = met.filter(({ text }) => text.includes(ADDRESS)).map(({ name }) => name);
    expect([...new Set(shown)].toSorted()).toEqual([
      "GET /v1/customers/{customerId}",
      "GET /v1/users",
      "GET /v1/users/{userId}",
    ]);
  });

  it("is in no refusal of a mail that is sent with its text", async () => {
    const item = { activityId: "M-3", type: "email", customerId: "acme", occurredAt: "2026-11-04", subject: SAID };
    const reply = await apiClient.ask("/v1/activities/batch", {
      method: "POST",
      as: home.apiKey,
      body: {
        items: [item, { ...item, body: SAID, to: `${SAID}@x.example` }, { ...item, subject: undefined, from: SAID }],
      },
    });
    expect(await reply.text()).not.toContain(SAID);
  });

  it("is in no message to a colleague who is asked to introduce somebody, nor in the answer", async () => {
    const reply = await apiClient.ask("/v1/introductions", {
      method: "POST",
      as: home.tokens.ada,
      body: { personId: "eva", colleagueId: "anna" },
    });
    expect(reply.status).toBe(201);
    expect(await reply.text()).not.toMatch(new RegExp(`${SAID}|${ADDRESS}`));
    const asked = await home.store.whoKnows.introductions.askedOf(userIdSchema.parse("anna"));
    expect(asked.map(({ personId }) => personId)).toEqual(["eva"]);
  });

  it("is on no page and in no file of the pages, but for the address of a person to write to", async () => {
    const pages = aConsole(apiClient.runtime);
    const { tenantId } = home.tenant;
    const withAddresses: string[] = [];
    const paths = [
      `/relationships/${tenantId}`,
      `/relationships/${tenantId}?csv=1`,
      `/relationships/${tenantId}/acme`,
      `/who-knows/${tenantId}/eva`,
      `/introductions/${tenantId}/anna`,
      `/introductions/${tenantId}/ada`,
      `/for-you/${tenantId}`,
      `/for-you/${tenantId}/anna`,
      `/code-red/${tenantId}`,
      `/code-red/${tenantId}/acme`,
      `/statuses/${tenantId}`,
      `/settings/${tenantId}`,
    ];
    for (const at of paths) {
      const reply = await pages.request(at);
      expect([at, reply.status]).toEqual([at, 200]);
      const text = await reply.text();
      expect([at, text.includes(SAID)]).toEqual([at, false]);
      if (text.includes(ADDRESS)) withAddresses.push(at);
    }
    // Where somebody is to be written to, their address is a link for who may see the customer.
    expect(withAddresses).toEqual([`/for-you/${tenantId}`, `/for-you/${tenantId}/anna`, `/code-red/${tenantId}/acme`]);
  });

  it("is in no line of the log, and in no message of a queue", () => {
    expect(apiClient.lines.length).toBeGreaterThan(20);
    expect(JSON.stringify([apiClient.lines, apiClient.sent])).not.toMatch(new RegExp(`${SAID}|${ADDRESS}`));
  });

  it("is stored nowhere but as the thread of its activity; an address nowhere in a key", async () => {
    const { table } = apiClient.runtime;
    const found: string[] = [];
    for await (const { Items = [] } of paginateScan({ client: table.documents }, { TableName: table.name }))
      for (const item of Items) {
        const keys = ["pk", "sk", "g1p", "g1s", "g2p", "g2s"].map((name) => String(item[name]));
        expect(keys.join(" ")).not.toMatch(new RegExp(`${SAID}|${ADDRESS}`));
        if (JSON.stringify({ ...item, threadId: undefined }).includes(SAID)) found.push(keys.join(" "));
      }
    expect(found).toEqual([]);
  });
});
