import { expect, it } from "vitest";
import { userItemSchema } from "../imports/fields/records.ts";
import { userRowSchema } from "../imports/rows.ts";
import { slackUserIdSchema, userEmailSchema, userNameSchema, userPhoneSchema } from "./user-fields.ts";

const GOOD = {
  name: ["Anna Berg", "Олена К.", "李 明", "O'Neill, Ana"],
  email: ["anna@example.com", "a.b+c@sub.example.co.uk"],
  phone: ["+45 12 34 56 78", "(020) 555-0101 ext. 12", "067 123 45 67", "112"],
  slackUserId: ["U02ABC", "W012A3CDE"],
} as const;

const BAD = {
  name: ["", "Anna\r\nBcc: b@x.example", "Anna\u0000"],
  email: [
    "a@x, b@x",
    "a@x.example;b@x.example",
    "a@x.example\r\nBcc: b@x.example",
    "Anna <a@x.example>",
    "anna",
    "a@b",
  ],
  phone: ["call me", "12", "+45 12 34\n56 78", "+".repeat(5), "1".repeat(21), "<tel:123>"],
  slackUserId: ["U1> <!channel", "@anna", "u02abc", "U", "!channel", "U1\n"],
} as const;

const schemas = {
  name: userNameSchema,
  email: userEmailSchema,
  phone: userPhoneSchema,
  slackUserId: slackUserIdSchema,
};

it.each(Object.entries(GOOD))("A7: a user's %s is taken as people have it", (field, values) => {
  for (const value of values) {
    const row = userRowSchema.safeParse({ userId: "anna", [field]: value });
    expect([value, row.success, row.data]).toMatchObject([value, true, { [field]: value }]);
  }
});

it.each(Object.entries(BAD))(
  "A7: a user's %s that no message could be sent to is refused with its path",
  (field, values) => {
    for (const value of values.filter((one) => one !== "" && one !== "U1\n")) {
      const row = userRowSchema.safeParse({ userId: "anna", [field]: value });
      expect([value, row.error?.issues.map(({ path }) => path)]).toEqual([value, [[field]]]);
    }
  },
);

it("A7: the API's user, a batch's item and a file's row take the same schemas", () => {
  for (const [field, schema] of Object.entries(schemas)) {
    expect(schema.safeParse("\u0000").success).toBe(false);
    expect(Object.keys(userItemSchema.shape)).toContain(field);
  }
});
