import { tenantIdSchema } from "@regulars/core/platform/values";
import * as fc from "fast-check";
import { expect, it } from "vitest";
import { sealingWith } from "./sealing.ts";

const acme = tenantIdSchema.parse("acme");
const [first, second] = ["a".repeat(64), "b".repeat(64)];

it("opens what was sealed for the tenant, and never seals the same twice in the same way", () => {
  const { seal, open } = sealingWith(first);
  const sealed = seal(acme, "xoxb-1");
  expect(open(acme, sealed)).toBe("xoxb-1");
  expect(sealed).not.toContain("xoxb");
  expect(seal(acme, "xoxb-1")).not.toBe(sealed);
});

it("opens nothing of another tenant, and nothing that was changed by one character", () => {
  const { seal, open } = sealingWith(first);
  const sealed = seal(acme, "xoxb-1");
  expect(open(tenantIdSchema.parse("acme2"), sealed)).toBeUndefined();
  fc.assert(
    fc.property(fc.nat(sealed.length - 2), fc.constantFrom("A", "b", "7", "-"), (at, letter) => {
      fc.pre(sealed[at] !== letter);
      expect(open(acme, sealed.slice(0, at) + letter + sealed.slice(at + 1))).toBeUndefined();
    }),
  );
});

it("opens with the key before while keys are changed, and seals with the new one", () => {
  const old = sealingWith(first).seal(acme, "xoxb-1");
  const both = sealingWith(`${second} ${first}`);
  expect(both.open(acme, old)).toBe("xoxb-1");
  expect(sealingWith(second).open(acme, both.seal(acme, "xoxb-2"))).toBe("xoxb-2");
  expect(sealingWith(second).open(acme, old)).toBeUndefined();
});
