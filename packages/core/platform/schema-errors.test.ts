import { expect, it } from "vitest";
import * as z from "zod";
import { schemaErrors } from "./schema-errors.ts";

const errorsOf = (schema: z.ZodType, input: unknown): readonly string[] =>
  schemaErrors(schema.safeParse(input).error?.issues ?? [], input).map(({ path, message }) => `${path}: ${message}`);

it("says which values a choice has, in words of its own", () => {
  const verdict = z.object({ verdict: z.enum(["useful", "wrong"]), size: z.literal([1, 2]).optional() });
  expect(errorsOf(verdict, { verdict: "nice", size: 3 })).toEqual([
    "verdict: is not one of useful, wrong",
    "size: is not one of 1, 2",
  ]);
  expect(errorsOf(verdict, {})).toEqual(["verdict: is missing"]);
});

it("says which kinds there are where a field tells them apart", () => {
  const rule = z.discriminatedUnion("mode", [
    z.object({ mode: z.literal("manual") }),
    z.object({ mode: z.literal("uniform"), by: z.enum(["load"]) }),
  ]);
  expect(errorsOf(z.object({ rule }), { rule: { mode: "other" } })).toEqual([
    "rule.mode: is not one of manual, uniform",
  ]);
  expect(errorsOf(z.object({ rule }), { rule: { mode: "uniform", by: "name" } })).toEqual([
    "rule.by: can only be load",
  ]);
  for (const none of ["manual", null, 1])
    expect(errorsOf(z.object({ rule }), { rule: none })).toEqual(["rule: is not an object"]);
});
