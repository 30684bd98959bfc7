import { spreadOf, tally } from "../fixtures/sales-plan.ts";
import { anApiClient } from "../fixtures/api-client.ts";
import { PlanDesk } from "../fixtures/sales-plan-client.ts";
import { expect, it } from "vitest";

const FIVE = ["A", "B", "C", "D", "E"];

it("SP24 scenario 30: ten thousand, interrupted at 40 % and gone on with by two at once, are ten thousand deals, none twice, a turn apart", async () => {
  const [desk, second] = [await anApiClient(), await anApiClient()];
  const own = await PlanDesk.open(desk);
  const plan = await own.plan("related>even", FIVE);
  await own.persons(10_000);
  const started = await own.ask("POST", `/plans/${plan.planId}/leads:bulk`, { audience: {} });
  expect(started.body.total).toBe(10_000);
  const { jobId } = started.body;
  await own.workJob(jobId, 0.4);
  expect((await own.ask("GET", `/mass-actions/${jobId}`)).body).toMatchObject({ state: "running", added: 4_000 });
  await Promise.all([own.workJob(jobId), own.through(second).workJob(jobId)]);
  await own.workDesk(plan);
  expect((await own.ask("GET", `/mass-actions/${jobId}`)).body).toMatchObject({
    state: "done",
    added: 10_000,
    duplicates: 0,
  });
  const deals = await own.story.dealsInOrder(own.story.idOf(plan));
  expect(new Set(deals.map(({ personId }) => personId)).size).toBe(10_000);
  const managers = deals.map(({ managerId = "-" }) => managerId);
  expect(tally(managers)).toEqual({ A: 2_000, B: 2_000, C: 2_000, D: 2_000, E: 2_000 });
  expect(spreadOf(managers, FIVE)).toBe(1);
  const counts = await own.story.bench.store.plans.counts(own.story.idOf(plan).planId);
  expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(10_000);
  await desk.close();
  await second.close();
}, 400_000);
