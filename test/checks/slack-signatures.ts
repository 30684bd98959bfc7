import { mutateSlackCalls } from "./mutated-slack-calls.ts";

/** `npm run check:signatures:slack`: 100,000 changed calls of Slack, with the old and the new secret. */

const started = performance.now();
const { tried, taken, lost } = mutateSlackCalls(100_000, 17);
const seconds = (performance.now() - started) / 1000;
process.stdout.write(
  `Slack: ${tried} changed calls, ${taken.length} of them taken, ${lost.length} true ones refused, ${seconds.toFixed(1)} s\n`,
);
for (const one of [...taken, ...lost].slice(0, 20)) process.stdout.write(`${one}\n`);
process.exitCode = taken.length + lost.length === 0 ? 0 : 1;
