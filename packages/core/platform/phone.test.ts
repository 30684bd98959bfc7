import { expect, it } from "vitest";
import { readPhone } from "./phone.ts";

it("reads one number however it was written", async () => {
  for (const text of ["+380 67 123-45-67", "0671234567", "067 123 45 67", "(067) 123-45-67", "00380671234567"])
    expect([text, await readPhone(text, "UA")]).toEqual([text, "+380671234567"]);
  expect(await readPhone("+380671234567", undefined)).toBe("+380671234567");
});

it("D3: reads one number in every spelling that people cannot tell apart", async () => {
  const spellings = [
    "tel:+380671234567",
    "\u202a+380 67 123\u00a045 67\u202c",
    "＋３８０（６７）１２３４５６７",
    "+380\u200b671234567",
  ];
  for (const text of [...spellings, "00380671234567", "+380 (67) 123‑45‑67"])
    expect([text, await readPhone(text, undefined), await readPhone(text, "DE")]).toEqual([
      text,
      "+380671234567",
      "+380671234567",
    ]);
});

it("reads a local number only where the country is known", async () => {
  expect(await readPhone("0671234567", undefined)).toBeUndefined();
  expect(await readPhone("0671234567", "XX")).toBeUndefined();
});

it("reads no number from a text without one", async () => {
  for (const text of ["", "abc", "12", "+", "call +380671234567 now", "1".repeat(41), "+999999999999999999"])
    expect([text, await readPhone(text, "UA")]).toEqual([text, undefined]);
});
