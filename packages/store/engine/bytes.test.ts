import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ByteReader, ByteWriter, CorruptChunkError } from "./bytes.ts";

const VERSION = 7;
const idText = fc.oneof(
  fc.stringMatching(/^[A-Za-z0-9._-]{1,64}$/),
  fc.string({ unit: "grapheme", maxLength: 128 }),
  fc.array(fc.constantFrom("~", "0", "a", "ж", " ")).map((all) => all.join("")),
);

function written(write: (writer: ByteWriter) => void): Uint8Array {
  const writer = new ByteWriter();
  writer.byte(VERSION);
  write(writer);
  return writer.finish();
}

describe("numbers", () => {
  it("are read as they were written", () => {
    fc.assert(
      fc.property(fc.array(fc.maxSafeNat()), (numbers) => {
        const reader = new ByteReader(
          written((writer) => numbers.forEach((number) => writer.varint(number))),
          VERSION,
        );
        expect(numbers.map(() => reader.varint())).toEqual(numbers);
        expect(reader.hasMore).toBe(false);
      }),
    );
  });

  it("are read with their sign below 2^52", () => {
    const edges = [0, 1, -1, 63, 64, -64, -65, 2 ** 52 - 1, -(2 ** 52 - 1), -(2 ** 52)];
    const reader = new ByteReader(
      written((writer) => edges.forEach((number) => writer.signed(number))),
      VERSION,
    );
    expect(edges.map(() => reader.signed())).toEqual(edges);
  });

  it("take one byte up to 127 and two up to 16383", () => {
    const sizeOf = (number: number) => written((writer) => writer.varint(number)).length - 5;
    expect([0, 127, 128, 16_383, 16_384, Number.MAX_SAFE_INTEGER].map(sizeOf)).toEqual([1, 1, 2, 2, 3, 8]);
  });

  it.each([-1, 0.5, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY])("refuses to write %s", (number) => {
    expect(() => new ByteWriter().varint(number)).toThrow(RangeError);
  });

  it("refuses to write a signed number of 2^52", () => {
    expect(() => new ByteWriter().signed(2 ** 52)).toThrow(RangeError);
  });

  it("refuses to read a number beyond 2^53", () => {
    const bytes = written((writer) => [255, 255, 255, 255, 255, 255, 255, 127].forEach((byte) => writer.byte(byte)));
    expect(() => new ByteReader(bytes, VERSION).varint()).toThrow("the chunk holds a number that is too large");
  });
});

describe("texts", () => {
  it("are read as written, whatever they share with the previous text", () => {
    fc.assert(
      fc.property(fc.array(idText), (texts) => {
        const bytes = written((writer) => texts.forEach((text, i) => writer.textAfter(texts[i - 1] ?? "", text)));
        const reader = new ByteReader(bytes, VERSION);
        let previous = "";
        for (const text of texts) {
          previous = reader.textAfter(previous);
          expect(previous).toBe(text);
        }
      }),
    );
  });

  it("cost only the difference from the previous text", () => {
    const sizeOf = (before: string, text: string) => written((writer) => writer.textAfter(before, text)).length - 5;
    expect(sizeOf("order-1001", "order-1002")).toBe(2);
    expect(sizeOf("", "order-1002")).toBe(11);
    expect(sizeOf("x".repeat(64), "x".repeat(64))).toBe(51);
  });
});

describe("a finished chunk", () => {
  const bytes = written((writer) => writer.varint(300));

  it("is refused when it has another version", () => {
    expect(() => new ByteReader(bytes, 8)).toThrow(
      new CorruptChunkError("the chunk has version 7, this build reads 8"),
    );
  });

  it("is refused when it is shorter than a version and a checksum", () => {
    for (const length of [0, 1, 4])
      expect(() => new ByteReader(bytes.slice(0, length), VERSION)).toThrow("the chunk is cut off");
  });

  it("reports that it is cut off when more is read than it has", () => {
    const reader = new ByteReader(bytes, VERSION);
    reader.varint();
    expect(() => reader.byte()).toThrow("the chunk is cut off");
  });

  it("ends with the checksum of the bytes before it, little-endian", () => {
    expect([...bytes]).toEqual([7, 172, 2, 94, 93, 178, 22]);
  });
});
