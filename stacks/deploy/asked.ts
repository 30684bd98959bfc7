import { parseArgs } from "node:util";

/** What is to be done with which stage. The stage is as it was given. */
export interface Asked {
  readonly verb: "deploy" | "remove";
  readonly stage: unknown;
}

/** What the arguments ask for; `undefined` when they are not one verb and at most a stage: nothing is passed over. */
export function askedOf(args: readonly string[]): Asked | undefined {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { stage: { type: "string" } },
    allowPositionals: true,
    strict: false,
  });
  const { stage, ...others } = values;
  const [verb, ...more] = positionals;
  if (more.length > 0 || Object.keys(others).length > 0) return undefined;
  return verb === "deploy" || verb === "remove" ? { verb, stage } : undefined;
}
