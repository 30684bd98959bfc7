import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TempWorkspace, aWorkspace } from "../fixtures/workspace.ts";

/** Links between items from the command line, on imported files. */

let place: TempWorkspace;

/**
 * 200 orders of 10 customers in October: 20 with monitors and bases, 20 with monitors, 30 with bases, 130 with cables.
 */
function orders(): string[] {
  return Array.from({ length: 200 }, (_, i) => {
    const items = i < 20 ? ["monitor", "base"] : i < 40 ? ["monitor"] : i < 70 ? ["base"] : ["cable"];
    const day = String(1 + (i % 28)).padStart(2, "0");
    return items.map((item) => `o${i},c${i % 10},2026-10-${day},${item},1,10.00,`);
  }).flat();
}

beforeAll(async () => {
  place = await aWorkspace();
  // 24 bullets, and a box of 24 with 10 more.
  const more = ["g1,hunter,2026-09-07,gun,3,100.00,", "g1,hunter,2026-09-07,bullet,24,0.50,"];
  const box = ["g2,hunter,2026-10-01,bullet,1,12.00,24", "g2,hunter,2026-10-01,bullet,10,0.50,1"];
  await place.write(
    "orders.csv",
    ["orderId,customerId,orderedAt,itemId,quantity,unitPrice,uomFactor", ...orders(), ...more, ...box].join("\n"),
  );
  await place.json(["import", "orders", "orders.csv", "--tenant", "t"]);
  await place.write("users.csv", "userId\nanna\nben\n");
  await place.json(["import", "users", "users.csv", "--tenant", "t"]);
});

afterAll(() => place.close());

const links = (...args: readonly string[]) => ["links", ...args, "--tenant", "t"];
const listed = async () => (await place.json<{ links: object[] }>(links("list"))).links;

interface Rules {
  readonly invoices: number;
  readonly rules: readonly { readonly from: string; readonly to: string; readonly joint: number }[];
}
const suggest = (...args: readonly string[]) =>
  place.json<Rules>(links("suggest", "--from", "2026-10-01", "--as-of", "2026-11-15", ...args));

describe("regulars links suggest", () => {
  it("CR31: finds at 10 percent support the pair with 20 of 200 orders, with exactly its figures", async () => {
    expect(await suggest("--percent", "9", "--metric", "support")).toEqual({
      invoices: 201,
      rules: [
        {
          from: "monitor",
          to: "base",
          joint: 20,
          support: 20 / 201,
          confidence: 0.5,
          lift: (20 * 201) / (40 * 50),
          ratio: "4:5",
        },
      ],
    });
    expect((await suggest("--percent", "10", "--metric", "support")).rules).toEqual([]);
  });

  it("CR31: finds both directions by confidence, inclusive, and none above", async () => {
    const found = async (percent: string) =>
      (await suggest("--percent", percent)).rules.map(({ from, to }) => `${from} ${to}`);
    expect(await found("40")).toEqual(["base monitor", "monitor base"]);
    expect(await found("50")).toEqual(["monitor base"]);
    expect(await found("51")).toEqual([]);
  });

  it("CR31: leaves out rare pairs unless it is literal, and takes another number of joint orders", async () => {
    expect((await suggest("--percent", "10", "--min-joint", "21")).rules).toEqual([]);
    const literal = await place.json<Rules>(
      links("suggest", "--from", "2026-09-01", "--as-of", "2026-11-15", "--percent", "50", "--literal"),
    );
    expect(literal.rules.map(({ from, to, joint }) => `${from} ${to} ${joint}`)).toEqual([
      "monitor base 20",
      "bullet gun 1",
      "gun bullet 1",
    ]);
  });

  it.each([
    [["--percent", "12,5"], '--percent "12,5" is not a whole number from 1 to 100'],
    [["--percent", "12.5"], '--percent "12.5" is not a whole number from 1 to 100'],
    [["--percent", "0"], '--percent "0" is not a whole number from 1 to 100'],
    [["--percent", "101"], '--percent "101" is not a whole number from 1 to 100'],
    [["--percent", "10", "--metric", "luck"], '--metric "luck" is not one of confidence, support'],
    [["--percent", "10", "--min-joint", "0"], '--min-joint "0" is not a whole number from 1 to 1000000'],
    [[], "--percent 1 to 100"],
  ])("CR31: refuses %j and saves nothing", async (args, says) => {
    expect(await place.run(links("suggest", "--from", "2026-10-01", ...args))).toMatchObject({
      code: 2,
      stdout: "",
      stderr: expect.stringContaining(says),
    });
  });

  it("CR31: refuses a first day after the last one, and one that is none", async () => {
    const from = (day: string) =>
      place.run(links("suggest", "--from", day, "--as-of", "2026-11-15", "--percent", "10"));
    expect(await from("2026-11-16")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('from "2026-11-16" is after 2026-11-15'),
    });
    expect(await from("soon")).toMatchObject({ code: 2, stderr: expect.stringContaining("--from") });
    expect((await from("2026-11-15")).code).toBe(0);
  });
});

describe("regulars links accept and reject", () => {
  it("CR32: makes a link of an accepted suggestion, and remembers a rejected one, with who and when", async () => {
    await suggest("--percent", "10");
    const states = async (state: string) =>
      (await place.json<{ suggestions: object[] }>(links("suggestions", "--state", state))).suggestions;
    expect(await states("suggested")).toMatchObject([{ from: "base" }, { from: "monitor", wouldBeRed: 0, buyers: 10 }]);
    await place.json(links("reject", "monitor", "base", "--by", "anna"));
    await suggest("--percent", "10");
    expect(await states("suggested")).toEqual([]);
    expect(await states("rejected")).toMatchObject([{ from: "monitor", to: "base", by: "anna", state: "rejected" }]);
    expect(await listed()).toEqual([]);
    await place.json(links("accept", "monitor", "base", "--by", "ben"));
    expect(await states("accepted")).toMatchObject([{ from: "monitor", to: "base", by: "ben" }]);
    expect(await listed()).toEqual([{ itemId: "monitor", linkedItemId: "base", ratio: 4, linkedRatio: 5 }]);
    expect(await place.run(links("reject", "base", "monitor"))).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("already-linked: monitor is linked with base as 4:5: remove that link first"),
    });
    expect(await place.run(links("accept", "cable", "base"))).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("unknown-suggestion"),
    });
    await place.json(links("remove", "monitor", "base"));
  });
});

describe("regulars links set", () => {
  it.each([
    [["gun", "gun"], "linkedItemId is the item itself, gun"],
    [["gun", "bullet", "--ratio", "0"], '--ratio "0" is not a whole number from 1 to 1000'],
    [["gun", "bullet", "--ratio", "-1"], '--ratio "-1" is not a whole number from 1 to 1000'],
    [["gun", "bullet", "--linked-ratio", "1.5"], '--linked-ratio "1.5" is not a whole number from 1 to 1000'],
    [["gun", "bullet", "--linked-ratio", "1001"], '--linked-ratio "1001" is not a whole number from 1 to 1000'],
    [["gun", "bullet", "--lag-days", "-1"], '--lag-days "-1" is not a whole number from 0 to 365'],
    [["gun", "bullet", "--lag-days", "93"], 'lagDays "93" is longer than the 3 months that are compared: 0 to 92'],
    [["gun", "powder"], 'linkedItemId "powder" is no item that was imported or ordered'],
    [["gun"], "name both items"],
  ])("CR29: refuses %j and saves nothing", async (args, says) => {
    expect(await place.run(links("set", ...args))).toMatchObject({ code: 2, stderr: expect.stringContaining(says) });
    expect(await listed()).toEqual([]);
  });

  it("CR30: scenario 12, assesses 3 guns and 58 bullets in pieces and a box of 24 as one quantity, green also both ways", async () => {
    const light = async () => {
      const args = ["code-red", "show", "hunter", "--tenant", "t", "--as-of", "2026-11-15"];
      const shown = await place.json<{ linksLight: string; links: object[] }>(args);
      return { light: shown.linksLight, links: shown.links };
    };
    await place.json(links("set", "gun", "bullet", "--linked-ratio", "24"));
    const one = { itemId: "gun", linkedItemId: "bullet", bought: 3, linkedBought: 58, linkedExpected: 72 };
    expect(await light()).toMatchObject({ light: "green", links: [{ ...one, mirrorExpected: null }] });
    await place.json(links("set", "gun", "bullet", "--linked-ratio", "24", "--bidirectional"));
    expect(await light()).toMatchObject({ light: "green", links: [{ ...one, mirrorExpected: 2.42 }] });
    expect(await place.run(links("set", "bullet", "gun"))).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('ratio "1:1" from bullet to gun contradicts 1:24 from gun to bullet: 24:1'),
    });
    await place.json(links("set", "bullet", "gun", "--ratio", "24"));
    expect((await light()).links).toMatchObject([one]);
    expect((await place.run(links("list"))).stdout).toContain("1:24");
    await place.json(links("remove", "bullet", "gun"));
    expect(await place.run(links("remove", "bullet", "gun"))).toMatchObject({ code: 2 });
  });
});

describe("the tables of links", () => {
  it("CR31: show the name of an item beside its id, wherever it has one", async () => {
    await place.write("items.csv", ["itemId,name", "monitor,Flat screen 27", "base,Wide base"].join("\n"));
    await place.json(["import", "items", "items.csv", "--tenant", "t"]);
    const printed = async (...args: readonly string[]) => (await place.run(links(...args))).stdout;
    const both = /\nmonitor Flat screen 27 +base Wide base +4:5/;
    expect(await printed("suggest", "--from", "2026-10-01", "--as-of", "2026-11-15", "--percent", "10")).toMatch(both);
    expect(await printed("suggestions")).toMatch(both);
    await place.json(links("set", "monitor", "base", "--ratio", "4", "--linked-ratio", "5"));
    expect(await printed("list")).toMatch(both);
    await place.json(links("remove", "monitor", "base"));
  });
});
