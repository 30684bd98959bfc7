import { describe, expect, it } from "vitest";
import { unflattened } from "./flat-lead.ts";
import { type FormEntry, payloadOfForm } from "./form-lead.ts";
import { acceptUnknownFields } from "./lead-payload.ts";
import { readUsable } from "./not-used.ts";

const leadOf = (...entries: readonly FormEntry[]) =>
  readUsable(acceptUnknownFields(unflattened(payloadOfForm(entries))));

describe("a form", () => {
  it("D4: with plain names is a flat lead, its campaign told and the rest kept", () => {
    expect(
      leadOf(
        ["Name", "Olena K."],
        ["e-mail", "o@example.com"],
        ["e-mail", "second@example.com"],
        ["phone", ""],
        ["utm_source", "ig"],
        ["UTM_Campaign", "spring"],
        ["interest[]", "milling"],
        ["interest[]", "baking"],
        ["amount", "199.00"],
      ),
    ).toEqual({
      lead: {
        person: { name: "Olena K.", email: "o@example.com" },
        deal: { amount: "199.00" },
        source: { utm: { source: "ig", campaign: "spring" } },
        onDuplicate: "return",
        fields: { interest: ["milling", "baking"] },
      },
      notUsed: [],
    });
  });

  it("D4: has nested names in both notations, of two values for one place the first", () => {
    expect(
      leadOf(
        ["person.email", "o@example.com"],
        ["person[name]", "Olena K."],
        ["person[name]", "Somebody else"],
        ["deal[title]", "Course A"],
        ["fields[size]", "42"],
        ["onDuplicate", "create"],
      ),
    ).toMatchObject({
      lead: {
        person: { name: "Olena K.", email: "o@example.com" },
        deal: { title: "Course A" },
        fields: { size: "42" },
        onDuplicate: "create",
      },
      notUsed: [],
    });
  });

  it("D4: loses no lead for names that fit no place", () => {
    const usable = leadOf(
      ["person", "Olena"],
      ["person.email", "o@example.com"],
      ["deal", "x"],
      ["fields", "y"],
      ["fields.fields", "z"],
      ["source.utm", "w"],
      ["utm_source", "ig"],
      ["a.b.c.d.e", "1"],
      ["__proto__", "2"],
      ["person[__proto__]", "3"],
      ["[", "4"],
      ["..", "5"],
    );
    expect(usable?.lead.person).toEqual({ email: "o@example.com" });
    expect(usable?.lead.source).toEqual({ utm: { source: "ig" } });
    expect(usable?.lead.fields).toMatchObject({ person: "Olena", deal: "x", "a.b.c.d.e": "1", "[": "4", "..": "5" });
  });
});
