import { describe, expect, it } from "vitest";
import { acceptUnknownFields } from "./lead-payload.ts";
import { readUsable } from "./not-used.ts";

const person = { email: "ok@x.com" };
const readOf = (payload: unknown) => readUsable(acceptUnknownFields(payload));
const pathsOf = (payload: unknown) => readOf(payload)?.notUsed.map(({ path }) => path);

describe("a lead with cells that cannot be used", () => {
  it.each<[string, object, string[]]>([
    ["an empty text", { person: { ...person, phone: "" } }, ["person.phone"]],
    ["null", { person: { ...person, phone: null, name: null } }, ["person.name", "person.phone"]],
    ["an unknown field of the person", { person: { ...person, company: "Acme" } }, ["person.company"]],
    ["an unknown field of the deal", { person, deal: { comment: "call me", title: "A" } }, ["deal.comment"]],
    ["a deal that is none", { person, deal: null }, ["deal"]],
    ["a JSON number as amount", { person, deal: { amount: 1900 } }, ["deal.amount"]],
    ["an unknown currency", { person, deal: { currency: "ZZZ" } }, ["deal.currency"]],
    ["a choice that there is not", { person, onDuplicate: "merge" }, ["onDuplicate"]],
    ["a day for an instant", { person, occurredAt: "yesterday" }, ["occurredAt"]],
    ["too many marks of one source", { person, source: { tunnelId: 5, utm: "x" } }, ["source.tunnelId", "source.utm"]],
    ["a field too deep in a list", { person, fields: { list: ["a", { b: 2 ** 60 }], c: 1 } }, ["fields.list"]],
    ["fields that are too many", { person, fields: { big: "x".repeat(5_000) } }, ["fields"]],
    ["a second identity that is none", { person: { ...person, externalId: {} } }, ["person.externalId"]],
  ])("D1: is a lead without it: %s", (_, payload, paths) => {
    const usable = readOf(payload);
    expect(usable?.lead.person.email).toBe("ok@x.com");
    expect(usable?.notUsed.map(({ path }) => path).toSorted()).toEqual(paths);
  });

  it("D1: keeps the value and the reason of each, and uses all the others", () => {
    expect(readOf({ person: { ...person, name: 5 }, deal: { title: "A", amount: 1900.5 }, utmTerm: "spring" })).toEqual(
      {
        lead: { person, deal: { title: "A" }, onDuplicate: "return", fields: { utmTerm: "spring" } },
        notUsed: [
          { path: "person.name", code: "wrong-type", message: "is not a string", value: "5" },
          {
            path: "deal.amount",
            code: "wrong-type",
            message: 'is a JSON number: send a decimal string like "11.90", or { "minor": 1190, "currency": "EUR" }',
            value: "1900.5",
          },
        ],
      },
    );
    expect(readOf({ person: { ...person, name: "n".repeat(300) } })?.notUsed[0]?.value).toHaveLength(200);
  });

  it.each([
    null,
    5,
    "x",
    [],
    {},
    { person: null },
    { person: {} },
    { person: { email: "no", phone: "" } },
    { person: "a@b.cd" },
  ])("is none when nothing tells who it is about: %j", (payload) => {
    expect(readOf(payload)).toBeUndefined();
  });

  it("uses a whole lead whole", () => {
    expect(pathsOf({ person, deal: { title: "A", amount: "19.00" } })).toEqual([]);
  });
});
