import { expect, it } from "vitest";
import { mutateSlackCalls } from "./mutated-slack-calls.ts";

it("takes no changed call of Slack, and every true one with the new and the old secret", () => {
  expect(mutateSlackCalls(5_000, 42)).toEqual({ tried: 5_000, taken: [], lost: [] });
});
