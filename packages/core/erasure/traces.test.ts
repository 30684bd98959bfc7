import { describe, expect, it } from "vitest";
import { soughtTexts } from "./sought-texts.ts";
import { type Traces, blanked, mentions, without } from "./traces.ts";

const nobody = { customer: [], person: [], contact: [], external: [], deal: [], project: [], introduction: [] };
const tracesOf = (
  ids: Partial<Record<keyof Traces["ids"], readonly string[]>>,
  names: readonly string[] = [],
): Traces => {
  const sets = Object.entries({ ...nobody, ...ids }).map(([kind, some]) => [kind, new Set(some)]);
  return {
    ids: Object.fromEntries(sets) as Traces["ids"],
    addresses: soughtTexts(["ana@acme.example", "+31 6 5550 1234"]),
    names: soughtTexts(names),
  };
};

describe("OP03: traces of somebody in a stored value", () => {
  const traces = tracesOf({ customer: ["1"], person: ["p-1"], deal: ["deal_1"] }, ["Acme Foods", "Bar"]);

  it.each([
    ["a customer's id in its field", { customerId: "1" }, true],
    ["the same text in another field", { version: "1", userId: "1" }, false],
    ["a list of ids", { attendeeIds: ["p-2", "p-1"] }, true],
    ["a set of ids", { dealIds: new Set(["deal_1"]) }, true],
    ["a subject", { subject: { type: "person", id: "p-1" } }, true],
    ["a subject of another type with the same id", { subject: { type: "item", id: "p-1" } }, false],
    ["an owner of a type", { held: [{ ownerType: "company", ownerId: "1" }] }, true],
    ["an address within a text, in capitals", { text: "Mail to ANA@ACME.example, please" }, true],
    ["an address that begins like theirs", { text: "ana@acme.example.org and dana@acme.examples" }, false],
    ["a phone number in another notation", { phone: "0031 6-5550-1234" }, true],
    ["a phone number with other blanks", { phone: "+316 555 01234" }, true],
    ["a name within a text", { text: "Call acme foods today" }, true],
    ["a short name as a whole text", { customerName: "bar" }, true],
    ["a short name within a text", { text: "The bar is open" }, false],
    ["their name at somebody else", { customerId: "2", customerName: "Acme Foods" }, false],
    ["their address at somebody else", { customerId: "2", email: "ana@acme.example" }, true],
    ["JSON within a text", { body: '{"person":{"email":"ana@acme.example"}}' }, true],
  ])("%s: %j", (_what, value, isFound) => {
    expect(mentions(value, traces)).toBe(isFound);
  });

  it("are left out of lists and replaced elsewhere", () => {
    const value = {
      customerName: "Acme Foods",
      text: "Ask ana@acme.example of ACME FOODS",
      lines: [{ customerId: "1" }, { customerId: "2", also: ["Acme Foods", "else"] }],
      count: 2,
    };
    expect(without(value, traces)).toEqual({
      customerName: "erased",
      text: "Ask erased of erased",
      lines: [{ customerId: "2", also: ["Acme Foods", "else"] }],
      count: 2,
    });
  });

  it("leave the value as it is when there are none", () => {
    const value = { customerId: "2", lines: [{ text: "nothing" }], bytes: new Uint8Array([1]) };
    expect(without(value, traces)).toBe(value);
  });

  it("are replaced in lists whose places are counted", () => {
    const chunk = {
      members: [{ personId: "p-1" }, { personId: "p-2" }],
      results: [{ address: "ana@acme.example" }, {}],
    };
    expect(blanked(chunk, traces)).toEqual({
      members: [{ personId: "erased" }, { personId: "p-2" }],
      results: [{ address: "erased" }, {}],
    });
  });
});
