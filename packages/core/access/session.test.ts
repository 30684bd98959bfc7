import { describe, expect, it } from "vitest";
import { userIdSchema } from "../platform/values.ts";
import { isSessionLive, newSession, renewedEnd } from "./session.ts";

const START = Date.parse("2026-11-16T08:00:00Z");
const HOUR = 3_600_000;
const session = newSession("s".repeat(43), userIdSchema.parse("anna"), START);
const at = (hours: number): number => START + hours * HOUR;
const dayOf = (seconds: number | undefined) => seconds && new Date(seconds * 1000).toISOString();

describe("a session", () => {
  it("lasts twelve hours", () => {
    expect(isSessionLive(session, at(12) - 1)).toBe(true);
    expect(isSessionLive(session, at(12))).toBe(false);
  });

  it("is renewed by use, at most once an hour", () => {
    expect(renewedEnd(session, at(1) - 1000)).toBeUndefined();
    expect(dayOf(renewedEnd(session, at(1)))).toBe("2026-11-16T21:00:00.000Z");
    expect(dayOf(renewedEnd(session, at(11)))).toBe("2026-11-17T07:00:00.000Z");
  });

  it("ends a week after the sign-in, however much it is used", () => {
    const used = { ...session, expiresAt: at(7 * 24 - 2) / 1000 };
    expect(dayOf(renewedEnd(used, at(7 * 24 - 3)))).toBe("2026-11-23T08:00:00.000Z");
    expect(renewedEnd({ ...session, expiresAt: at(7 * 24) / 1000 }, at(7 * 24 - 1))).toBeUndefined();
  });
});
