import { expect, it } from "vitest";
import { createPace, createTurns } from "./turns.ts";

it("gives one turn of a tenant at a time, in the order of asking, and lets other tenants pass", async () => {
  const turns = createTurns();
  const taken: string[] = [];
  const first = await turns.take("acme");
  const second = turns.take("acme").then((back) => {
    taken.push("second");
    return back;
  });
  const third = turns.take("acme").then((back) => {
    taken.push("third");
    return back;
  });
  (await turns.take("other"))();
  expect(taken).toEqual([]);
  first();
  (await second)();
  (await third)();
  expect(taken).toEqual(["second", "third"]);
  (await turns.take("acme"))();
});

it("lets one message a second into a channel, and others without waiting", async () => {
  let now = 0;
  const waits: number[] = [];
  const pace = createPace({
    elapsed: () => now,
    wait: (ms) => {
      waits.push(ms);
      now += ms;
      return Promise.resolve();
    },
    everyMs: 1_000,
  });
  await pace("C1");
  await pace("C2");
  expect(waits).toEqual([]);
  now = 300;
  await pace("C1");
  expect(waits).toEqual([700]);
  now = 5_000;
  await pace("C1");
  expect(waits).toEqual([700]);
});
