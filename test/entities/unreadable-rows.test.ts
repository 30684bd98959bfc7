import { describe, expect, it } from "vitest";
import * as z from "zod";
import { aTable, aTenantStore } from "../fixtures/tenant.ts";
import { entities } from "./stored-entities.ts";

const rowSchema = z.record(z.string(), z.unknown());
const answerSchema = z.object({
  Item: rowSchema.optional(),
  Items: z.array(rowSchema).optional(),
  Responses: z.record(z.string(), z.array(rowSchema)).optional(),
});

/** What finds a row, in the table and its indexes. */
const KEYS = /^(?:pk|sk|g\d[ps])$/;

/** Makes each value of a row one that nobody stores. */
function spoil(row: Record<string, unknown>): void {
  for (const name of Object.keys(row)) if (!KEYS.test(name)) row[name] = { spoilt: true };
}

/** A client of the table to which every row comes spoilt. */
function aSpoilingTable() {
  const table = aTable();
  table.raw.middlewareStack.add(
    (next) => async (args) => {
      const answer = await next(args);
      const { Item, Items, Responses } = Object(answer.output);
      const { success } = answerSchema.safeParse({ Item, Items, Responses });
      if (success) [Item ?? [], Items ?? [], Object.values(Responses ?? {})].flat(2).forEach(spoil);
      return answer;
    },
    { step: "initialize", name: "spoil" },
  );
  return table;
}

/** Read with what is wrong with it, so that it can be saved anew. */
const READ_ALL_THE_SAME = "status monitor";

describe("a stored row that cannot be read", () => {
  it.each(entities.filter(({ name }) => name !== READ_ALL_THE_SAME))(
    "G4: is named with what is wrong: $name",
    async ({ throughStore }) => {
      const testTenant = aTenantStore({}, aSpoilingTable);
      await expect(throughStore(testTenant)).rejects.toThrow(
        new RegExp(
          `^the stored row T#${testTenant.tenant.tenantId}#\\S+ \\S+ cannot be read \\(\\w.*\\): put it back from a backup`,
        ),
      );
    },
  );
});
