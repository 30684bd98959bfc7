import { readFile } from "node:fs/promises";
import { beforeAll, describe, expect, it } from "vitest";
import { aTenantWithBirds, canary } from "../../../test/fixtures/canary-tenant.ts";
import { all } from "../../../test/fixtures/tenant.ts";
import { allItems } from "./all-items.ts";
import { fates } from "./item-fates.ts";

/** Rows that say a number of days, hours, or a day: their items end by themselves. */
const ENDS = /day|hour/;
/**
 * Of these only some end: not an address that is suppressed, and a page of a bulk operation once it is worked on. Leads
 * in a queue are removed after the nights, because one that waits may not end.
 */
const SOME_END = new Set(["MAILADDR", "OPERATION", "QUEUE"]);

const document = new URL("../../../docs/operations.md", import.meta.url);
let rows: readonly { readonly kept: string; readonly families: readonly string[] }[];

beforeAll(async () => {
  const text = await readFile(document, "utf8");
  const section = text.split("## How long what is kept")[1]?.split("\n## ")[0] ?? "";
  rows = [...section.matchAll(/^\| [^|]+ \| ([^|]+) \| ([A-Z ]+?) +\|$/gm)].map(([, kept = "", families = ""]) => ({
    kept: kept.trim(),
    families: families.trim().split(" "),
  }));
});

describe("the life times of the operator's page", () => {
  it("OP03: are told of every family of items, once", () => {
    expect(rows.flatMap(({ families }) => families).toSorted()).toEqual(Object.keys(fates).toSorted());
  });

  it("OP03: are those of the stored items: those that end have a time to live, and no others", async () => {
    const { testTenant } = await aTenantWithBirds([canary]);
    const endless = new Map(rows.flatMap(({ kept, families }) => families.map((family) => [family, !ENDS.test(kept)])));
    const wrong: string[] = [];
    for (const { pk, expiresAt } of await all(allItems(testTenant.table, testTenant.tenant.tenantId))) {
      const family = String(pk).split("#")[2] ?? "";
      if (SOME_END.has(family) || (expiresAt === undefined) === endless.get(family)) continue;
      wrong.push(`${family} ${String(expiresAt)}`);
    }
    expect([...new Set(wrong)]).toEqual([]);
  });
});
