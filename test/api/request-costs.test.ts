import {
  itemIdSchema,
  personIdSchema,
  customerIdSchema,
  day,
  toInstant,
  userIdSchema,
} from "@regulars/core/platform/values";
import { builtInInsights } from "@regulars/core/insights/catalog";
import { addDays } from "@regulars/core/platform/period";
import { runNightly } from "@regulars/flows/nightly/run-nightly";
import { planIdSchema, statusIdSchema, contactIdSchema } from "@regulars/core/platform/ids";
import { newAssignmentState } from "@regulars/core/assignment/assignment-state";
import { makeSalesPlan, newPlanSchema, rulesOf } from "@regulars/core/sales-plans/sales-plan";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { type ApiTestClient, API_NOW, anApiClient } from "../fixtures/api-client.ts";
import { apiOperations, exampleOf } from "../fixtures/api-operations.ts";
import { type ApiFixture, FIXTURE_AS_OF, anApiFixture } from "../fixtures/api-tenants.ts";
import { addressOf, consoleRoutes } from "../fixtures/console-routes.ts";
import { mapConcurrent } from "@regulars/flows/platform/map-concurrent";
import { aConsole } from "../fixtures/page-console.ts";
import { links } from "../fixtures/insight-nights.ts";
import { testTenantOf } from "../fixtures/tenant.ts";

/**
 * What a request costs in calls of the database does not grow with what it does not show. Every operation of the
 * document is asked of two tenants that differ only in how many users, persons, items and sales plans they have.
 */

const MANY = 200;
/** Reports over all sales plans, which add up each of them. */
const OVER_ALL_PLANS = "GET /v1/refusal-report";

const operations = (await apiOperations()).filter(({ isOpen }) => !isOpen);

let apiClient: ApiTestClient;
/** The tenants that are compared. */
let few: ApiFixture;
let many: ApiFixture;
let calls = 0;

beforeAll(async () => {
  apiClient = await anApiClient();
  [few, many] = [await anApiFixture(apiClient), await anApiFixture(apiClient)];
  await grow(many);
  apiClient.runtime.table.raw.middlewareStack.add(
    (next) => (args) => {
      // A due row is written once in five minutes of a process, whoever asks first.
      if (!JSON.stringify(args.input).includes("#DUEROW")) calls += 1;
      return next(args);
    },
    { step: "initialize", name: "count" },
  );
});
afterAll(() => apiClient.close());

const numbers = Array.from({ length: MANY }, (_, i) => i);

async function grow({ tenant, store }: ApiFixture): Promise<void> {
  const { imports, sales } = store;
  await imports.saveUsers(
    numbers.map((i) => ({ userId: userIdSchema.parse(`u${i}`), name: `U${i}`, role: "rep" as const, teamId: "east" })),
  );
  await imports.saveItems(numbers.map((i) => ({ itemId: itemIdSchema.parse(`i${i}`), name: `I${i}` })));
  await imports.savePersons(
    numbers.map((i) => ({ personId: personIdSchema.parse(`p${i}`), customerId: customerIdSchema.parse("blue") })),
  );
  const at = toInstant(API_NOW);
  await mapConcurrent(numbers, async (i) => {
    const asked = newPlanSchema.parse({ name: `Plan ${i}`, members: [{ userId: `u${i}` }] });
    const made = makeSalesPlan(asked, {
      planId: planIdSchema.parse(`pln_z${i}`),
      statusIds: numbers.slice(0, 10).map((nth) => statusIdSchema.parse(`st_${nth}`)),
      createdAt: at,
      currency: tenant.currency,
    });
    if (!made.ok) throw new Error(made.message);
    await sales.salesPlans.create(made.value, newAssignmentState(rulesOf(made.value), 1));
  });
  const { operations: direct, keys } = testTenantOf(tenant);
  await direct.batchPut(
    numbers.map((i) => {
      const person = { personId: contactIdSchema.parse(`per_z${i}`), createdAt: at, name: `P${i}` };
      return { ...keys.contact(person.personId), ...person, g1p: keys.audience(i % 8), g1s: `${at}#${i}` };
    }),
  );
}

const ROLES = ["ada", "max", "anna"] as const;

it.each(operations.filter(({ name }) => !name.startsWith(OVER_ALL_PLANS)))(
  "A5: $name makes as many calls of the database at 2 as at 200 users, persons, items and plans",
  async (operation) => {
    const { path, asked } = exampleOf(operation);
    const roles = operation.method === "GET" ? ROLES : ROLES.slice(0, 1);
    const measured = async ({ tokens }: ApiFixture) => {
      const said: object[] = [];
      for (const as of roles) {
        calls = 0;
        const { status } = await apiClient.ask(path, { ...asked, as: tokens[as] });
        said.push({ as, status, calls });
      }
      return said;
    };
    const small = await measured(few);
    expect(await measured(many)).toEqual(small);
  },
);

/**
 * The calls of what people wait for, in a process that has seen no change for some minutes, and another request of the
 * same user just before; after a pause their rate is one more.
 */
const CALLS = {
  "GET /v1/customers/{customerId}": 3,
  "GET /v1/plans/{planId}/board": 5,
  "/plans/:tenant/:plan": 5,
};
const SETTLED_MS = 200_000;
const HOUR_MS = 3_600_000;

/** Mornings after a nightly run; the books of the next month count on its eve already. */
const MORNINGS = [
  { on: "in the middle of a month", asOf: FIXTURE_AS_OF },
  { on: "on the first of a month", asOf: day("2026-11-30") },
];

it.each(MORNINGS)(
  "A5: cards and boards take few calls of the database while nothing changes, $on",
  async ({ asOf }) => {
    apiClient.clock.nowMs = Date.parse(addDays(asOf, 1)) + 8 * HOUR_MS;
    const fixture = await anApiFixture(apiClient);
    const { tenant, tokens, store } = fixture;
    await runNightly({
      tenant,
      catalog: builtInInsights,
      asOf,
      now: toInstant(apiClient.clock.nowMs),
      store: store.nightly,
      links,
      isScheduled: false,
      isOnHold: true,
    });
    const ada = { type: "user", tenantId: tenant.tenantId, userId: userIdSchema.parse("ada") } as const;
    const pages = aConsole(apiClient.runtime, ada);
    const routes = await consoleRoutes();
    const ask = async (name: string): Promise<number> => {
      const operation = operations.find((one) => one.name === name);
      const route = routes.find(({ method, path }) => method === "GET" && path === name);
      const before = calls;
      const { status } =
        operation === undefined
          ? await pages.request(route === undefined ? name : addressOf(route, fixture))
          : await apiClient.ask(exampleOf(operation).path, { as: tokens.ada });
      expect([name, status]).toEqual([name, 200]);
      return calls - before;
    };
    const settled = vi.spyOn(performance, "now");
    const counted: Record<string, number> = {};
    try {
      await ask("GET /v1/for-you");
      const now = performance.timeOrigin + performance.now() + SETTLED_MS;
      settled.mockImplementation(() => now);
      // The list tells the process which customers have changed.
      for (const name of ["GET /v1/for-you", ...Object.keys(CALLS)]) await ask(name);
      for (const name of Object.keys(CALLS)) counted[name] = await ask(name);
    } finally {
      settled.mockRestore();
      apiClient.clock.nowMs = API_NOW;
    }
    expect(counted).toEqual(CALLS);
  },
);
