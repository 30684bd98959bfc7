import { expect, it } from "vitest";
import { labelOfName, parseLabel } from "./label.ts";

const reasonOf = (text: string) => {
  const parsed = parseLabel(text);
  return parsed.ok ? parsed.value : parsed.reason;
};

it("SP03 scenario 23: accepts twelve grapheme clusters, however many bytes they have", () => {
  expect(reasonOf("Продаж курсу")).toBe("Продаж курсу");
  expect(reasonOf("👍🏽".repeat(12))).toBe("👍🏽".repeat(12));
  expect(reasonOf("👨‍👩‍👧‍👦".repeat(12))).toBe("👨‍👩‍👧‍👦".repeat(12));
});

it("SP03 scenario 23: refuses the thirteenth", () => {
  expect(reasonOf("Продаж курсів")).toBe("label-too-long");
  expect(reasonOf("👍🏽".repeat(13))).toBe("label-too-long");
  expect(reasonOf("e\u0301\u0323".repeat(13))).toBe("label-too-long");
});

it("SP03 scenario 23: is trimmed before it is counted", () => {
  expect(reasonOf("   x")).toBe("x");
  expect(reasonOf(`  ${"y".repeat(12)}\t `)).toBe("y".repeat(12));
  expect(reasonOf("   ")).toBe("label-empty");
});

it("refuses what a chat cannot show or a store should not keep", () => {
  expect(reasonOf("a\u0007b")).toBe("label-unreadable");
  expect(reasonOf("a\nb")).toBe("label-unreadable");
  expect(reasonOf("a\u202eb")).toBe("label-unreadable");
  expect(reasonOf("\ud800")).toBe("label-unreadable");
  // One letter with 300 combining marks: one character, 601 bytes.
  expect(reasonOf(`q${"\u0323".repeat(300)}`)).toBe("label-too-long");
});

it("brings composed and decomposed letters to one spelling", () => {
  expect(reasonOf("Cafe\u0301")).toBe("Caf\u00e9");
});

it("SP02 is the first twelve characters of the name when none is given", () => {
  expect(labelOfName("Wholesale renewals 2026")).toBe("Wholesale re");
  expect(labelOfName("Курси")).toBe("Курси");
  expect(labelOfName("👨‍👩‍👧‍👦".repeat(20))).toBe("👨‍👩‍👧‍👦".repeat(12));
});
