import { describe, expect, it } from "vitest";
import * as z from "zod";
import { ownFormat } from "./formats/formats.ts";
import { ingestKinds, ingestSchemas } from "./ingest-schemas.ts";

describe("the schema of an item", () => {
  const jsonOf = (kind: (typeof ingestKinds)[number]) =>
    z
      .object({
        type: z.literal("object"),
        description: z.string(),
        example: z.record(z.string(), z.unknown()),
        properties: z.record(z.string(), z.record(z.string(), z.unknown())),
        required: z.array(z.string()),
        additionalProperties: z.literal(false),
      })
      .parse(z.toJSONSchema(ingestSchemas[kind], { io: "input" }));

  it("can be said in JSON Schema, and allows no property that it does not name", () => {
    for (const kind of ingestKinds) expect([kind, jsonOf(kind).additionalProperties]).toEqual([kind, false]);
  });

  it("describes every property, and gives an example of each", () => {
    const silent = ingestKinds.flatMap((kind) =>
      Object.entries(jsonOf(kind).properties)
        .filter(([, said]) => typeof said["description"] !== "string" || !("example" in said || "items" in said))
        .map(([name]) => `${kind}.${name}`),
    );
    expect(silent).toEqual([]);
  });

  it("fits its own example", () => {
    for (const kind of ingestKinds)
      expect([kind, ingestSchemas[kind].safeParse(jsonOf(kind).example).success]).toEqual([kind, true]);
  });

  it("has the columns of the kind's file, and requires the same ones", () => {
    for (const kind of ingestKinds) {
      const { properties, required } = jsonOf(kind);
      const { columns, required: requiredColumns } = ownFormat(kind);
      const line = kind === "orders" ? ["itemId", "quantity", "uomFactor", "unitPrice", "unitCost", "kind"] : [];
      const expected = [...columns.filter((column) => !line.includes(column)), ...(line.length > 0 ? ["lines"] : [])];
      expect([kind, Object.keys(properties).toSorted()]).toEqual([kind, expected.toSorted()]);
      const must = requiredColumns.filter((column) => !line.includes(column));
      expect([kind, required.filter((name) => name !== "lines").toSorted()]).toEqual([kind, must.toSorted()]);
    }
  });
});
