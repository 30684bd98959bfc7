import { spreadOf, counter } from "../fixtures/sales-plan.ts";
import { anApiClient } from "../fixtures/api-client.ts";
import { SalesPlanClient } from "../fixtures/sales-plan-client.ts";
import { expect, it } from "vitest";

const FIVE = ["A", "B", "C", "D", "E"];

it("SP24 scenario 30: a thousand persons, interrupted at 40 % and resumed by two processes, become a thousand deals, none twice, evenly assigned", async () => {
  const [apiClient, second] = [await anApiClient(), await anApiClient()];
  const own = await SalesPlanClient.open(apiClient);
  const plan = await own.plan("related>even", FIVE);
  await own.persons(1_000);
  const started = await own.ask("POST", `/plans/${plan.planId}/leads:bulk`, { audience: {} });
  expect(started.body.total).toBe(1_000);
  const { operationId } = started.body;
  await own.runAudienceOperation(operationId, 0.4);
  expect((await own.ask("GET", `/audience-operations/${operationId}`)).body).toMatchObject({
    state: "running",
    added: 400,
  });
  await Promise.all([own.runAudienceOperation(operationId), own.through(second).runAudienceOperation(operationId)]);
  await own.assignBatch(plan);
  expect((await own.ask("GET", `/audience-operations/${operationId}`)).body).toMatchObject({
    state: "done",
    added: 1_000,
    duplicates: 0,
  });
  const deals = await own.fixture.dealsInOrder(own.fixture.idOf(plan));
  expect(new Set(deals.map(({ personId }) => personId)).size).toBe(1_000);
  const managers = deals.map(({ managerId = "-" }) => managerId);
  expect(counter(managers)).toEqual({ A: 200, B: 200, C: 200, D: 200, E: 200 });
  expect(spreadOf(managers, FIVE)).toBe(1);
  const counts = await own.fixture.testTenant.store.sales.deals.counts(own.fixture.idOf(plan).planId);
  expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(1_000);
  await apiClient.close();
  await second.close();
}, 100_000);
