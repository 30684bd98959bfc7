import { describe, expect, it } from "vitest";
import { normaliseEmail } from "./imported-contact.ts";

describe("an e-mail address", () => {
  it("is compared in lower case, without blanks around it, whichever way its letters are composed", () => {
    expect(normaliseEmail(" Olena.K@Example.COM ")).toBe("olena.k@example.com");
    expect(normaliseEmail("Zoe\u0301@x.ua")).toBe("zo\u00e9@x.ua");
  });

  it("has one @ with something on both sides, and no blanks", () => {
    for (const text of ["", "olena", "@x.ua", "olena@", "a@b@c", "o k@x.ua", "Olena <o@x.ua>", "a@x.ua, b@x.ua"])
      expect([text, normaliseEmail(text)]).toEqual([text, undefined]);
  });
});
