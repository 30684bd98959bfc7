import { describe, expect, it } from "vitest";
import { unflattened } from "./flat-lead.ts";
import { acceptUnknownFields } from "./lead-payload.ts";
import { readUsable } from "./not-used.ts";

describe("a flat lead", () => {
  it("D4: has its fields put in their places, and the others kept", () => {
    expect(
      readUsable(
        acceptUnknownFields(
          unflattened({
            "Full name": "Olena K.",
            email: "o@example.com",
            phone_number: "+380671234567",
            amount: "199.00",
            source: { tunnelId: "42" },
            budget: "high",
          }),
        ),
      ),
    ).toEqual({
      lead: {
        person: { name: "Olena K.", email: "o@example.com", phone: "+380671234567" },
        deal: { amount: "199.00" },
        source: { tunnelId: "42" },
        onDuplicate: "return",
        fields: { budget: "high" },
      },
      notUsed: [],
    });
  });

  it("D4: keeps the second of two names for one place, and its own deal", () => {
    expect(unflattened({ email: "a@b.cd", "e-mail": "c@d.ef", title: "A", deal: { title: "B" } })).toEqual({
      person: { email: "a@b.cd" },
      deal: { title: "B" },
      title: "A",
      "e-mail": "c@d.ef",
    });
  });

  it.each([null, 5, [], "x", {}, { person: { email: "a@b.cd" }, name: "X" }, { budget: 1 }, { __proto__: 1 }])(
    "leaves %j as it is",
    (body) => {
      expect(unflattened(body)).toBe(body);
    },
  );
});
