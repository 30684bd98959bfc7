import { createHmac } from "node:crypto";
import * as fc from "fast-check";
import { expect, it } from "vitest";
import { isFromSlack, slackSignature } from "./signature.ts";

const SECRET = "8f742231b10e8888abcd99yyyzzz85a5";
const NOW = 1_531_420_618_000;
const RAW = Buffer.from("token=xyzz&team_id=T1DC2JH3J&command=%2Fregulars&text=%C3%A5");

it("signs as Slack's documentation does", () => {
  // https://docs.slack.dev/authentication/verifying-requests-from-slack has this body, time and secret.
  const body = Buffer.from(
    "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c",
  );
  const signature = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503";
  expect(slackSignature(body, "1531420618", SECRET)).toBe(signature);
  expect(isFromSlack(body, { timestamp: "1531420618", signature }, [SECRET], NOW)).toBe(true);
});

it("accepts either secret while they are changed, and none when there is none", () => {
  const signed = { timestamp: "1531420618", signature: slackSignature(RAW, "1531420618", SECRET) };
  expect(isFromSlack(RAW, signed, ["new", SECRET], NOW)).toBe(true);
  expect(isFromSlack(RAW, signed, [SECRET, "old"], NOW)).toBe(true);
  expect(isFromSlack(RAW, signed, ["new"], NOW)).toBe(false);
  expect(isFromSlack(RAW, signed, [], NOW)).toBe(false);
});

it.each([
  ["v1", `v1=${createHmac("sha256", SECRET).update("v0:1531420618:").update(RAW).digest("hex")}`, "1531420618"],
  ["no signature", "", "1531420618"],
  ["no time", slackSignature(RAW, "", SECRET), ""],
  ["a time that is no number", slackSignature(RAW, "1531420618x", SECRET), "1531420618x"],
  ["a time with a sign", slackSignature(RAW, "+1531420618", SECRET), "+1531420618"],
  ["capitals", slackSignature(RAW, "1531420618", SECRET).toUpperCase(), "1531420618"],
])("refuses %s", (_what, signature, timestamp) => {
  expect(isFromSlack(RAW, { timestamp, signature }, [SECRET], NOW)).toBe(false);
});

it("refuses every body, time and signature that is not exactly the signed one", () => {
  const timestamp = "1531420618";
  const signature = slackSignature(RAW, timestamp, SECRET);
  fc.assert(
    fc.property(fc.nat(RAW.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const changed = Uint8Array.from(RAW);
      changed[at] = (changed[at] ?? 0) ^ change;
      expect(isFromSlack(changed, { timestamp, signature }, [SECRET], NOW)).toBe(false);
    }),
  );
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 300 }), fc.boolean(), (seconds, isLater) => {
      const other = String(1_531_420_618 + (isLater ? seconds : -seconds));
      expect(isFromSlack(RAW, { timestamp: other, signature }, [SECRET], NOW)).toBe(false);
    }),
  );
});
