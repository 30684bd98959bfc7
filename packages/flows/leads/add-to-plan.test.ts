import { replacing } from "../../../test/fixtures/replacing.ts";
import { expect, it } from "vitest";
import { aSalesPlan, inParallel, spreadOf, counter } from "../../../test/fixtures/sales-plan.ts";
import { moveDeal } from "../deals/move-deal.ts";
import { valueOf } from "../../../test/fixtures/value-of.ts";

const FIVE = ["A", "B", "C", "D", "E"];

it("SP16 scenario 2: gives 500 leads, 50 at a time, exactly 100 to each of five, a turn apart at every sequence number", async () => {
  const fixture = aSalesPlan();
  const plan = await fixture.plan("related>even", FIVE);
  await inParallel(500, 50, () => fixture.add(plan));
  const managers = await fixture.managersInOrder(plan);
  expect(counter(managers)).toEqual({ A: 100, B: 100, C: 100, D: 100, E: 100 });
  expect(spreadOf(managers, FIVE)).toBe(1);
  const deals = await fixture.dealsInOrder(plan);
  expect(new Set(deals.map(({ dealId }) => dealId)).size).toBe(500);
});

it("SP17 scenario 3: 40 at once on loads of 0, 0, 0, 0 and 10 end in 10 each", async () => {
  const fixture = aSalesPlan();
  const plan = await fixture.plan("related>least", FIVE);
  const manager = { assign: { managerId: "E" } };
  await inParallel(10, 10, () => fixture.add(plan, manager));
  await inParallel(40, 40, () => fixture.add(plan));
  expect(counter(await fixture.managersInOrder(plan))).toEqual({ A: 10, B: 10, C: 10, D: 10, E: 10 });
});

it("SP25 scenario 5: twenty repeated at once, and again an hour later, are one deal and one turn", async () => {
  const fixture = aSalesPlan();
  const plan = await fixture.plan("related>even", ["A", "B"]);
  const lead = { person: { email: "o@x.ua" } };
  const sender = { scope: "tunnel", key: "tunnel42:block9:sub881:run3" };
  const answers = await Promise.all(Array.from({ length: 20 }, () => fixture.add(plan, lead, { sender })));
  fixture.nowMs += 3_600_000;
  answers.push(await fixture.add(plan, lead, { sender }));
  expect(new Set(answers.map(({ dealId }) => dealId)).size).toBe(1);
  expect(answers.filter(({ isReplay }) => !isReplay)).toHaveLength(1);
  expect(new Set(answers.map(({ deal }) => deal?.managerId))).toEqual(new Set(["A"]));
  expect((await fixture.add(plan)).deal?.managerId).toBe("B");
  expect(await fixture.managersInOrder(plan)).toEqual(["A", "B"]);
});

it("SP25 a key is good for a week", async () => {
  const fixture = aSalesPlan();
  const plan = await fixture.plan("related>even", ["A", "B"]);
  const sender = { scope: "tunnel", key: "k" };
  const lead = { person: { email: "o@x.ua" }, onDuplicate: "create" };
  const first = await fixture.add(plan, lead, { sender });
  fixture.nowMs += 7 * 86_400_000 - 1_000;
  expect((await fixture.add(plan, lead, { sender })).dealId).toBe(first.dealId);
  fixture.nowMs += 2_000;
  expect((await fixture.add(plan, lead, { sender })).dealId).not.toBe(first.dealId);
});

it("SP25 scenario 6: a key that comes with another body is refused, and nothing is created", async () => {
  const fixture = aSalesPlan();
  const plan = await fixture.plan("related>even", ["A", "B"]);
  const sender = { scope: "tunnel", key: "k" };
  await fixture.add(plan, { person: { email: "o@x.ua" } }, { sender });
  const refused = await fixture.tryAdd(plan, { person: { email: "p@x.ua" } }, { sender });
  expect(refused).toMatchObject({ ok: false, reason: "key-reused" });
  expect(await fixture.dealsInOrder(plan)).toHaveLength(1);
  // Idempotency keys are per sender: the same key of another sender is a different one.
  expect(
    await fixture.add(plan, { person: { email: "p@x.ua" } }, { sender: { scope: "other", key: "k" } }),
  ).toMatchObject({
    isReplay: false,
  });
});

it("SP25 an update of a deal that was closed meanwhile changes nothing of it, and is a deal of its own", async () => {
  const fixture = aSalesPlan();
  const plan = await fixture.plan("related>even", ["A"]);
  const person = { person: { email: "o@x.ua" } };
  const { dealId, deal } = await fixture.add(plan, { ...person, deal: { amount: "10.00" } });
  const won = plan.statuses.find(({ kind }) => kind === "won");
  if (won === undefined) throw new Error("the plan has no successful status");
  const by = { actorId: "user:A", requestId: "req_won" };
  valueOf(
    await moveDeal({ context: fixture.context, planId: plan.planId, sought: { dealId }, to: won.statusId, ...by }),
  );
  // The open deal is read just before it is closed.
  let looks = 0;
  const { store } = fixture.context;
  const openDealOf: typeof store.leads.openDealOf = (...of) => {
    looks += 1;
    return looks === 1 ? Promise.resolve(dealId) : store.leads.openDealOf(...of);
  };
  const context = { ...fixture.context, store: { ...store, leads: replacing(store.leads, { openDealOf }) } };
  const update = { ...person, onDuplicate: "update", deal: { amount: "99.00" } };
  const added = await fixture.add(plan, update, { context });
  expect(added).toMatchObject({ isDuplicate: false, deal: { amountMinor: 9900 } });
  expect(added.dealId).not.toBe(dealId);
  expect((await store.deals.deal(dealId))?.amountMinor).toBe(deal?.amountMinor);
});

it("SP25 scenario 7: two integrations bring one person at once, their number written in two ways: one open deal, two entries on its timeline", async () => {
  const fixture = aSalesPlan({ phoneCountry: "UA" });
  const plan = await fixture.plan("related>even", ["A", "B"]);
  const answers = await Promise.all(
    ["+380 67 123-45-67", "0671234567"].map((phone, i) =>
      fixture.add(plan, { person: { phone } }, { sender: { scope: `tunnel${i}`, key: "k" } }),
    ),
  );
  expect(new Set(answers.map(({ dealId }) => dealId)).size).toBe(1);
  expect(answers.map(({ isDuplicate }) => isDuplicate).toSorted()).toEqual([false, true]);
  const deals = await fixture.dealsInOrder(plan);
  expect(deals).toHaveLength(1);
  const timeline = (
    await Promise.all(deals.map(({ dealId }) => fixture.testTenant.store.sales.deals.timeline(dealId)))
  ).flat();
  expect(timeline.map(({ action }) => action).toSorted()).toEqual(["added", "duplicate"]);
});
