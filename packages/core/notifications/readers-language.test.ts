import { aStoredAlert, aStoredDigest } from "@regulars/render/testing";
import { userIdSchema } from "../platform/values.ts";
import { describe, expect, it } from "vitest";
import { noPreferences } from "./preferences.ts";
import { inReadersLanguage } from "./readers-language.ts";

const sanne = userIdSchema.parse("sanne");
const tenant = { timeZone: "Europe/Copenhagen", locale: "da-DK" };
const everybody = (language?: "uk" | "da") => ({
  tenant: noPreferences,
  users: new Map(language === undefined ? [] : [[sanne, { ...noPreferences, choices: { language } }]]),
});

describe("a message", () => {
  it("is in the language that its reader has chosen by now; what is meant for a customer stays in the tenant's", () => {
    for (const message of [aStoredDigest({ locale: "da-DK" }), aStoredAlert({ locale: "da-DK" })]) {
      expect(inReadersLanguage(message, everybody("uk"), tenant)).toEqual({
        ...message,
        locale: "uk-UA",
        customersLocale: "da-DK",
      });
      expect(inReadersLanguage(message, everybody("da"), tenant)).toBe(message);
      expect(inReadersLanguage(message, everybody(), tenant)).toBe(message);
    }
  });

  it("that nobody in particular reads stays in the tenant's language", () => {
    const message = aStoredAlert({ locale: "da-DK", rep: undefined });
    expect(inReadersLanguage(message, everybody("uk"), tenant)).toBe(message);
  });
});
