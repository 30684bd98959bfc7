import { expect, it } from "vitest";
import { PollPace } from "./poll-pace.ts";

/** When a lead looks whose turn comes after runs of 30 leads, each of `runMs`: the times of its looks, its deal's last. */
function looks(pace: PollPace, { ahead, runMs }: { readonly ahead: number; readonly runMs: number }): number[] {
  const times: number[] = [];
  for (let at = 0; times.length < 100;) {
    at += pace.waitMs(0.5);
    times.push(at);
    const lastSequence = 30 * Math.floor(at / runMs);
    if (lastSequence > ahead) return times;
    pace.saw(lastSequence, at);
  }
  return times;
}

const PACES = [20, 100, 400];

it.each(PACES)("looks a few times, however many leads are ahead and however slow runs of %i ms are", (runMs) => {
  for (const ahead of [0, 40, 100, 300]) {
    const times = looks(new PollPace(ahead + 1, runMs / 2), { ahead, runMs });
    expect(times.length).toBeLessThanOrEqual(6);
    // Not much later than its turn.
    expect(times.at(-1)).toBeLessThanOrEqual(1.6 * runMs * (Math.floor(ahead / 30) + 1) + 50);
  }
});

it("waits longer each time while nobody gets on, and at most a second", () => {
  const pace = new PollPace(500, undefined);
  const waits = Array.from({ length: 12 }, (_, i) => {
    pace.saw(10, i * 100);
    return pace.waitMs(0.5);
  });
  expect(waits).toEqual(waits.toSorted((a, b) => a - b));
  expect([waits[0], waits.at(-1)]).toEqual([37.5, 1_000]);
});

it("looks at random times, so that waiting processes do not all look at once", () => {
  const pace = new PollPace(2, 50);
  expect([pace.waitMs(0), pace.waitMs(1)]).toEqual([50, 150]);
});
