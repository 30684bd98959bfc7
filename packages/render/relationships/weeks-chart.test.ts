import { expect, it } from "vitest";
import { weeksChart } from "./weeks-chart.ts";

it("a chart of weeks has a bar for each week with contact, its number above, and escaped texts", () => {
  const chart = { counts: [0, 2, 4], label: `"A" & <b>`, firstDay: "1. jan.", lastDay: "15. jan. <" };
  const narrow = weeksChart(chart, "narrow");
  expect(
    [...narrow.matchAll(/<rect [^>]*y="([\d.]+)"[^>]*height="([\d.]+)"/g)].map(([, y, height]) => [y, height]),
  ).toEqual([
    ["56", "40"],
    ["16", "80"],
  ]);
  expect(narrow).toMatch(/>2<\/text>.*>4<\/text>.*>1. jan.<\/text>.*>15. jan. &lt;<\/text>/);
  expect(narrow).toContain('aria-label="&quot;A&quot; &amp; &lt;b&gt;"');
  expect(weeksChart({ ...chart, counts: [0, 0] })).not.toContain("<rect");
});
