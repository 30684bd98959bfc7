import { describe, expect, it } from "vitest";
import { dayNumber, personIdSchema } from "../platform/values.ts";
import type { ActivityView } from "./activity-view.ts";
import { nonPersonTest, withoutNonPersons } from "./non-persons.ts";

const meeting = (person: string | undefined, joins = false): ActivityView => ({
  day: dayNumber(20_000),
  type: "meeting",
  direction: "none",
  completed: true,
  personId: person === undefined ? undefined : personIdSchema.parse(person),
  joinsPrevious: joins ? true : undefined,
});
const left = (...activities: readonly ActivityView[]) =>
  withoutNonPersons(activities, new Set([personIdSchema.parse("us"), personIdSchema.parse("bot")])).map(
    ({ personId, joinsPrevious }) => `${personId ?? "-"}${joinsPrevious === true ? "+" : ""}`,
  );

describe("activities without those of non-persons", () => {
  it("leave one interaction of those who remain, whoever is told first", () => {
    expect(left(meeting("us"), meeting("ana", true), meeting("bob", true))).toEqual(["ana", "bob+"]);
    expect(left(meeting("us"), meeting("bot", true), meeting("bob", true))).toEqual(["bob"]);
    expect(left(meeting("ana"), meeting("us", true), meeting("bob", true))).toEqual(["ana", "bob+"]);
  });

  it("are none where nobody else took part, and do not join what was before", () => {
    expect(left(meeting("ana"), meeting("us"), meeting("bot", true), meeting("bob"), meeting(undefined))).toEqual([
      "ana",
      "bob",
      "-",
    ]);
  });
});

it("somebody with the address of a colleague, in any spelling, or of a program is no person", () => {
  const isNone = nonPersonTest([{ email: "Eve@We.example" }, {}]);
  const emails = ["eve@we.EXAMPLE", "mailto:eve@we.example", "no-reply@acme.example", "adam@we.example", undefined];
  expect(emails.map((email) => isNone({ email }))).toEqual([true, true, true, false, false]);
});
