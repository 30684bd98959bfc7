import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { customerIdSchema, day, personIdSchema, requestIdSchema, toInstant } from "../platform/values.ts";
import {
  type FollowUp,
  type FollowUpCause,
  followUpId,
  followUpSchema,
  isQuiet,
  placeOf,
  readFollowUpId,
} from "./follow-up.ts";
import type { Owner } from "./owner.ts";

const acme: Owner = { type: "company", customerId: customerIdSchema.parse("acme") };
const ofStatus: FollowUpCause = { type: "status", statusId: "mon_1", since: day("2026-11-22") };

describe("the id of a follow-up", () => {
  it("names its cause and its owner", () => {
    expect(followUpId(placeOf(ofStatus, acme))).toBe("company:acme:status:mon_1:2026-11-22");
    const cause: FollowUpCause = { type: "selection", operationId: "op_1", requestId: requestIdSchema.parse("T:9") };
    expect(followUpId(placeOf(cause, acme))).toBe("company:acme:selection:T~003a9:op_1");
  });

  it("is read back, whatever the ids", () => {
    const text = fc
      .string({ minLength: 1, maxLength: 40, unit: "grapheme" })
      .filter((id) => personIdSchema.safeParse(id).success);
    fc.assert(
      fc.property(text, text, text, fc.boolean(), (ownerId, first, requestId, isStatus) => {
        const owner: Owner = { ...acme, type: "person", personId: personIdSchema.parse(ownerId) };
        const cause: FollowUpCause = isStatus
          ? { type: "status", statusId: first, since: day("2026-11-22") }
          : { type: "selection", operationId: first, requestId: requestIdSchema.parse(requestId) };
        const place = placeOf(cause, owner);
        expect(readFollowUpId(followUpId(place))).toEqual(place);
      }),
    );
  });

  it.each([
    "",
    "status",
    "company:acme:status:mon_1:2026-13-22",
    "deal:acme:status:mon_1:2026-11-22",
    "status:a:b:c:d:e",
  ])("is not %j", (text) => {
    expect(readFollowUpId(text)).toBeUndefined();
  });
});

describe("a status with quiet days", () => {
  const made = (parts: Partial<FollowUp>): FollowUp => ({
    ...followUpSchema.parse({
      followUpId: "x",
      cause: ofStatus,
      owner: acme,
      type: "call",
      text: "Call",
      dueOn: "2026-11-22",
      state: "open",
      isAutomatic: true,
      activityId: "fu_1",
      createdOn: "2026-11-22",
      createdAt: toInstant(Date.parse("2026-11-22T10:00:00Z")),
      createdBy: "status",
      version: 1,
    }),
    ...parts,
  });

  it("is quiet until 7 days after it made or closed its last follow-up, the 7th excluded", () => {
    expect(isQuiet(made({}), day("2026-11-28"), 7)).toBe(true);
    expect(isQuiet(made({}), day("2026-11-29"), 7)).toBe(false);
    expect(isQuiet(made({ endedOn: day("2026-11-25") }), day("2026-12-01"), 7)).toBe(true);
    expect(isQuiet(made({ endedOn: day("2026-11-25") }), day("2026-12-02"), 7)).toBe(false);
    expect(isQuiet(made({}), day("2026-11-22"), 0)).toBe(false);
    expect(isQuiet(undefined, day("2026-11-22"), 7)).toBe(false);
  });
});
