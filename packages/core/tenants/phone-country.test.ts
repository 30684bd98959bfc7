import { describe, expect, it } from "vitest";
import { isCountry, phoneCountryOf } from "./phone-country.ts";

describe("the country of phone numbers", () => {
  it.each([
    ["Europe/Kyiv", "UA"],
    ["Europe/Kiev", "UA"],
    ["Europe/Oslo", "NO"],
    ["America/Argentina/Buenos_Aires", "AR"],
    ["US/Pacific", "US"],
    ["Asia/Calcutta", "IN"],
    ["Japan", "JP"],
    ["Asia/Singapore", "SG"],
    ["UTC", undefined],
    ["Etc/GMT+3", undefined],
  ])("D2: is by default that of the time zone: %s is %s", (timeZone, country) => {
    expect(phoneCountryOf({ timeZone })).toBe(country);
  });

  it("D2: is the tenant's own setting where there is one", () => {
    expect(phoneCountryOf({ timeZone: "Europe/Kyiv", phoneCountry: "PL" })).toBe("PL");
  });

  it("knows countries by their code", () => {
    expect(["UA", "US", "GB", "ZZ", "ua", "UKR", ""].filter(isCountry)).toEqual(["UA", "US", "GB"]);
  });

  it("knows a country for every zone of the runtime that has a place", () => {
    const without = Intl.supportedValuesOf("timeZone").filter((timeZone) => phoneCountryOf({ timeZone }) === undefined);
    expect(without.filter((zone) => !/^(Antarctica|Etc)\/|^UTC$/.test(zone))).toEqual([]);
  });
});
