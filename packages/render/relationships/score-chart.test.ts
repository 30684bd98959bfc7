import { expect, it } from "vitest";
import { scoreChart } from "./score-chart.ts";

it("a chart of scores has a line with gaps where there is no score, the minima, and an escaped label", () => {
  const chart = scoreChart({
    scores: [undefined, 100, 0, undefined, 50],
    goodMin: 60,
    fairMin: 40,
    label: `"A" & <b>`,
    good: "god & fin",
    fair: "middel",
  });
  expect(/<path d="([^"]+)"/.exec(chart)?.[1]).toBe("M199 8L346 148M640 78");
  expect(chart).toContain('aria-label="&quot;A&quot; &amp; &lt;b&gt;"');
  expect(chart).toMatch(/>god &amp; fin<\/text>.*>middel<\/text>/);
  expect(chart.match(/<line /g)).toHaveLength(2);
});
