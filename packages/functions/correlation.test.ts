import { describe, expect, it } from "vitest";
import { correlated, correlationId } from "./correlation.ts";

describe("the id of work's origin", () => {
  it("is available in everything that the work awaits, and nowhere else", async () => {
    const seen = await Promise.all(
      ["request-1", "request-2"].map((id) =>
        correlated(id, async () => {
          await Promise.resolve();
          return [correlationId(), await Promise.resolve().then(correlationId)];
        }),
      ),
    );
    expect(seen).toEqual([
      ["request-1", "request-1"],
      ["request-2", "request-2"],
    ]);
    expect(correlationId()).toBeUndefined();
  });
});
