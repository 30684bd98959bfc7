import { refusalReport } from "@regulars/core/refusals/refusal-report";
import { expect, it } from "vitest";
import { reportChart } from "./report-chart.ts";

const report = refusalReport(
  [],
  { by: "plan", withClarifications: false, withCancelled: false },
  { plans: new Map(), users: new Map(), reasons: new Map() },
);
const words = {
  title: "Причини відмов за планом: виграно 7, програно 13",
  total: "",
  nobody: "",
  notSpecified: "",
  won: "",
  others: "",
  number: String,
  firstOf: (title: string) => title,
};
const titleOf = (size: "wide" | "narrow", title = words.title) =>
  [
    ...reportChart(report, () => "", size, { ...words, title }).matchAll(/<text [^>]*font-weight="600"[^>]*>([^<]*)</g),
  ].map(([, line]) => line);

it("the title of a chart has two lines where one has no room for it, and is cut in the second", () => {
  expect(titleOf("wide")).toEqual([words.title]);
  expect(titleOf("narrow")).toEqual(["Причини відмов за планом: виграно 7,", "програно 13"]);
  expect(titleOf("narrow", "Refusal reasons by plan: 7 won, 13 lost")).toEqual([
    "Refusal reasons by plan: 7 won, 13 lost",
  ]);
  const long = titleOf("narrow", `Reasons ${"of many plans ".repeat(9)}`);
  expect([long.length, long[1]?.length, long[1]?.at(-1)]).toEqual([2, 39, "…"]);
});
