import { afterAll, beforeAll, expect, it } from "vitest";
import { type BoardSite, aBoardSite } from "../../../test/fixtures/board-site.ts";

let site: BoardSite;

beforeAll(async () => {
  site = await aBoardSite();
});
afterAll(() => site?.close());

async function report(query = "") {
  const { tenantId } = site.fixture.testTenant.tenant;
  const answer = await fetch(`${site.url}/refusals/${tenantId}${query}`, { headers: { cookie: "who=mona" } });
  const text = (await answer.text()).replaceAll(/\s+/g, " ");
  return { status: answer.status, text, fold: /<details([^>]*)> <summary>Filter/.exec(text)?.[1]?.trim() };
}

it("the refusal report folds its filters until one is used, and keeps them while it is grouped otherwise", async () => {
  const [plan] = [await site.plan({ name: "Courses" }), await site.plan({ name: "Trips" })];
  const usual = await report();
  expect([usual.fold, (await report("?by=manager")).fold]).toEqual(["", ""]);
  expect(usual.text).toMatch(/<option value="pln_[^"]*" >Courses<\/option>.*>Trips<\/option>/);
  const filtered = await report(`?planId=${plan?.planId}&from=2026-01-01`);
  expect(filtered.fold).toBe("open");
  expect(filtered.text).toContain(`<option value="${plan?.planId}" selected>Courses</option>`);
  expect(filtered.text).toMatch(new RegExp(`href="[^"]*by=manager[^"]*from=2026-01-01[^"]*planId=${plan?.planId}`));
});

it("the refusal report says of a plan that it does not have that it was not used, unfolded beside its filter", async () => {
  await site.plan({ name: "Courses" });
  await site.plan({ name: "Trips" });
  const { status, text, fold } = await report("?planId=pln_0000000000000");
  expect([status, fold]).toEqual([200, "open"]);
  expect(text).toMatch(/<select[^>]*aria-invalid="true"[^>]*name="planId"/);
  expect(text).toContain("Sales plan “pln_0000000000000” is none of the choices");
});
