import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TempWorkspace, aWorkspace } from "../fixtures/workspace.ts";

/** Code Red from the command line, on imported files. */

let place: TempWorkspace;

const DAY_MS = 86_400_000;

/** A weekly order of `price` from `from` to `to`. */
function weekly(customerId: string, from: string, to: string, price: number): string[] {
  const rows: string[] = [];
  for (let on = Date.parse(from); on <= Date.parse(to); on += 7 * DAY_MS) {
    const text = new Date(on).toISOString().slice(0, 10);
    rows.push(`${customerId}-${text},${customerId},${text},A,1,${price.toFixed(2)}`);
  }
  return rows;
}

beforeAll(async () => {
  place = await aWorkspace();
  await place.write("customers.csv", "customerId,name\nC1,=Café One\nC2,Bar Two\n");
  const rows = [
    ...weekly("C1", "2025-08-04", "2026-07-31", 100),
    ...weekly("C1", "2026-08-03", "2026-11-15", 40),
    ...weekly("C2", "2025-08-04", "2026-11-15", 100),
  ];
  await place.write("orders.csv", ["orderId,customerId,orderedAt,itemId,quantity,unitPrice", ...rows].join("\n"));
  for (const kind of ["customers", "orders"]) await place.json(["import", kind, `${kind}.csv`, "--tenant", "t"]);
});

afterAll(() => place.close());

interface List {
  readonly counts: object;
  readonly customers: readonly { readonly customerId: string; readonly columns: readonly object[] }[];
}

const args = (...more: readonly string[]) => ["code-red", ...more, "--tenant", "t", "--as-of", "2026-11-15"];

describe("regulars code-red", () => {
  it("CR01, CR04: lists who changed, with the four columns and why it fell", async () => {
    const list = await place.json<List>(args());
    expect(list.customers.map(({ customerId }) => customerId)).toEqual(["C1", "C2"]);
    expect(list.customers[0]).toMatchObject({
      isRed: true,
      isConfirmed: true,
      isWithMarket: false,
      mainCause: "orderValue",
      columns: [{ months: 1 }, { months: 3, light: "red", isConfirmed: true }, { months: 6 }, { months: 12 }],
    });
    expect(list.counts).toEqual({ customers: 2, red: 1, confirmed: 1, ignored: 0, recentlyContacted: 0 });
  });

  it("CR26: tries another percent, and refuses one that is not a whole number from 1 to 100", async () => {
    const lights = async (percent: string) =>
      (await place.json<List>(args("--percent", percent))).customers.map(({ columns }) => columns[1]);
    expect(await lights("100")).toMatchObject([{ light: "amber" }, { light: "green" }]);
    for (const percent of ["0", "101", "12.5", "12,5"])
      expect(await place.run(args("--percent", percent))).toMatchObject({
        code: 2,
        stderr: expect.stringContaining(`--percent "${percent}" is not a whole number from 1 to 100`),
      });
  });

  it("CR19, CR21: leaves out customers by days that are tried, and refuses what is no type and number", async () => {
    const { customers } = await place.json<List>(args("--exclude", "order=3650"));
    expect(customers).toEqual([]);
    for (const exclude of ["order", "order=0", "order=1.5", "letter=3", "order=3=4"])
      expect(await place.run(args("--exclude", exclude))).toMatchObject({
        code: 2,
        stderr: expect.stringContaining("--exclude"),
      });
  });

  it("opens one customer, and says so when there is none", async () => {
    const { stdout } = await place.run(args("show", "C1"));
    expect(stdout).toContain("red, confirmed");
    expect(stdout).toContain("from smaller orders");
    expect(await place.run(args("show", "C9"))).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("there is no customer C9"),
    });
  });

  it("writes the list as CSV in which no name is a formula", async () => {
    const { stdout } = await place.run(args("--csv"));
    const [header, first] = stdout.split(/\r?\n/);
    expect(header).toContain("3v3 light,3v3 confirmed,3v3 current");
    expect(header).toMatch(/,currency,lines without a rate,value of$/);
    expect(first).toMatch(/,EUR,0,orders less credits$/);
    expect(first).toContain("C1,'=Café One,");
  });

  it("CR23, CR27: ignores a customer, shows it among the ignored, and shows it again", async () => {
    const shown = async (...more: readonly string[]) =>
      (
        await place.json<List>([
          "code-red",
          "--tenant",
          "t",
          "--only-red",
          "--as-of",
          new Date(Date.now() - DAY_MS).toISOString().slice(0, 10),
          ...more,
        ])
      ).customers.map(({ customerId }) => customerId);
    const before = await shown();
    await place.json(["code-red", "ignore", "C1", "--tenant", "t", "--days", "30", "--note", "renovates"]);
    expect(await shown()).toEqual(before.filter((id) => id !== "C1"));
    expect(await shown("--show-ignored")).toEqual(before);
    await place.json(["code-red", "ignore", "C1", "--tenant", "t", "--days", "0"]);
    expect(await shown()).toEqual(before);
  });
});
