import { expect, it } from "vitest";
import { reasonIdSchema } from "../platform/ids.ts";
import { currencySchema, userIdSchema } from "../platform/values.ts";
import { planFieldErrors, planPartsOf } from "./plan-errors.ts";

const OLD = reasonIdSchema.parse("rsn_old");
const around = {
  currency: currencySchema.parse("JPY"),
  isUser: (userId: string) => userId === userIdSchema.parse("anna"),
  reasons: new Map([[OLD, { reasonId: OLD, name: "Old", needsClarification: false, isArchived: true }]]),
};
const errorsOf = (asked: unknown) =>
  planFieldErrors(planPartsOf(asked), around).map(({ path, code }) => `${path} ${code}`);

it("F5: all that is wrong with a plan's fields is told at once, each with its path", () => {
  expect(
    errorsOf({
      averageAmount: "10.50",
      label: "much too long a label",
      members: [{ userId: "anna" }, { userId: "bo" }, { userId: 7 }, { userId: "cy", weight: "much" }],
      statuses: [
        { name: "New", kind: "won", colour: "blue" },
        { name: "new", kind: "won", colour: "#FFFFFF" },
        { name: "Gone", kind: "lost", refusal: { isRequired: true, reasonIds: ["rsn_old"] } },
        { name: "Lost", kind: "lost", refusal: { isRequired: false, reasonIds: ["rsn_x"] } },
      ],
    }),
  ).toEqual([
    "averageAmount amount-not-exact",
    "label label-too-long",
    "members[1].userId unknown-user",
    "members[3].userId unknown-user",
    "statuses[0].colour not-a-colour",
    "statuses[1].colour colour-unreadable",
    "statuses[2].refusal reasons-empty",
    "statuses[3].refusal.reasonIds[0] unknown-reason",
    "statuses status-name-taken",
    "statuses one-won-needed",
    "statuses intermediate-needed",
  ]);
});

it.each([[undefined], [null], [7], ["plan"], [[]], [{}], [{ members: "anna", statuses: { name: "New" } }]])(
  "F5: nothing more is said of what is no plan at all: %j",
  (asked) => {
    expect(errorsOf(asked)).toEqual([]);
  },
);

it("F5: while a status cannot be read, nothing is said of how many there are", () => {
  expect(errorsOf({ statuses: [{ name: "New" }, { name: "Won", kind: "won", colour: "red" }] })).toEqual([
    "statuses[1].colour not-a-colour",
  ]);
});
