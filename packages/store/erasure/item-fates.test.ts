import { describe, expect, it } from "vitest";
import { familyNames } from "../../../test/fixtures/every-key.ts";
import { soughtTexts } from "@regulars/core/erasure/sought-texts";
import { attributesOf, unpackedStatuses } from "../snapshots/stored-statuses.ts";
import { fates } from "./item-fates.ts";

/** Partitions of indexes: they hold the items of other families. */
const INDEXES =
  "AUD CLOSED CNAMES COL CUST CUSTOMERS DRAFTS DUE ENDED EVENTS FUCUST FUOPEN GIVENUP HELD INAMES INTROBY INTROOF MCOL PLAST PNAMES REMOVED REP SENTDUE SENTLOG";

/** Sales and requests have the keys of activities, under names of their own. */
const FAMILIES_OF_DOCUMENTS = ["SALE", "REQ"];

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
    const stored = attributesOf({ pk: "S", sk: "C#acme#S", r: 1, settledOn: "2026-11-22", settled: "cool", held });
    const none = new Set<string>();
    const traces = {
      ids: {
        customer: none,
        contact: none,
        external: none,
        deal: none,
        project: none,
        introduction: none,
        person: new Set(["eva"]),
      },
      addresses: soughtTexts([]),
      names: soughtTexts(["Eva Holm"]),
    };
    const left = fates["S"]?.rule(stored, { traces, rest: "", sk: "C#acme#S", shards: new Set() });
    const text = JSON.stringify(typeof left === "object" ? unpackedStatuses(left) : left);
    expect(text).toContain("Neglected");
    expect(text).not.toMatch(/eva|Eva Holm/);
  });
});
