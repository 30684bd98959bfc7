import { schemaErrors } from "@regulars/core/platform/schema-errors";
import { formatsOf } from "@regulars/render/texts/formats";
import { refusalsIn } from "@regulars/render/texts/refused-words";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { issueCodes, zodWordsIn } from "../fixtures/zod-words.ts";

const shape = z.discriminatedUnion("is", [
  z.object({ is: z.literal("round") }),
  z.object({ is: z.enum(["flat", "bent"]), by: z.literal("hand") }),
]);

/** Values with a mistake of each code that zod knows, with what is said of them. */
const FAULTS: Readonly<Record<string, readonly (readonly [schema: z.ZodType, value: unknown, says: string])[]>> = {
  invalid_type: [
    [z.string(), 1, "is not a string"],
    [z.number(), "1", "is not a number"],
    [z.number(), Number.NaN, "is not a number"],
    [z.int(), 0.5, "is not a whole number"],
    [z.boolean(), "yes", "is not true or false"],
    [z.object({}), [], "is not an object"],
    [z.record(z.string(), z.string()), 1, "is not an object"],
    [z.array(z.string()), {}, "is not a list"],
    [z.tuple([z.string()]), {}, "is not a list"],
    [z.null(), 1, "is not null"],
    [z.never(), 1, "is not allowed"],
    [z.string(), undefined, "is missing"],
    [z.string(), null, "is not a string"],
  ],
  too_small: [
    [z.number().min(1), 0, "is less than 1"],
    [z.number().positive(), 0, "is not more than 0"],
    [z.string().min(1), "", "is empty"],
    [z.string().min(3), "ab", "is shorter than 3 characters"],
    [z.string().length(3), "ab", "is shorter than 3 characters"],
    [z.array(z.string()).min(1), [], "is empty"],
    [z.array(z.string()).min(2), ["a"], "has fewer entries than 2"],
    [z.set(z.string()).min(2), new Set(), "has fewer entries than 2"],
  ],
  too_big: [
    [z.number().max(100), 101, "is more than 100"],
    [z.number().lt(100), 100, "is not less than 100"],
    [z.string().max(3), "abcd", "is longer than 3 characters"],
    [z.array(z.string()).max(1), ["a", "b"], "has more entries than 1"],
  ],
  not_multiple_of: [[z.number().multipleOf(15), 20, "is not a multiple of 15"]],
  invalid_format: [
    [z.url(), "x", "is not a web address like https://example.com"],
    [z.base64(), "?", "is not base64"],
    [z.string().regex(/^a$/), "b", "does not have the form that is needed"],
    [z.string().startsWith("a"), "b", "does not have the form that is needed"],
  ],
  invalid_value: [
    [z.enum(["a", "b"]), "c", "is not one of a, b"],
    [z.literal([1, 2]), 3, "is not one of 1, 2"],
    [z.literal(true), false, "can only be true"],
    [z.enum(["a", "b"]), undefined, "is missing"],
  ],
  unrecognized_keys: [
    [
      z.strictObject({ percent: z.int() }),
      { percent: 1, procent: 2 },
      "is no property of this: did you mean percent? There are percent",
    ],
    [z.strictObject({}), { procent: 2 }, "is no property of this"],
  ],
  invalid_union: [
    [z.union([z.string(), z.int()]), true, "is not a string; is not a number"],
    [shape, { is: "square" }, "is not one of round, flat, bent"],
    [shape, {}, "is missing"],
    [z.xor([z.string(), z.string()]), "a", "cannot be used"],
  ],
  invalid_key: [
    [
      z.record(z.string().max(3), z.string()),
      { abcd: "e" },
      "has a name that cannot be used: is longer than 3 characters",
    ],
  ],
  invalid_element: [
    [
      z.map(z.array(z.string()), z.string()),
      new Map([[["a"], 1]]),
      "has an entry that cannot be used: is not a string",
    ],
  ],
};

const faults = Object.values(FAULTS).flat();
const saidOf = (schema: z.ZodType, value: unknown): readonly string[] =>
  schemaErrors(schema.safeParse(value).error?.issues ?? [], value).map(({ message }) => message);

describe("what a schema says of a mistake that it has no words for", () => {
  it("is a plain sentence that says what is allowed, of every code that zod knows", () => {
    expect(Object.keys(FAULTS).toSorted()).toEqual([...issueCodes].toSorted());
    expect(faults.map(([schema, value]) => saidOf(schema, value))).toEqual(faults.map(([, , says]) => [says]));
    expect(faults.flatMap(([, , says]) => zodWordsIn(says))).toEqual([]);
  });

  it("is the same where the issue itself is read", () => {
    const own = faults.flatMap(([schema, value]) => schema.safeParse(value).error?.issues ?? []);
    expect(own.flatMap(({ message }) => zodWordsIn(message))).toEqual([]);
    expect(own.length).toBeGreaterThanOrEqual(faults.length);
  });

  it.each(["da", "pt-BR", "uk"] as const)("CN06: is said in %s", async (language) => {
    const [say, english] = [await refusalsIn(language), await refusalsIn("en")];
    const words = { formats: formatsOf(language), named: () => undefined };
    const unsaid = faults.filter(([, , says]) => [undefined, english(says, words)].includes(say(says, words)));
    expect(unsaid.map(([, , says]) => says)).toEqual([]);
  });
});

it("zod's own words are found in an answer", () => {
  expect(zodWordsIn('"message":"Too big: expected string to have"')).toEqual(['Too big: expected string to have"']);
  expect(zodWordsIn('"message":"Invalid URL"')).toEqual(['Invalid URL"']);
});
