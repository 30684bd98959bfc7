import { deflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { checkPicture } from "./picture.ts";

const text = (given: string): Uint8Array => new TextEncoder().encode(given);
const join = (...parts: readonly (Uint8Array | readonly number[])[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => [...part]));
const word = (value: number): number[] => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
const half = (value: number): number[] => [value & 255, value >>> 8];

const chunk = (type: string, data: Uint8Array | readonly number[]): Uint8Array =>
  join(word(data.length), text(type), data, [0, 0, 0, 0]);
const png = (width: number, height: number, ...more: readonly Uint8Array[]): Uint8Array =>
  join(
    [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
    chunk("IHDR", [...word(width), ...word(height), 8, 2, 0, 0, 0]),
    ...more,
    chunk("IDAT", deflateSync(Uint8Array.from([0, 1, 2, 3]))),
    chunk("IEND", []),
  );

const gifFrame = (width: number, height: number): number[] =>
  [[0x2c, 0, 0, 0, 0], half(width), half(height), [0, 2, 1, 0x44, 0]].flat();
const gif = (width: number, height: number, frames: number, ...more: readonly number[]): Uint8Array =>
  join(text("GIF89a"), half(width), half(height), [0, 0, 0], more, ...Array(frames).fill(gifFrame(1, 1)), [0x3b]);

const segment = (marker: number, data: Uint8Array | readonly number[]): Uint8Array =>
  join([0xff, marker, (data.length + 2) >> 8, (data.length + 2) & 255], data);
const jpeg = (width: number, height: number, ...more: readonly Uint8Array[]): Uint8Array =>
  join(
    [0xff, 0xd8],
    ...more,
    segment(0xc0, [8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0]),
    segment(0xda, [1, 1, 0, 0, 63, 0]),
    [0x12, 0xff, 0x00, 0x34, 0xff, 0xd9],
  );

const refusal = (bytes: Uint8Array): string => {
  const checked = checkPicture(bytes);
  return checked.ok ? "" : checked.message;
};
const plainOf = (bytes: Uint8Array): Uint8Array => {
  const checked = checkPicture(bytes);
  if (!checked.ok) throw new Error(checked.message);
  return checked.value.bytes;
};

describe("SA02: the picture of a status", () => {
  it("is recognised by its content", () => {
    expect(checkPicture(png(130, 180))).toMatchObject({
      ok: true,
      value: { type: "image/png", width: 130, height: 180 },
    });
    expect(checkPicture(jpeg(520, 720))).toMatchObject({ value: { type: "image/jpeg", width: 520, height: 720 } });
    expect(checkPicture(gif(16, 9, 3))).toMatchObject({ value: { type: "image/gif", width: 16, height: 9 } });
  });

  it("is refused when it is something else, whatever its name says", () => {
    expect(refusal(text("<!doctype html><script>alert(1)</script>"))).toBe(
      "the picture is HTML or XML: PNG, JPEG and GIF are allowed",
    );
    expect(refusal(text('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'))).toContain("is an SVG");
    expect(refusal(text("RIFF0000WEBPVP8 "))).toContain("is a WebP");
    expect(refusal(text("hello"))).toContain("is of an unknown type");
    expect(refusal(new Uint8Array())).toBe("the picture is empty");
  });

  it("is refused by its header when it is too large, before its pixels are looked at", () => {
    expect(refusal(png(30_000, 30_000))).toBe("the picture has 30000 x 30000 pixels: at most 520 x 720 are allowed");
    expect(refusal(png(30_000, 30_000).subarray(0, 40))).toContain("30000 x 30000 pixels");
    expect(refusal(png(521, 720))).toContain("521 x 720");
    expect(refusal(jpeg(520, 721))).toContain("520 x 721");
    expect(refusal(gif(30_000, 30_000, 1))).toContain("30000 x 30000");
    expect(refusal(join(text("GIF89a"), half(1), half(1), [0, 0, 0], gifFrame(30_000, 2), [0x3b]))).toContain(
      "30000 x 2",
    );
    expect(refusal(gif(1, 1, 10_000))).toBe("the picture has 10000 frames: at most 100 are allowed");
    expect(refusal(png(1, 1, chunk("acTL", [...word(10_000), 0, 0, 0, 0])))).toContain("10000 frames");
    expect(refusal(new Uint8Array(204_801))).toBe("the picture has 204801 bytes: at most 204800 are allowed");
  });

  it("is refused when it is cut off", () => {
    for (const whole of [png(2, 2), jpeg(2, 2), gif(2, 2, 1)])
      for (let length = 1; length < whole.length; length += 1)
        expect([length, refusal(whole.subarray(0, length))]).toEqual([length, expect.stringMatching(/./)]);
  });

  it("is stored without its metadata", () => {
    const secret = text("GPS 56.15 N by Ann");
    const withTexts = png(2, 2, chunk("tEXt", secret), chunk("eXIf", secret), chunk("iCCP", secret));
    expect(plainOf(withTexts)).toEqual(png(2, 2));
    expect(plainOf(jpeg(2, 2, segment(0xe1, secret), segment(0xfe, secret)))).toEqual(jpeg(2, 2));
    const comment = [0x21, 0xfe, secret.length, ...secret, 0];
    const program = [0x21, 0xff, 11, ...text("XMP DataXMP"), 1, 7, 0];
    const loop = [0x21, 0xff, 11, ...text("NETSCAPE2.0"), 3, 1, 0, 0, 0];
    const timing = [0x21, 0xf9, 4, 0, 0, 0, 0, 0];
    expect(plainOf(gif(2, 2, 1, ...comment, ...program, ...loop, ...timing))).toEqual(gif(2, 2, 1, ...loop, ...timing));
  });

  it("keeps how a camera says that it is to be turned, and nothing else of what it says", () => {
    const secret = text("GPS 56.15 N by Ann");
    const short = (value: number, isLittle: boolean) =>
      isLittle ? [value & 255, value >> 8] : [value >> 8, value & 255];
    const long = (value: number, isLittle: boolean) => (isLittle ? word(value).toReversed() : word(value));
    const entry = (tag: number, value: number, isLittle: boolean) =>
      [short(tag, isLittle), short(3, isLittle), long(1, isLittle), short(value, isLittle), [0, 0]].flat();
    const exif = (orientation: number, isLittle: boolean): Uint8Array => {
      const entries = [entry(0x0103, 6, isLittle), entry(0x0112, orientation, isLittle)];
      const head = [short(isLittle ? 0x4949 : 0x4d4d, false), short(42, isLittle), long(8, isLittle)].flat();
      return join(text("Exif"), [0, 0], head, short(2, isLittle), ...entries, long(0, isLittle), secret);
    };
    for (const isLittle of [true, false]) {
      const turned = (orientation: number): Uint8Array => jpeg(700, 500, segment(0xe1, exif(orientation, isLittle)));
      for (const orientation of [0, 1, 2, 3, 4, 9]) expect(refusal(turned(orientation))).toContain("700 x 500");
      for (const orientation of [5, 6, 7, 8]) {
        const given = turned(orientation);
        const checked = checkPicture(given);
        expect(checked).toMatchObject({ ok: true, value: { width: 500, height: 700 } });
        expect(String.fromCharCode(...plainOf(given))).not.toContain("GPS");
        expect(checkPicture(plainOf(given))).toEqual(checked);
      }
    }
    const mirrored = plainOf(jpeg(5, 7, segment(0xe1, exif(2, true))));
    expect(mirrored).toEqual(jpeg(5, 7, mirrored.subarray(2, 2 + 36)));
    expect(plainOf(jpeg(5, 7, segment(0xe1, exif(1, true))))).toEqual(jpeg(5, 7));
    const whole = segment(0xe1, exif(6, false));
    for (let length = 4; length < whole.length; length += 1)
      expect(refusal(jpeg(5, 7, segment(0xe1, whole.subarray(4, length))))).toBe("");
  });

  it("loses what was hidden behind its end", () => {
    const hidden = text("<script>alert(1)</script>");
    for (const whole of [png(2, 2), jpeg(2, 2), gif(2, 2, 1)]) expect(plainOf(join(whole, hidden))).toEqual(whole);
  });
});
