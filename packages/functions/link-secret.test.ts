import { type LinkClaims, readLinkToken, signLinkToken } from "@regulars/core/notifications/link-token";
import { day, tenantIdSchema, toInstant, userIdSchema } from "@regulars/core/platform/values";
import { assert, property, string } from "fast-check";
import { describe, expect, it } from "vitest";
import { linkSecretOf, linkSecretsOf } from "./link-secret.ts";

const claims: LinkClaims = {
  tenantId: tenantIdSchema.parse("acme"),
  userId: userIdSchema.parse("Åse #1"),
  scope: "kind:churn-risk",
  issuedOn: day("2026-11-23"),
};
const secret = linkSecretOf("s".repeat(32));
const other = linkSecretOf("t".repeat(32));
const at = (text: string) => toInstant(Date.parse(text));
const now = at("2026-11-23T08:00:00Z");
const token = signLinkToken(claims, secret);
const NOT_A_LINK = {
  ok: false,
  reason: "not-a-link",
  message: "the link is not complete or not one of ours: open it again from the message",
};

describe("a link of a message", () => {
  it("says for whom it is and what it may change, with letters that an address may hold", () => {
    expect(token).toMatch(/^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]{43}$/);
    expect(readLinkToken(token, [secret], now)).toEqual({ ok: true, value: claims });
  });

  it("holds for the receiver of a group mailing, who is no user", () => {
    const person: LinkClaims = {
      tenantId: claims.tenantId,
      personAddressHash: "q83v-_8",
      scope: "group",
      issuedOn: claims.issuedOn,
    };
    expect(readLinkToken(signLinkToken(person, secret), [secret], now)).toEqual({ ok: true, value: person });
  });

  it("holds for 180 days and not a day longer", () => {
    expect(readLinkToken(token, [secret], at("2027-05-22T23:59:59Z")).ok).toBe(true);
    expect(readLinkToken(token, [secret], at("2027-05-23T00:00:00Z"))).toEqual({
      ok: false,
      reason: "link-expired",
      message: "the link is older than 180 days: use the link of a newer message",
    });
  });

  it("is refused when it is cut by one character, at either end", () => {
    expect(readLinkToken(token.slice(0, -1), [secret], now)).toEqual(NOT_A_LINK);
    expect(readLinkToken(token.slice(1), [secret], now)).toEqual(NOT_A_LINK);
  });

  it("is refused with another secret, and with none", () => {
    expect(readLinkToken(token, [other], now)).toEqual(NOT_A_LINK);
    expect(readLinkToken(token, [], now)).toEqual(NOT_A_LINK);
  });

  it("holds with the new and the old secret while they are changed", () => {
    const [newest, old] = linkSecretsOf(`${"n".repeat(40)} ${"s".repeat(32)}`);
    if (newest === undefined || old === undefined) throw new Error("two secrets were given");
    expect(readLinkToken(token, [newest, old], now)).toEqual({ ok: true, value: claims });
    expect(readLinkToken(signLinkToken(claims, newest), [newest, old], now)).toEqual({ ok: true, value: claims });
    expect(readLinkToken(token, [newest], now)).toEqual(NOT_A_LINK);
  });

  it("is refused with any of its characters changed, left out, doubled or swapped", () => {
    const letters = "AZaz09-_.= %/";
    const changed = [...token].flatMap((_, i) => {
      const [before, after] = [token.slice(0, i), token.slice(i + 1)];
      return [
        ...[...letters].map((letter) => before + letter + after),
        before + after,
        before + token.slice(i, i + 1).repeat(2) + after,
      ];
    });
    const accepted = changed.filter((one) => one !== token && readLinkToken(one, [secret, other], now).ok);
    expect(changed.length).toBeGreaterThan(2_000);
    expect(accepted).toEqual([]);
  });

  it("is refused whatever else is given, with the same sentence", () => {
    assert(
      property(string({ unit: "binary", maxLength: 3_000 }), (given) => {
        expect(readLinkToken(given, [secret], now)).toEqual(NOT_A_LINK);
      }),
      { numRuns: 500 },
    );
  });

  it("is refused with claims of a scope that does not exist, though they are signed", () => {
    const text = Buffer.from(JSON.stringify({ ...claims, scope: "everything" })).toString("base64url");
    expect(readLinkToken(`${text}.${secret.sign(text)}`, [secret], now)).toEqual(NOT_A_LINK);
  });

  it("needs a secret of 32 characters", () => {
    expect(() => linkSecretsOf(`${"n".repeat(40)} short`)).toThrow("a secret of links has fewer than 32 characters");
  });

  it("stays short enough for a mail's header also with the longest ids", () => {
    const longest = {
      ...claims,
      tenantId: tenantIdSchema.parse("t".repeat(64)),
      userId: userIdSchema.parse("漢".repeat(128)),
    };
    const text = signLinkToken(longest, secret);
    expect(text.length).toBeLessThan(850);
    expect(readLinkToken(text, [secret], now)).toEqual({ ok: true, value: longest });
  });
});
