import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { type FunctionKey, functionKeys, functions } from "../../infra/functions.ts";
import { readTexts } from "./read-texts.ts";
import { targetOf } from "./violations.ts";

/** A call that sends to a queue, which it names. */
const SENDS = /\b(?:queues\.send|sendAgain|send(?:After|About)(?:<[^(]*>)?)\(\s*(?:c,\s*)?"([a-z]+)"/g;

/** An import of values, at once or where its place is reached. */
const LOADS = /^(?:import|export) (?!type)[^;]*? from "([^"]+)"|\bimport\("([^"]+)"\)/gm;

/** What a file loads, and the queues that it sends to. */
interface Sender {
  readonly loads: readonly string[];
  readonly sends: readonly string[];
  readonly sendsUnnamed: boolean;
}

const { files: texts } = await readTexts(fileURLToPath(new URL("../..", import.meta.url)));

/** By path. */
const files: ReadonlyMap<string, Sender> = new Map(
  texts
    .filter(({ path }) => /^packages\/(?!cli|local).*(?<!\.test)\.ts$/.test(path))
    .map(({ path, text }) => [
      path,
      {
        loads: [...text.matchAll(LOADS)].flatMap(([, at, onUse]) => targetOf({ path }, at ?? onUse ?? "") ?? []),
        sends: [...text.matchAll(SENDS)].flatMap(([, queue]) => queue ?? []),
        sendsUnnamed: /\bqueues\.send\((?!\s*")/.test(text),
      },
    ]),
);

/** The queues that a function's code names. */
function sentBy(key: FunctionKey): string[] {
  const loaded = new Set([functions[key].handler.replace(/\.handler$/, ".ts")]);
  for (const path of loaded) for (const next of files.get(path)?.loads ?? []) loaded.add(next);
  return [...new Set([...loaded].flatMap((path) => files.get(path)?.sends ?? []))].toSorted();
}

it.each(functionKeys)("%s may send to the queues that its code names, and to no others", (key) => {
  expect(sentBy(key)).toEqual(functions[key].sends.toSorted());
});

it("names the queue where a message is sent, but for the two that send for others", () => {
  const unnamed = [...files].flatMap(([path, { sendsUnnamed }]) => (sendsUnnamed ? [path] : []));
  expect(unnamed).toEqual(["packages/functions/api/http/send-after.ts", "packages/functions/workers/send-again.ts"]);
});
