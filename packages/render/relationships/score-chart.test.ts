import { describe, expect, it } from "vitest";
import { scoreChart } from "./score-chart.ts";

const chart = {
  scores: [undefined, 100, 0, undefined, 50, undefined],
  goodMin: 60,
  fairMin: 40,
  label: `"A" & <b>`,
  good: "60 god & fin",
  fair: "40 middel",
  firstDay: "1. jan.",
  lastDay: "6. jan. <",
};

describe("a chart of scores", () => {
  it("has a line with gaps where there is no score, and a dot for a day between two gaps", () => {
    const wide = scoreChart(chart);
    expect(/<path d="([^"]+)"/.exec(wide)?.[1]).toBe("M212.8 8L334.6 148M578.2 78h0");
    // A line without length is drawn by its round ends alone.
    expect(/<path [^>]*stroke-linecap="([a-z]+)"/.exec(wide)?.[1]).toBe("round");
  });

  it("has the minima and its first and last day, and escapes its texts", () => {
    const wide = scoreChart(chart);
    expect(wide).toContain('aria-label="&quot;A&quot; &amp; &lt;b&gt;"');
    expect(wide).toMatch(/>60 god &amp; fin<\/text>.*>40 middel<\/text>.*>1. jan.<\/text>.*>6. jan. &lt;<\/text>/);
    expect(wide.match(/<line /g)).toHaveLength(2);
  });

  it("has words as large as the page's on a phone of 360 px, too", () => {
    const narrow = scoreChart(chart, "narrow");
    const [, width, size] = /viewBox="0 0 (\d+) .* font-size="(\d+)"/.exec(narrow) ?? [];
    // A card has 296 px there.
    expect((Number(size) * 296) / Number(width)).toBeGreaterThan(11.5);
  });
});
