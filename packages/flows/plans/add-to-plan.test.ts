import { expect, it } from "vitest";
import { PlanStory, inParallel, spreadOf, tally } from "../../../test/setup/plan-story.ts";

const FIVE = ["A", "B", "C", "D", "E"];

it("SP16 scenario 2: gives 500 leads, 50 at a time, exactly 100 to each of five, a turn apart at every ticket", async () => {
  const story = new PlanStory();
  const plan = await story.plan("related>even", FIVE);
  await inParallel(500, 50, () => story.add(plan));
  const managers = await story.managersInOrder(plan);
  expect(tally(managers)).toEqual({ A: 100, B: 100, C: 100, D: 100, E: 100 });
  expect(spreadOf(managers, FIVE)).toBe(1);
  const deals = await story.dealsInOrder(plan);
  expect(new Set(deals.map(({ dealId }) => dealId)).size).toBe(500);
});
