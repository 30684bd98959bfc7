import { createRequire } from "node:module";

/** Values of one company, counted already: the peer only compares. */
interface GivenFacts {
  readonly category: string;
  readonly lastSale: number;
  readonly sales: number;
}

interface Comparison {
  readonly fact: keyof GivenFacts;
  readonly operator: "equal" | "lessThan" | "greaterThan";
  readonly value: string | number;
}

interface Engine {
  readonly run: (facts: GivenFacts) => Promise<{ readonly results: readonly unknown[] }>;
}

interface RulesEngineApi {
  readonly Engine: new (
    rules: readonly {
      readonly conditions: { readonly all: readonly Comparison[] };
      readonly event: { type: string };
    }[],
  ) => Engine;
}

/** json-rules-engine with one rule; `undefined` while test/bench/peers is not installed. */
export function rulesEngine(all: readonly Comparison[]): ((facts: GivenFacts) => Promise<boolean>) | undefined {
  const load = createRequire(new URL("peers/", import.meta.url));
  let api: RulesEngineApi;
  try {
    api = load("json-rules-engine");
  } catch {
    return undefined;
  }
  const engine = new api.Engine([{ conditions: { all }, event: { type: "status" } }]);
  return async (facts) => (await engine.run(facts)).results.length > 0;
}
