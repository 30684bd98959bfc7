import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TempWorkspace, aWorkspace } from "../fixtures/workspace.ts";

/** Criteria from the command line, on imported files. */

let place: TempWorkspace;

const AS_OF = "2026-11-22";
const select = (...more: readonly string[]) => ["select", ...more, "--tenant", "t", "--as-of", AS_OF];

const orders = (customerId: string, days: readonly string[]): string =>
  days.map((day, i) => `${customerId}-${i},${customerId},${day},sale,confirmed,I,1,10,goods\n`).join("");

const seed = {
  all: [
    { field: "category", op: "is", value: "Customer" },
    { field: "sale.sold.last", op: "olderThan", value: 2, unit: "months" },
    { field: "sale.sold.total", op: ">", value: 2 },
  ],
};

beforeAll(async () => {
  place = await aWorkspace();
  await place.write(
    "customers.csv",
    "customerId,name,category\nC1,One,Customer\nC2,Two,Customer\nC3,Three,Prospect\nC4,Four,Customer\nC5,Five,Customer\n",
  );
  await place.write(
    "orders.csv",
    `orderId,customerId,orderedAt,type,status,itemId,quantity,unitPrice,kind\n${orders("C1", ["2026-07-01", "2026-08-01", "2026-09-21"])}${orders("C2", ["2026-07-01", "2026-08-01", "2026-09-22"])}${orders("C3", ["2026-01-01", "2026-01-02", "2026-01-03"])}${orders("C4", ["2026-01-01", "2026-01-02"])}`,
  );
  await place.write("seed.json", JSON.stringify(seed));
  await place.write("broken.json", "{");
  await place.json(["import", "customers", "customers.csv", "--tenant", "t"]);
  await place.json(["import", "orders", "orders.csv", "--tenant", "t"]);
});

afterAll(() => place.close());

describe("regulars select", () => {
  it("SA06, SA07, SA08: selects customers with the last sale older than 2 months and more than so many sales", async () => {
    expect(await place.json(select("--criteria", "seed.json"))).toEqual({ tenant: "t", asOf: AS_OF, ids: ["C1"] });
    await place.write(
      "seed.txt",
      "category = Customer AND sale.sold.last olderThan 2 months AND sale.sold.total > 2\n",
    );
    expect(await place.json(select("--criteria", "seed.txt"))).toMatchObject({ ids: ["C1"] });
    const onDay = (day: string) => ["select", "--criteria", "seed.json", "--tenant", "t", "--as-of", day];
    expect(await place.json(onDay("2026-11-23"))).toMatchObject({ ids: ["C1", "C2"] });
    const { code, stderr } = await place.run(onDay("2999-01-01"));
    expect([code, stderr]).toEqual([2, expect.stringContaining("is not over yet")]);
  });

  it("previews what each comparison does", async () => {
    const { stdout } = await place.run(select("--criteria", "seed.json", "--preview"));
    expect(stdout).toContain("1 of 5 match as of 2026-11-22: C1");
    expect(stdout).toMatch(/all\[1\] +sale\.sold\.last +1 +0/);
    expect(await place.json(select("--criteria", "seed.json", "--preview"))).toMatchObject({
      owners: 5,
      matches: 1,
      unknown: 0,
    });
  });

  it("explains one of them, and lists who enters by time alone", async () => {
    const { stdout } = await place.run(select("--criteria", "seed.json", "--explain", "C2"));
    expect(stdout).toContain("C2 does not meet the criteria as of 2026-11-22");
    expect(stdout).toMatch(/all\[1\] +sale\.sold\.last +olderThan 2 months +2026-09-22 +false/);
    expect(stdout).toContain("It will from 2026-11-23 on if nothing happens");
    expect(await place.json(select("--criteria", "seed.json", "--entering", "14"))).toMatchObject({
      entering: [{ id: "C2", on: "2026-11-23" }],
    });
  });

  it("BX08: leaves out whoever never bought, unless a comparison says or never", async () => {
    const older = { field: "sale.sold.last", op: "olderThan", value: 60, unit: "days" };
    await place.write("older.json", JSON.stringify(older));
    await place.write("never.json", JSON.stringify({ ...older, orNever: true }));
    expect(await place.json(select("--criteria", "older.json"))).toMatchObject({ ids: ["C1", "C2", "C3", "C4"] });
    expect(await place.json(select("--criteria", "never.json"))).toMatchObject({
      ids: ["C1", "C2", "C3", "C4", "C5"],
    });
    const { stdout } = await place.run(select("--criteria", "never.json", "--explain", "C5"));
    expect(stdout).toMatch(/sale\.sold\.last +olderThan 60 days OR NEVER +none +true/);
  });

  it.each([
    [
      { all: [{ field: "category", op: "is", value: "Custommer" }] },
      'criteria.all[0].value: "Custommer" is no category: did you mean Customer?',
    ],
    [{ field: "sale.sold.last", op: "olderThan", value: 2 }, "criteria.unit: is missing: olderThan needs one"],
    [{}, "criteria: is empty"],
  ])("refuses %j with the place of each mistake and what is allowed", async (criteria, message) => {
    await place.write("bad.json", JSON.stringify(criteria));
    const { code, stderr } = await place.run(select("--criteria", "bad.json"));
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
    expect(stderr).not.toMatch(/^ {4}at /m);
  });

  it.each([
    [[], "give one of --criteria FILE"],
    [["--status", "none"], "there is no status monitor none with criteria"],
    [["--criteria", "gone.json"], "gone.json cannot be read"],
    [
      ["--criteria", "customers.csv"],
      "customers.csv: the criteria have , at character 11 where an operator is expected",
    ],
    [["--criteria", "broken.json"], "broken.json has no JSON"],
    [["--criteria", "seed.json", "--explain", "nobody"], "there is no company nobody"],
    [["--criteria", "seed.json", "--entering", "0"], "--entering"],
    [["--criteria", "seed.json", "--entering", "5", "--preview"], "ask one thing at a time"],
  ])("refuses %j and says why", async (given, message) => {
    const { code, stderr } = await place.run(select(...given));
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  });
});
