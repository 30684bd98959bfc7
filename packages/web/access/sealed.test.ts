import { describe, expect, it } from "vitest";
import * as z from "zod";
import { sealOf } from "./sealed.ts";

const [OLD, NEW] = ["o".repeat(43), "n".repeat(43)];
const schema = z.object({ a: z.string() });

describe("a seal", () => {
  it("opens what it sealed, and nothing that was changed, cut or sealed otherwise", () => {
    const seal = sealOf(NEW, "session");
    const text = seal.seal({ a: "ærø" });
    expect(seal.open(text, schema)).toEqual({ a: "ærø" });
    expect(text).not.toContain(Buffer.from("ærø").toString("base64url"));
    expect(seal.seal({ a: "ærø" })).not.toBe(text);
    // Not the last letter: some of its bits mean nothing.
    for (let i = 0; i < text.length - 1; i += 1) {
      const changed = `${text.slice(0, i)}${text[i] === "A" ? "B" : "A"}${text.slice(i + 1)}`;
      expect([i, seal.open(changed, schema)]).toEqual([i, undefined]);
      expect(seal.open(text.slice(0, i), schema)).toBeUndefined();
    }
    expect(sealOf(NEW, "sign-in").open(text, schema)).toBeUndefined();
    expect(sealOf(OLD, "session").open(text, schema)).toBeUndefined();
    expect(seal.open(seal.seal({ b: 1 }), schema)).toBeUndefined();
  });

  it("opens with the new and the old secret, and seals with the new one", () => {
    const both = sealOf(`${NEW} ${OLD}`, "session");
    expect(both.open(sealOf(OLD, "session").seal({ a: "1" }), schema)).toEqual({ a: "1" });
    expect(sealOf(NEW, "session").open(both.seal({ a: "2" }), schema)).toEqual({ a: "2" });
  });
});
