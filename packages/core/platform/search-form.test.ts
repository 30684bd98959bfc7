import { describe, expect, it } from "vitest";
import { lastWordFirst, searchForm } from "./search-form.ts";

describe("a text as searches compare it", () => {
  it.each([
    ["Elin Åkerblad", "elin akerblad", "akerblad elin"],
    ["  BØRGE   Ø  ", "borge o", "o borge"],
    ["Straßenbäcker GROẞ", "strassenbacker gross", "gross strassenbacker"],
    ["Æblegård", "aeblegard", "aeblegard"],
    ["Łódź Đorđević", "lodz dordevic", "dordevic lodz"],
    ["IŞIK Işık", "isik isik", "isik isik"],
    ["Café Tulipan", "cafe tulipan", "tulipan cafe"],
    ["Олена Йосипівна", "олена иосипівна", "иосипівна олена"],
    ["Ｗｉｄｅ", "wide", "wide"],
    ["", "", ""],
  ])("has no accents, case or repeated blanks: %j", (text, form, byLastWord) => {
    expect([searchForm(text), lastWordFirst(text)]).toEqual([form, byLastWord]);
  });

  it("is at most 200 characters long, and its own form", () => {
    expect(searchForm("x".repeat(500))).toHaveLength(200);
    expect(searchForm(searchForm("Élan  Vital"))).toBe("elan vital");
  });
});
