import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deliverableEmail, emailIdentity, plainPhone, readableEmail } from "./contact-point.ts";

const letter = fc.constantFrom(..."abcxyzäéøßжїλ漢05");
const word = fc.string({ unit: letter, minLength: 1, maxLength: 8 });
const domain = fc.tuple(word, fc.constantFrom("example", "com", "ua")).map(([name, top]) => `a${name}.${top}`);
const addresses = fc.tuple(word, domain).map(([local, at]) => `${local}@${at}`);

const wide = (text: string): string =>
  text.replaceAll(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));
const asciiDomain = (text: string): string => {
  const at = text.lastIndexOf("@");
  return `${text.slice(0, at)}@${new URL(`http://${text.slice(at + 1)}`).hostname}`;
};
const invisible = fc.constantFrom("\u200b", "\u00ad", "\ufeff", "\u200e", "\u2060");

/** Ways to write an address that mean the same one. */
const spellings: readonly ((address: string) => string)[] = [
  (address) => address.replaceAll(/[a-z]/g, (sign) => sign.toUpperCase()),
  (address) => `${address}.`,
  (address) => `mailto:${address}`,
  (address) => `MAILTO:${address}?subject=Hello%20you`,
  (address) => `  ${address}\u00a0`,
  (address) => address.normalize("NFD"),
  wide,
  asciiDomain,
  (address) => address.replace(/\.([a-z]+)$/, "。$1"),
];

describe("an e-mail address", () => {
  it("D3: has one identity in every spelling that people cannot tell apart", () => {
    expect(emailIdentity("a@xn--mnchen-3ya.example")).toBe("a@xn--mnchen-3ya.example");
    const examples = ["a@münchen.example", "A@MÜNCHEN.example", "a@mu\u0308nchen.example.", "mailto:a@münchen.example"];
    for (const text of [
      ...examples,
      "ａ＠ｍünchen．ｅｘａｍｐｌｅ",
      "a@mün\u200bchen.example",
      " a@XN--MNCHEN-3YA.example ",
    ])
      expect([text, emailIdentity(text)]).toEqual([text, "a@xn--mnchen-3ya.example"]);
  });

  it("D3: has one identity in each spelling, and the identity, the shown and the sent form have it too", () => {
    fc.assert(
      fc.property(addresses, fc.constantFrom(...spellings), (address, spell) => {
        const identity = emailIdentity(address) ?? "";
        const forms = [spell(address), identity, readableEmail(spell(address)), deliverableEmail(spell(address))];
        expect(identity).toContain("@");
        expect(forms.map((form) => emailIdentity(form ?? ""))).toEqual(forms.map(() => identity));
      }),
    );
  });

  it("D3: has one identity however its spellings are combined, with signs that nobody sees in between", () => {
    const combined = fc.shuffledSubarray(
      spellings.filter((spell) => spell !== asciiDomain && !/[: ]/.test(spell("x@y"))),
    );
    fc.assert(
      fc.property(addresses, combined, invisible, fc.nat(), (address, ways, sign, at) => {
        const place = at % (address.length + 1);
        const hidden = `${address.slice(0, place)}${sign}${address.slice(place)}`;
        const written = ways.reduce((text, spell) => spell(text), hidden);
        expect(emailIdentity(written)).toBe(emailIdentity(address));
        expect(emailIdentity(` mailto:${written} `)).toBe(emailIdentity(address));
      }),
    );
  });

  it("D3: keeps apart what providers may keep apart", () => {
    const kept = ["a.b@x.ua", "ab@x.ua", "a+b@x.ua", "a@x.com", "a@y.x.ua", "strasse@x.ua", "straße@x.ua"];
    expect(new Set(kept.map(emailIdentity)).size).toBe(kept.length);
  });

  it("is read in lower case, without blanks around it, whichever way its letters are composed", () => {
    expect(readableEmail(" Olena.K@Example.COM ")).toBe("olena.k@example.com");
    expect(readableEmail("Zoe\u0301@x.ua")).toBe("zo\u00e9@x.ua");
    expect(readableEmail("mailto:O.K@München.example?cc=x@y.z")).toBe("o.k@münchen.example");
  });

  it("is sent to with its own letters, at a domain that every mail system knows", () => {
    expect(deliverableEmail("O.K@München.example.")).toBe("O.K@xn--mnchen-3ya.example");
  });

  it("has one @ with something on both sides, and no blanks", () => {
    for (const text of ["", "olena", "@x.ua", "olena@", "a@b@c", "o k@x.ua", "Olena <o@x.ua>", "a@x.ua, b@x.ua", "a@."])
      expect([text, emailIdentity(text), readableEmail(text)]).toEqual([text, undefined, undefined]);
  });
});

it("D3: a phone number is read without a link's scheme, invisible signs and wide digits", () => {
  for (const text of [
    "tel:+380671234567",
    " \u202a+380671234567\u202c",
    "＋３８０６７１２３４５６７",
    "callto://+380671234567",
  ])
    expect([text, plainPhone(text)]).toEqual([text, "+380671234567"]);
});
