import { describe, expect, it } from "vitest";
import { familyNames } from "../../../test/fixtures/every-key.ts";
import { soughtTexts } from "@regulars/core/erasure/sought-texts";
import { ERASED, type Traces } from "@regulars/core/erasure/traces";
import { attributesOf, unpackedStatuses } from "../snapshots/stored-statuses.ts";
import { fates } from "./item-fates.ts";

/** Partitions of indexes: they hold the items of other families. */
const INDEXES =
  "AUD CLOSED CNAMES COL CUST CUSTOMERS DRAFTS DUE ENDED EVENTS FUCUST FUOPEN GIVENUP HELD INAMES INTROBY INTROOF MCOL PLAST PNAMES REMOVED REP SENTDUE SENTLOG";

/** Sales and requests have the keys of activities, under names of their own. */
const FAMILIES_OF_DOCUMENTS = ["SALE", "REQ"];

function tracesOf(
  { person, customer }: { readonly person?: string; readonly customer?: string },
  { names = [], addresses = [] }: { readonly names?: readonly string[]; readonly addresses?: readonly string[] } = {},
): Traces {
  const none = new Set<string>();
  const of = (id: string | undefined) => (id === undefined ? none : new Set([id]));
  return {
    ids: {
      customer: of(customer),
      contact: none,
      external: none,
      deal: none,
      project: none,
      introduction: none,
      person: of(person),
    },
    addresses: soughtTexts(addresses),
    names: soughtTexts(names),
  };
}

/** What an erasure leaves of the members of an action on a selection. */
function membersWithout(members: readonly object[], traces: Traces): unknown {
  const sk = "SELECTION#000000";
  const page = { pk: "OPERATION", sk, chunk: 0, members, results: [] };
  const left = fates["OPERATION"]?.rule(page, { traces, rest: "", sk, shards: new Set() });
  return typeof left === "object" ? left["members"] : left;
}

describe("the fates of items in an erasure", () => {
  it("OP03: are decided for every family of keys", () => {
    const indexes = new Set(INDEXES.split(" "));
    const families = [...familyNames(), ...FAMILIES_OF_DOCUMENTS].filter((name) => !indexes.has(name));
    expect(Object.keys(fates).toSorted()).toEqual(families.toSorted());
  });

  it("OP03: of packed statuses leave nothing of the person, and the rest as it was", () => {
    const told = { name: "Neglected", description: "<pers> has not been called", level: "medium", order: [1] };
    const held = [
      { statusId: "cool", ownerType: "company", since: "2026-11-01", told: { ...told, variables: {} } },
      {
        statusId: "cool",
        ownerType: "person",
        ownerId: "eva",
        since: "2026-11-01",
        told: { ...told, variables: { pers: "Eva Holm" } },
      },
    ];
    const toFollow = held.map(({ told: _told, ...one }) => ({ ...one, type: "entered", on: "2026-11-01" }));
    const values = { settledOn: "2026-11-22", settled: "cool", held, toFollow };
    const stored = attributesOf({ pk: "S", sk: "C#acme#S", r: 1, ...values });
    const traces = tracesOf({ person: "eva" }, { names: ["Eva Holm"] });
    const left = fates["S"]?.rule(stored, { traces, rest: "", sk: "C#acme#S", shards: new Set() });
    const text = JSON.stringify(typeof left === "object" ? unpackedStatuses(left) : left);
    expect(text).toContain("Neglected");
    expect(text).toContain('"on":"2026-11-01"');
    expect(text).not.toMatch(/eva|Eva Holm/);
  });

  it("OP03: of a mailing under way leave those gone who are erased, and others with their address to be asked for it", () => {
    const person = (personId: string) => ({ type: "person", customerId: "acme", personId });
    const mailTo = { name: "Office", address: "office@acme.example" };
    const shop = {
      owner: { type: "company", customerId: "acme" },
      mailTo: { name: "Acme", address: "shop@acme.example" },
    };
    const members = [{ owner: person("eva"), mailTo }, { owner: person("kim"), mailTo, sameAs: "eva" }, shop];
    const traces = tracesOf({ person: "eva" }, { addresses: ["office@acme.example"] });
    expect(membersWithout(members, traces)).toEqual([
      { owner: person(ERASED), unmailed: "gone" },
      { owner: person("kim"), sameAs: ERASED },
      shop,
    ]);
  });

  it("OP03: of any action under way leave an erased customer gone, so that nothing is made for them", () => {
    const members = ["acme", "blue"].map((customerId) => ({ owner: { type: "company", customerId } }));
    expect(membersWithout(members, tracesOf({ customer: "acme" }))).toEqual([
      { owner: { type: "company", customerId: ERASED }, unmailed: "gone" },
      members[1],
    ]);
  });
});
