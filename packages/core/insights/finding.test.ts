import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { customerIdSchema, itemIdSchema } from "../platform/values.ts";
import {
  type Check,
  type Level,
  type State,
  checksHold,
  findingId,
  parseFindingId,
  isInDigest,
  isSelected,
} from "./finding.ts";
import { type Subject, isSameSubject, otherSubjectTypes, subjectAt } from "./subject.ts";

const customer = (id: string) => customerIdSchema.parse(id);
const about = (customerId: string, itemId?: string): Subject =>
  subjectAt(customer(customerId), itemId === undefined ? undefined : { type: "item", id: itemIdSchema.parse(itemId) });

const kinds = fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/);
const customers = fc.stringMatching(/^[A-Za-z0-9._-]{1,64}$/).map(customer);
const items = fc.stringMatching(/^[A-Za-z0-9._/+-]([A-Za-z0-9 ._/+-]{0,8}[A-Za-z0-9._/+-])?$/);
/** Any text, including lone surrogates, separators and escapes. */
const anyId = fc.oneof(
  fc.string({ unit: "binary", minLength: 1 }),
  fc.constantFrom(":", "#", "~", "~003a", "%", "\ud800", "person", "a:b:c", "\u0000"),
);
const subjects: fc.Arbitrary<Subject> = fc.oneof(
  customers.map((id) => subjectAt(id, undefined)),
  fc.tuple(customers, items).map(([customerId, id]) => about(customerId, id)),
  fc
    .record({
      type: fc.constantFrom(...otherSubjectTypes),
      id: anyId,
      customerId: fc.option(customers, { nil: undefined }),
    })
    .map(({ customerId, ...other }) => (customerId === undefined ? other : { ...other, customerId })),
);
const canonicalOf = ({ type, id, ...more }: Subject) => [type, id, "customerId" in more ? more.customerId : null];

const check = (value: number | string, op: Check["op"], threshold: number | string): Check => ({
  id: "X1",
  says: "",
  value,
  op,
  threshold,
});

describe("checksHold", () => {
  it.each([
    [5, ">", 5, false],
    [6, ">", 5, true],
    [5, ">=", 5, true],
    [4, ">=", 5, false],
    [5, "<", 5, false],
    [4, "<", 5, true],
    [5, "<=", 5, true],
    [6, "<=", 5, false],
    ["2026-09-01", "<=", "2026-09-01", true],
    ["2026-09-02", "<=", "2026-09-01", false],
    ["2026-09-01", "<", "2026-09-01", false],
  ] as const)("%j %s %j is %j", (value, op, threshold, holds) => {
    expect(checksHold({ checks: [check(value, op, threshold)] })).toBe(holds);
  });

  it("needs every one of them", () => {
    expect(checksHold({ checks: [check(2, ">", 1), check(1, ">", 2)] })).toBe(false);
  });
});

describe("what is sent", () => {
  const given: readonly (readonly [Level, State, boolean, boolean])[] = [
    ["high", "open", true, true],
    ["medium", "open", false, true],
    ["watch", "open", false, false],
    ["high", "lapsed", false, false],
    ["high", "disputed", false, false],
  ];

  it.each(given)("%s and %s: pushed %j, in the digest %j", (level, state, selected, inDigest) => {
    expect(isSelected({ level, state })).toBe(selected);
    expect(isInDigest({ level, state })).toBe(inDigest);
  });
});

describe("findingId", () => {
  it("names kind, customer and item", () => {
    expect(findingId({ kind: "some-kind", subject: about("acme") })).toBe("some-kind:acme");
    expect(findingId({ kind: "some-kind", subject: about("acme", "A-1") })).toBe("some-kind:acme:A-1");
  });

  it("names any other subject by its type, encoded, with its customer or without one", () => {
    const link: Subject = { type: "link", id: "ann:bob/#1" };
    expect(findingId({ kind: "some-kind", subject: link })).toBe("some-kind::link:ann~003abob~002f~00231");
    const person: Subject = { type: "person", id: "p-1", customerId: customer("acme") };
    expect(findingId({ kind: "some-kind", subject: person })).toBe("some-kind:acme:person:p-1");
  });

  it("leads back to its kind and subject, whatever ids are made of", () => {
    fc.assert(
      fc.property(kinds, subjects, (kind, subject) => {
        expect(parseFindingId(findingId({ kind, subject }))).toEqual({ kind, subject });
      }),
    );
  });

  it("is another for every other subject", () => {
    fc.assert(
      fc.property(subjects, subjects, (a, b) => {
        const isSame = isSameSubject(a, b);
        expect(findingId({ kind: "k", subject: a }) === findingId({ kind: "k", subject: b })).toBe(isSame);
        expect(JSON.stringify(canonicalOf(a)) === JSON.stringify(canonicalOf(b))).toBe(isSame);
      }),
    );
  });

  it.each([
    "",
    "k",
    "k:",
    "k:a:b:c:d",
    "k:acme:deal:",
    "k:acme:thing:x",
    "k:acme:deal:~0041",
    "k:acme:deal:a~",
    "k:a b",
  ])("is not %j", (text) => {
    expect(parseFindingId(text)).toBeUndefined();
  });
});
