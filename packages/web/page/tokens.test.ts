import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const SHEET = ["live-page.css", "style.css"]
  .map((file) => readFileSync(new URL(file, import.meta.url), "utf8"))
  .join("\n");

/** Colours by their names, each in both themes. */
const TOKENS = new Map(
  [...SHEET.matchAll(/--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(
    ([, name = "", light = "", dark = ""]) => [name, { light, dark }] as const,
  ),
);

/** What is written on what. */
const PAIRS = [
  ...["ink", "soft", "accent"].flatMap((text) => ["paper", "ground", "hover"].map((on) => [text, on] as const)),
  ...["ink", "soft"].map((text) => [text, "code"] as const),
  ...["high", "medium", "watch"].map((level) => [level, `${level}-ground`] as const),
  ["ink", "watch-ground"],
  ["accent", "watch-ground"],
  ["held", "watch-ground"],
  ["held", "paper"],
  ["high", "paper"],
  ["paper", "ink"],
  ["paper", "accent"],
] as const;

/** Relative luminance, 0 to 1 (WCAG 2.2). */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

describe("the design tokens", () => {
  it("CN06: have a contrast of at least 4.5 in both themes, whatever is written on what", () => {
    const faults = PAIRS.flatMap(([text, on]) =>
      (["light", "dark"] as const).flatMap((theme) => {
        const [one, other] = [TOKENS.get(text)?.[theme], TOKENS.get(on)?.[theme]];
        if (one === undefined || other === undefined) return [`${text} on ${on}: no such token`];
        const ratio = contrast(one, other);
        return ratio >= 4.5 ? [] : [`${text} on ${on}, ${theme}: ${ratio.toFixed(2)}`];
      }),
    );
    expect(faults).toEqual([]);
  });

  it("CN06: are the only colours of the sheets, with one accent", () => {
    const rules = SHEET.replaceAll(/^\s*--[a-z-]+:.*$/gm, "");
    expect(rules.match(/#[0-9a-f]{3,8}\b(?=[;, )])/g) ?? []).toEqual([]);
    expect([...TOKENS.keys()].toSorted()).toEqual([
      "accent",
      "code",
      "edge",
      "ground",
      "held",
      "high",
      "high-ground",
      "hover",
      "ink",
      "medium",
      "medium-ground",
      "paper",
      "soft",
      "watch",
      "watch-ground",
    ]);
    for (const [, value = ""] of rules.matchAll(/[\s;](?:color|background(?:-color)?|fill|stroke): ([^;]+);/g))
      expect(["none", "inherit", "transparent", "currentcolor", value.replace(/^var\(--[a-z-]+\)$/, "none")]).toContain(
        value.startsWith("var(") || value.startsWith("rgb(0 0 0") ? "none" : value,
      );
  });

  it("knows white on black", () => {
    expect([contrast("#ffffff", "#000000"), contrast("#777777", "#777777")]).toEqual([21, 1]);
  });
});
