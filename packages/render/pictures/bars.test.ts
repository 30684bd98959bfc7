import { inflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { BARS_WIDTH, barsPng } from "./bars.ts";

/** The chunks of a PNG by name. */
function chunksOf(png: Buffer): Map<string, Buffer> {
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at);
    chunks.set(png.toString("latin1", at + 4, at + 8), png.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  return chunks;
}

/** Where each bar begins and ends, in pixels, and its colour; undefined where there is none. */
function barsIn(png: Buffer, count: number) {
  const chunks = chunksOf(png);
  const width = chunks.get("IHDR")?.readUInt32BE(0) ?? 0;
  const rows = inflateSync(chunks.get("IDAT") ?? Buffer.alloc(0));
  return Array.from({ length: count }, (_, index) => {
    const row = (index * 40 + 10) * (width + 1) + 1;
    const pixels = [...rows.subarray(row, row + width)];
    const from = pixels.findIndex((pixel) => pixel !== 0);
    if (from === -1) return undefined;
    return [from, pixels.findLastIndex((pixel) => pixel !== 0) + 1, pixels[from]];
  });
}

describe("bars", () => {
  it("are as long as their values, the first in the main colour", () => {
    expect(barsIn(barsPng([160, 200]), 2)).toEqual([
      [0, 883, 1],
      [0, 1104, 2],
    ]);
  });

  it("go to the left of a common zero where they are negative", () => {
    expect(barsIn(barsPng([-100, 300]), 2)).toEqual([
      [0, 276, 1],
      [276, 1104, 2],
    ]);
    expect(barsIn(barsPng([-100, -300]), 2)).toEqual([
      [736, 1104, 1],
      [0, 1104, 2],
    ]);
  });

  it("show nothing of zero, and the least of anything else", () => {
    expect(barsIn(barsPng([0, 5]), 2)).toEqual([undefined, [0, 1104, 2]]);
    expect(barsIn(barsPng([0, 0]), 2)).toEqual([undefined, undefined]);
    expect(barsIn(barsPng([1, 1_000_000]), 2)).toEqual([
      [0, 4, 1],
      [0, 1104, 2],
    ]);
    expect(barsIn(barsPng([-1, 1_000_000]), 2)[0]).toEqual([0, 4, 1]);
  });

  it("are a small PNG for screens with two pixels for each", () => {
    const png = barsPng([160, 200]);
    expect(png.subarray(1, 4).toString("latin1")).toBe("PNG");
    expect([...chunksOf(png).keys()]).toEqual(["IHDR", "PLTE", "tRNS", "IDAT", "IEND"]);
    expect(png.length).toBeLessThan(1_500);
    expect([png.readUInt32BE(16), png.readUInt32BE(20), BARS_WIDTH]).toEqual([1104, 68, 552]);
  });
});
