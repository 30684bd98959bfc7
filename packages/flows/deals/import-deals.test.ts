import { dealFormats } from "@regulars/core/deals/deal-formats";
import { dealIdSchema, planIdSchema } from "@regulars/core/platform/ids";
import { expect, it } from "vitest";
import { aSalesPlan } from "../../../test/fixtures/sales-plan.ts";
import type { SourceRecord } from "../imports/import-file.ts";
import { importDeals } from "./import-deals.ts";
import { valueOf } from "../../../test/fixtures/value-of.ts";

async function* sourcesOf(rows: readonly Readonly<Record<string, string>>[]): AsyncGenerator<SourceRecord> {
  for (const [i, record] of rows.entries()) yield await Promise.resolve({ line: i + 2, record });
}

it("refuses a plan id that deal ids cannot contain", async () => {
  const fixture = aSalesPlan();
  const maven = dealFormats.find(({ id }) => id === "maven");
  if (maven === undefined) throw new Error("there is no Maven format");
  const run = (name: string) =>
    importDeals({
      context: fixture.context,
      planId: planIdSchema.parse(name),
      format: maven,
      records: sourcesOf([]),
      users: [],
      onReject: () => undefined,
      actorId: "command",
    });
  for (const name of ["maven", "pln_", `pln_${"x".repeat(44)}`])
    expect([name, await run(name)]).toMatchObject([name, { ok: false, reason: "unusable-plan-id" }]);
  expect(await run(`pln_${"x".repeat(43)}`)).toMatchObject({ ok: true });
  const planId = planIdSchema.parse(`pln_${"x".repeat(43)}`);
  expect((await fixture.add({ planId })).dealId).toBe(`deal_${"x".repeat(43)}_1`);
});

it("E3: a dry run reads deals by their plan, counts what is new, and writes nothing, not even a plan", async () => {
  const fixture = aSalesPlan();
  const maven = dealFormats.find(({ id }) => id === "maven");
  if (maven === undefined) throw new Error("there is no Maven format");
  const planId = planIdSchema.parse("pln_maven");
  const row = (id: string, stage: string) => ({ opportunity_id: id, sales_agent: "", deal_stage: stage });
  const rejects: string[] = [];
  const run = async (isDry: boolean, rows: readonly Readonly<Record<string, string>>[]) =>
    valueOf(
      await importDeals({
        context: fixture.context,
        planId,
        format: maven,
        records: sourcesOf(rows),
        users: [],
        onReject: ({ line, reason }) => rejects.push(`${line}: ${reason}`),
        actorId: "command",
        isDry,
      }),
    );
  const rows = [row("D-1", "Engaging"), row("D-1", "Won"), row("D-2", "Prospecting"), row("D-3", "Perhaps")];
  const written = await fixture.testTenant.writesOf(async () => {
    expect(await run(true, rows)).toEqual({ rows: 4, created: 2, unchanged: 1, rejected: 1 });
  });
  expect([written, rejects]).toEqual([0, ['5: the plan has no status "Perhaps"']]);
  expect(await fixture.testTenant.store.sales.salesPlans.plan(planId)).toBeUndefined();
  expect(await run(false, rows.slice(0, 1))).toMatchObject({ created: 1 });
  expect(await run(true, rows)).toEqual({ rows: 4, created: 1, unchanged: 2, rejected: 1 });
});

it("imports the first of two deals with one id, with its person, and changes nothing the next time", async () => {
  const fixture = aSalesPlan();
  const plan = await fixture.plan("related>even", ["A"]);
  const [format] = dealFormats;
  if (format === undefined) throw new Error("there is no format of deals");
  const rows = [
    { dealId: "D-1", title: "First", name: "Olena", email: "o@x.ua" },
    { dealId: "D-1", title: "Second", name: "Olena", email: "o@x.ua" },
    { dealId: "D-2", title: "Third", name: "Olena", email: "o@x.ua" },
  ];
  const run = async () =>
    valueOf(
      await importDeals({
        context: fixture.context,
        planId: plan.planId,
        format,
        records: sourcesOf(rows),
        users: [],
        onReject: ({ line, reason }) => {
          throw new Error(`line ${line}: ${reason}`);
        },
        actorId: "command",
      }),
    );
  expect(await run()).toEqual({ rows: 3, created: 2, unchanged: 1, rejected: 0 });
  const { sales: plans } = fixture.testTenant.store;
  const deals = await plans.deals.deals([dealIdSchema.parse("D-1"), dealIdSchema.parse("D-2")]);
  expect([...deals.values()].map(({ title }) => title).toSorted()).toEqual(["First", "Third"]);
  const persons = await plans.contacts.persons([...deals.values()].map(({ personId }) => personId));
  expect([...persons.values()]).toMatchObject([{ name: "Olena", email: "o@x.ua" }]);
  expect(await run()).toEqual({ rows: 3, created: 0, unchanged: 3, rejected: 0 });
});
