import { spreadOf, counter } from "../fixtures/sales-plan.ts";
import { type ApiTestClient, anApiClient } from "../fixtures/api-client.ts";
import { type SalesPlanBody, SalesPlanClient } from "../fixtures/sales-plan-client.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const FIVE = ["A", "B", "C", "D", "E"];

describe("a thousand persons that are added to a plan, interrupted at 40 %", () => {
  let apiClient: ApiTestClient;
  let second: ApiTestClient;
  let own: SalesPlanClient;
  let plan: SalesPlanBody;
  let operationId: string;
  let half: object;

  const operationNow = async (): Promise<object> => (await own.ask("GET", `/audience-operations/${operationId}`)).body;

  beforeAll(async () => {
    [apiClient, second] = [await anApiClient(), await anApiClient()];
    own = await SalesPlanClient.open(apiClient);
    plan = await own.plan("related>even", FIVE);
    await own.persons(1_000);
    const started = await own.ask("POST", `/plans/${plan.planId}/leads:bulk`, { audience: {} });
    operationId = started.body.operationId;
    await own.runAudienceOperation(operationId, 0.4);
    half = await operationNow();
  });

  afterAll(async () => {
    await apiClient.close();
    await second.close();
  });

  it("SP24 scenario 30: are 400 deals", () => {
    expect(half).toMatchObject({ state: "running", total: 1_000, added: 400 });
  });

  it("SP24 scenario 30: and resumed by two processes, become a thousand deals, none twice, evenly assigned", async () => {
    await Promise.all([own.runAudienceOperation(operationId), own.through(second).runAudienceOperation(operationId)]);
    await own.assignBatch(plan);
    expect(await operationNow()).toMatchObject({ state: "done", added: 1_000, duplicates: 0 });
    const deals = await own.fixture.dealsInOrder(own.fixture.idOf(plan));
    expect(new Set(deals.map(({ personId }) => personId)).size).toBe(1_000);
    const managers = deals.map(({ managerId = "-" }) => managerId);
    expect(counter(managers)).toEqual({ A: 200, B: 200, C: 200, D: 200, E: 200 });
    expect(spreadOf(managers, FIVE)).toBe(1);
    const counts = await own.fixture.testTenant.store.sales.deals.counts(own.fixture.idOf(plan).planId);
    expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(1_000);
  });
});
