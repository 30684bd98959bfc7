import { CrowdedError } from "@regulars/core/platform/contention-error";
import { expect, it } from "vitest";
import { LeadGate } from "./lead-gate.ts";

/** A gate for three leads, with a clock, and leads that end when they are told to. */
function aGate() {
  const gate = new LeadGate(3);
  const ends: (() => void)[] = [];
  const clock = { ms: 0 };
  const enter = () =>
    gate.pass(
      () => clock.ms,
      () => new Promise<void>((resolve) => ends.push(resolve)),
    );
  return { gate, ends, clock, enter };
}

it("refuses a lead when as many as fit are inside, and takes it when one has ended", async () => {
  const { gate, ends, enter } = aGate();
  const first = [enter(), enter(), enter()];
  const refused = await enter().catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(CrowdedError);
  expect(refused).toMatchObject({
    message: "3 leads of this plan wait already: send the lead again in 1 s",
    retryAfterSeconds: 1,
  });
  ends[0]?.();
  await first[0];
  void enter();
  expect(ends).toHaveLength(4);
  for (const end of ends) end();
  await Promise.all(first);
  expect(gate.isEmpty).toBe(true);
});

it("says when those inside will be done, from how fast leads ended before", async () => {
  const { ends, clock, enter } = aGate();
  for (let i = 0; i < 60; i += 1) {
    const one = enter();
    clock.ms += 4_000;
    ends.pop()?.();
    await one;
  }
  for (let i = 0; i < 3; i += 1) void enter();
  await expect(enter()).rejects.toMatchObject({ retryAfterSeconds: 12 });
});

it("a lead that fails leaves its place", async () => {
  const gate = new LeadGate(1);
  await expect(
    gate.pass(
      () => 0,
      () => Promise.reject(new Error("no")),
    ),
  ).rejects.toThrow("no");
  expect(
    await gate.pass(
      () => 0,
      () => Promise.resolve("in"),
    ),
  ).toBe("in");
});
