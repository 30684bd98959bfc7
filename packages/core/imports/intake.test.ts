import { expect, it } from "vitest";
import { TEST_NOW } from "../testing.ts";
import { latestDays, momentIn } from "./intake.ts";

const intake = { timeZone: "Pacific/Auckland", latest: latestDays(TEST_NOW, "Pacific/Auckland") };
const on = (text: string, use?: "event" | "due") => {
  const moment = momentIn("orderedAt", text, intake, use);
  return moment.ok ? moment.value.on : moment.message;
};

it("E2: a date may be a year ahead where the tenant is, and not a day more", () => {
  expect(on("2027-11-23")).toBe("2027-11-23");
  // It is the 24th in Auckland then.
  expect(on("2027-11-23T10:59:00Z")).toBe("2027-11-23");
  expect(on("2027-11-23T11:00:00Z")).toBe(
    'orderedAt "2027-11-23T11:00:00Z" is more than a year ahead: the last day is 2027-11-23, check the year',
  );
  expect(on("2062-03-01")).toBe(
    'orderedAt "2062-03-01" is more than a year ahead: the last day is 2027-11-23, check the year',
  );
});

it("E2: a due date may be ten years ahead, and not a day more", () => {
  expect(on("2036-11-23", "due")).toBe("2036-11-23");
  expect(on("2036-11-24", "due")).toContain("is more than ten years ahead: the last day is 2036-11-23");
});

it("E2: without a time there is no last day", () => {
  expect(momentIn("orderedAt", "2062-03-01", { timeZone: "Europe/Berlin" }).ok).toBe(true);
});
