import { Buffer } from "node:buffer";
import { activityTypes, directions } from "@regulars/core/customers/activity";
import { dayNumber, personIdSchema, userIdSchema } from "@regulars/core/platform/values";
import type { ActivityView } from "@regulars/core/snapshots/activity-view";
import {
  type ActivityColumns,
  COMPLETED,
  JOINS,
  KINDS,
  activityColumns,
} from "@regulars/core/snapshots/activity-columns";
import { withoutNonPersons } from "@regulars/core/snapshots/non-persons";
import { describe, expect, it } from "vitest";
import { ActivityArrays } from "./activity-arrays.ts";
import { decodeActivities, decodeInto, encodeActivities } from "./activities-chunk.ts";

const DAY = 20_454;

/** Every kind of activity on `count` days in turn, with `persons` persons and five users. */
function activitiesOf(count: number, persons: number): ActivityView[] {
  return Array.from({ length: count }, (_, i) => ({
    day: dayNumber(DAY + Math.floor((i * 365) / count)),
    type: activityTypes[i % 4] ?? "email",
    direction: directions[i % 3] ?? "none",
    completed: i % 5 > 0,
    userId: userIdSchema.parse(`u-${i % 5}`),
    personId: personIdSchema.parse(`person-${10_000 + (i % persons)}`),
  }));
}

/** Each activity with its person, whatever the places. */
const plainly = ({ count, day, head, person, persons }: ActivityColumns) =>
  Array.from({ length: count }, (_, i) => [
    day[i],
    (head[i] ?? 0) & (KINDS - 1 + JOINS + COMPLETED),
    persons[(person[i] ?? 0) - 1],
  ]);

describe("an activities chunk", () => {
  it("decodes every kind of activity, with and without user and person", () => {
    const bare = { day: dayNumber(DAY), type: "task", direction: "none", completed: false } as const;
    const given = [bare, ...activitiesOf(60, 7)];
    const sorted = (list: readonly ActivityView[]) => list.map((one) => JSON.stringify(Object.entries(one).toSorted()));
    expect(sorted(decodeActivities(encodeActivities(given))).toSorted()).toEqual(sorted(given).toSorted());
  });

  it("decodes into columns what it decodes into a list, year after year, with and without non-persons", () => {
    const arrays = new ActivityArrays();
    for (const nonPersons of [[], ["person-10002"], ["person-10000", "person-10001", "person-10003"]]) {
      const without = new Set(nonPersons.map((id) => personIdSchema.parse(id)));
      const years = [400, 3_000].map((count, year) =>
        activitiesOf(count, 7).map((one, i): ActivityView => ({
          ...one,
          day: dayNumber(one.day + 365 * year),
          ...(i % 4 === 1 ? { joinsPrevious: true } : {}),
          ...(i % 11 === 0 ? { isAutomatic: true } : {}),
          ...(i % 6 === 0 ? { personId: undefined } : {}),
        })),
      );
      for (const until of [DAY + 500, Infinity]) {
        arrays.clear();
        for (const year of years) decodeInto(arrays, encodeActivities(year), until);
        arrays.leaveOut(without);
        const views = withoutNonPersons(
          years.flatMap((year) => decodeActivities(encodeActivities(year), until)),
          without,
        );
        expect(plainly(arrays)).toEqual(plainly(activityColumns(views)));
      }
    }
  });

  it("ends with the requested day", () => {
    const given = [DAY, DAY + 1, DAY + 2].map((day): ActivityView => ({
      day: dayNumber(day),
      type: "call",
      direction: "in",
      completed: true,
    }));
    expect(decodeActivities(encodeActivities(given), DAY + 1).map(({ day }) => day)).toEqual([DAY, DAY + 1]);
    expect(decodeActivities(encodeActivities([]))).toEqual([]);
  });

  it("keeps the order within a day, how many took part, and who took part in the same interaction", () => {
    const given = ["p-2", "p-1", "p-3"].map((personId, i): ActivityView => ({
      day: dayNumber(DAY),
      type: "meeting",
      direction: "none",
      completed: true,
      personId: personIdSchema.parse(personId),
      attendees: 300,
      ...(i === 0 ? {} : { joinsPrevious: true }),
    }));
    expect(decodeActivities(encodeActivities(given))).toEqual(given);
  });

  it("of the first version stays readable", () => {
    const bytes = Buffer.from("AQEDdS0xAQNwLTHmnwFAAQEBDgABYIJs0g==", "base64");
    expect(decodeActivities(bytes)).toEqual([
      { day: DAY, type: "email", direction: "in", completed: true, userId: "u-1", personId: "p-1" },
      { day: DAY + 1, type: "task", direction: "none", completed: false, personId: "p-1" },
    ]);
  });

  it.each([
    { persons: 20, count: 2_000, most: 4.2 },
    { persons: 1_000, count: 10_000, most: 5.2 },
    { persons: 10_000, count: 60_000, most: 5.6 },
  ])("takes at most six bytes an activity: $count of $persons persons", ({ persons, count, most }) => {
    expect(encodeActivities(activitiesOf(count, persons)).length / count).toBeLessThan(most);
  });

  it("refuses changed bytes", () => {
    const bytes = encodeActivities(activitiesOf(3, 3));
    bytes[8] = (bytes[8] ?? 0) ^ 1;
    expect(() => decodeActivities(bytes)).toThrow("the chunk's checksum does not match");
  });
});
