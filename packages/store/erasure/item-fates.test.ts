import { describe, expect, it } from "vitest";
import { familyNames } from "../../../test/fixtures/every-key.ts";
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
});
