import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { builtInInsights } from "@regulars/core/insights/catalog";
import { findFeatureViolations } from "./architecture/features.ts";
import { readRepository } from "./architecture/read-repository.ts";
import { findSizeViolations } from "./architecture/sizes.ts";
import { readSource } from "./architecture/source-file.ts";
import { type Manifest, type Repository, findViolations } from "./architecture/violations.ts";

const repository = await readRepository(fileURLToPath(new URL("..", import.meta.url)));

/** Every file against the rules of docs/ARCHITECTURE.md; below, the checks against samples. */
describe("the repository", () => {
  it("follows the architecture", () => {
    expect(findViolations(repository)).toEqual([]);
  });

  it("has its features in order", () => {
    expect(findFeatureViolations(repository.files)).toEqual([]);
  });

  it("is made of small files, and no feature is more than a fifth of core", () => {
    expect(findSizeViolations(repository.files)).toEqual([]);
  });

  it("is read whole: every package has files in the check", () => {
    for (const name of Object.keys(repository.manifests))
      expect(repository.files.filter((file) => file.path.startsWith(`packages/${name}/`)).length).toBeGreaterThan(0);
  });

  it("has every insight kind's folder in the catalog, with a test that proves what holds of every kind", () => {
    expect(builtInInsights.kinds.map((kind) => kind.id).toSorted()).toEqual(repository.kinds.toSorted());
    for (const kind of repository.kinds) {
      const test = repository.files.find(({ path }) => path === `packages/core/insights/kinds/${kind}/index.test.ts`);
      expect(test?.imports.map(({ what }) => what)).toEqual(
        expect.arrayContaining(["./index.ts", expect.stringMatching(/\/test\/fixtures\/describe-findings\.ts$/)]),
      );
    }
  });
});

const manifest = (path: string, dependencies: Manifest["dependencies"] = {}): Manifest => ({
  path,
  dependencies,
  devDependencies: {},
});

/** Violations in files given as path and text, in a repository with the usual package.json files. */
function violationsIn(files: Readonly<Record<string, string>>, changes: Partial<Repository> = {}): string[] {
  const our = Object.fromEntries(
    ["core", "flows", "store", "notify", "functions", "local"].map((name) => [`@regulars/${name}`, "0.1.0"]),
  );
  const libraries = {
    zod: "4.6.7",
    "@aws-sdk/client-dynamodb": "3.0.0",
    "@aws-sdk/client-sqs": "3.0.0",
    commander: "1.0.0",
  };
  return findViolations({
    files: Object.entries(files).map(([path, text]) => readSource(path, text)),
    root: {
      ...manifest("package.json"),
      devDependencies: { vitest: "5.1.1", mjml: "5.4.1", "@types/aws-lambda": "8.0.0" },
    },
    manifests: Object.fromEntries(
      ["core", "flows", "store", "notify", "functions", "local", "cli"].map((name) => [
        name,
        manifest(`packages/${name}/package.json`, { ...our, ...libraries }),
      ]),
    ),
    kinds: ["churn-risk"],
    ...changes,
  });
}

const inCore = (text: string) => violationsIn({ "packages/core/sample.ts": text });

describe("imports", () => {
  it("of AWS are not allowed in core, in whatever syntax", () => {
    const says = "core must not import @aws-sdk/client-dynamodb";
    const from = `"@aws-sdk/client-dynamodb"`;
    expect(inCore(`import { DynamoDBClient } from ${from};`)).toEqual([`packages/core/sample.ts:1 ${says}`]);
    expect(inCore(`\nimport type { DynamoDBClient } from ${from};`)).toEqual([`packages/core/sample.ts:2 ${says}`]);
    expect(inCore(`import {\n  // with a comment\n  DynamoDBClient,\n} from ${from};`)).toEqual([
      `packages/core/sample.ts:1 ${says}`,
    ]);
    expect(inCore(`import ${from};`)).toEqual([`packages/core/sample.ts:1 ${says}`]);
    expect(inCore(`export { DynamoDBClient } from ${from};`)).toEqual([`packages/core/sample.ts:1 ${says}`]);
    expect(inCore(`export const load = () => import(${from});`)).toEqual([`packages/core/sample.ts:1 ${says}`]);
    expect(inCore(`export type Client = import(${from}).DynamoDBClient;`)).toEqual([
      `packages/core/sample.ts:1 ${says}`,
    ]);
    expect(inCore(`import aws = require(${from});`)).toEqual([`packages/core/sample.ts:1 ${says}`]);
  });

  it("are not found in comments and strings", () => {
    expect(
      inCore(`// import "@aws-sdk/client-dynamodb";\n/* import "node:fs" */ export const text = 'import "node:fs"';`),
    ).toEqual([]);
  });

  it("by a computed name are refused", () => {
    expect(inCore("export const load = (name: string) => import(name);")).toEqual([
      "packages/core/sample.ts:1 imports by a computed name: write it out",
    ]);
  });

  it("of what does a command's work are refused where all commands wait for them", () => {
    const program = `import { work } from "./sample/work.ts";\nimport { Command } from "commander";`;
    expect(
      violationsIn({
        "packages/cli/run-command.ts": program,
        "packages/cli/sample/work.ts": `import { a } from "@regulars/flows/a";\nimport type { b } from "@regulars/flows/b";`,
        "packages/cli/session.ts": `export const open = () => import("./sample/other.ts");`,
        "packages/cli/sample/other.ts": `import { c } from "@regulars/flows/c";`,
      }),
    ).toEqual([
      "packages/cli/sample/work.ts:1 loads @regulars/flows/a for every command: import it where a command runs",
    ]);
  });

  it("of Node are not allowed in core and flows, with or without the prefix node:", () => {
    expect(
      violationsIn({
        "packages/core/a.ts": `import { readFileSync } from "node:fs";`,
        "packages/flows/b.ts": `import { join } from "path";`,
        "packages/store/c.ts": `import { createHash } from "node:crypto";`,
      }),
    ).toEqual([
      "packages/core/a.ts:1 core must not use Node itself: node:fs",
      "packages/flows/b.ts:1 flows must not use Node itself: path",
    ]);
  });

  it.each([
    ["core", "flows"],
    ["flows", "store"],
    ["flows", "notify"],
    ["store", "flows"],
    ["notify", "store"],
    ["functions", "local"],
    ["cli", "store"],
    ["cli", "notify"],
  ])("of %s do not lead to %s", (home, other) => {
    expect(violationsIn({ [`packages/${home}/a.ts`]: `import { a } from "@regulars/${other}/b";` })).toEqual([
      `packages/${home}/a.ts:1 ${home} must not import ${other}: @regulars/${other}/b`,
    ]);
  });

  it.each([
    ["flows", "core"],
    ["store", "core"],
    ["notify", "core"],
    ["functions", "flows"],
    ["functions", "store"],
    ["functions", "notify"],
    ["local", "functions"],
    ["local", "store"],
    ["cli", "local"],
    ["cli", "flows"],
  ])("of %s may lead to %s", (home, other) => {
    expect(violationsIn({ [`packages/${home}/a.ts`]: `import { a } from "@regulars/${other}/b";` })).toEqual([]);
  });

  it("do not reach into another package by path", () => {
    expect(
      violationsIn({
        "packages/flows/a.ts": `import { a } from "../core/values.ts";`,
        "packages/flows/intake/a.test.ts": `import { a } from "../../store/keys.ts";`,
        "test/a.test.ts": `import { a } from "../packages/core/platform/values.ts";`,
      }),
    ).toEqual([
      "packages/flows/a.ts:1 reaches into another package by path: ../core/values.ts; use @regulars/core/…",
      "packages/flows/intake/a.test.ts:1 reaches into another package by path: ../../store/keys.ts; use @regulars/store/…",
      "test/a.test.ts:1 reaches into another package by path: ../packages/core/platform/values.ts; use @regulars/core/…",
    ]);
  });

  it("reach the data of infra from functions and local, and from nowhere else", () => {
    const text = `import { table } from "../../infra/table.ts";`;
    expect(
      violationsIn({ "packages/functions/a.ts": text, "packages/local/a.ts": text, "packages/store/a.ts": text }),
    ).toEqual(["packages/store/a.ts:1 reaches out of its package by path: ../../infra/table.ts"]);
  });

  it("of the infrastructure refer to handlers by path only", () => {
    expect(violationsIn({ "infra/jobs.ts": `import { handler } from "@regulars/functions/jobs/tick";` })).toEqual([
      "infra/jobs.ts:1 infra must not import functions: @regulars/functions/jobs/tick",
    ]);
    expect(violationsIn({ "stacks/app.ts": `import { table } from "../infra/table.ts";` })).toEqual([]);
  });

  it("of the stacks lead to the data of infra only, and sst.config.ts to infra only", () => {
    expect(
      violationsIn({
        "stacks/app.ts": `import { deploy } from "../infra/sst/deploy.ts";`,
        "infra/sst/deploy.ts": `import { App } from "aws-cdk-lib"; import { buildApp } from "../../stacks/build-app.ts";`,
        "sst.config.ts": `export const a = () => import("./infra/sst/deploy.ts");\nexport const b = () => import("./stacks/app.ts");`,
      }),
    ).toEqual([
      "infra/sst/deploy.ts:1 infra must not import aws-cdk-lib",
      "infra/sst/deploy.ts:1 reaches out of its package by path: ../../stacks/build-app.ts",
      "sst.config.ts:2 reaches out of its package by path: ./stacks/app.ts",
      "stacks/app.ts:1 reaches out of its package by path: ../infra/sst/deploy.ts",
    ]);
  });

  it("of a package's own files are relative", () => {
    expect(inCore(`import { day } from "@regulars/core/values";`)).toEqual([
      "packages/core/sample.ts:1 imports its own package as @regulars/core/values: use a relative path",
    ]);
  });

  it("of builders and tests are allowed in tests only", () => {
    const text = `import { aHistory } from "@regulars/core/testing";`;
    expect(
      violationsIn({
        "packages/flows/a.ts": text,
        "packages/flows/a.test.ts": text,
        "packages/flows/testing.ts": text,
      }),
    ).toEqual(["packages/flows/a.ts:1 imports packages/core/testing.ts, which is for tests only"]);
  });

  it("are declared in the package that imports them", () => {
    const manifests = { core: manifest("packages/core/package.json"), flows: manifest("packages/flows/package.json") };
    expect(
      violationsIn(
        {
          "packages/core/a.ts": `import * as z from "zod";`,
          "packages/core/a.test.ts": `import { it } from "vitest"; import fc from "fast-check";`,
          "packages/flows/a.ts": `import { ok } from "@regulars/core/result";`,
        },
        { manifests },
      ),
    ).toEqual([
      "packages/core/a.test.ts:1 imports fast-check, which packages/core/package.json does not declare",
      "packages/core/a.ts:1 imports zod, which packages/core/package.json does not declare",
      "packages/flows/a.ts:1 imports @regulars/core, which packages/flows/package.json does not declare",
    ]);
  });

  it("of types only need the types package", () => {
    expect(violationsIn({ "packages/functions/a.ts": `import type { SQSEvent } from "aws-lambda";` })).toEqual([]);
    expect(violationsIn({ "packages/functions/a.ts": `import { SQSEvent } from "aws-lambda";` })).toEqual([
      "packages/functions/a.ts:1 imports aws-lambda, which packages/functions/package.json does not declare",
    ]);
  });

  it("of a tool are in the one file that uses it", () => {
    const text = `import mjml2html from "mjml";`;
    expect(
      violationsIn({ "packages/render/digest/build-skeleton.ts": text, "packages/render/digest/digest.ts": text }),
    ).toEqual(["packages/render/digest/digest.ts:1 render must not import mjml"]);
  });

  it("have no cycle, types and packages included", () => {
    expect(
      violationsIn({
        "packages/core/a.ts": `import type { B } from "./inner/b.ts";`,
        "packages/core/inner/b.ts": `export { C } from "./c.ts";`,
        "packages/core/inner/c.ts": `import { a } from "../a.ts"; import { b } from "./b.ts";`,
        "packages/core/inner/d.ts": `import { a } from "../a.ts";`,
      }),
    ).toEqual([
      "packages/core/a.ts imports itself in a circle: packages/core/a.ts > packages/core/inner/b.ts > packages/core/inner/c.ts > packages/core/a.ts",
      "packages/core/inner/b.ts imports itself in a circle: packages/core/inner/b.ts > packages/core/inner/c.ts > packages/core/inner/b.ts",
    ]);
  });

  it("of a package without rules are refused", () => {
    expect(violationsIn({ "packages/extra/a.ts": "export const a = 1;" })).toEqual([
      "packages/extra/a.ts:1 package extra has no rule",
    ]);
  });
});

describe("sizes", () => {
  const filesOf = (...lengths: readonly (readonly [path: string, lines: number])[]) =>
    lengths.map(([path, lines]) => ({ path: `packages/${path}`, lines }));
  const fifths = ["a", "b", "c", "d", "e"].map((name) => [`core/${name}/one.ts`, 80] as const);

  it("are bounded in the middle, and for nine files of ten", () => {
    expect(findSizeViolations(filesOf(...fifths))).toEqual([]);
    expect(findSizeViolations(filesOf(["web/a/a.ts", 81], ["web/a/b.ts", 201], ["web/a/a.test.ts", 1]))).toEqual([
      "the file in the middle has 81 lines: at most 80",
      "nine files of ten have up to 201 lines: at most 200",
    ]);
  });

  it("name a feature that is more than a fifth of core", () => {
    expect(findSizeViolations(filesOf(...fifths, ["core/a/two.ts", 10]))).toEqual([
      "core/a is 22 % of core: at most 20",
    ]);
  });
});

describe("exports", () => {
  it("have names", () => {
    expect(
      violationsIn({
        "packages/core/a.ts": "export default 1;",
        "packages/core/b.ts": "const b = 1;\nexport { b as default };",
        "packages/core/c.ts": `export { default } from "./a.ts";`,
        "vitest.config.ts": "export default {};",
      }),
    ).toEqual([
      "packages/core/a.ts:1 has a default export",
      "packages/core/b.ts:2 has a default export",
      "packages/core/c.ts:1 has a default export",
    ]);
  });

  it("are not re-exported with *", () => {
    expect(violationsIn({ "packages/core/a.ts": `export * from "./b.ts";\nexport * as b from "./b.ts";` })).toEqual([
      "packages/core/a.ts:1 re-exports everything of another file",
      "packages/core/a.ts:2 re-exports everything of another file",
    ]);
  });
});

describe("purity", () => {
  it.each([
    ["new Date()", "new Date()"],
    ["new Date(...([] as []))", "new Date()"],
    ["new Date(2026, 10, 22)", "new Date(year, month, …) in the local zone"],
    ["Date.now()", "Date.now"],
    [`Date["now"]()`, "Date.now"],
    ["Date()", "Date()"],
    ["[1].map(Date.now)", "Date.now"],
    ["Reflect.construct(Date, [])", "Date as a value"],
    ["Math.random()", "Math.random"],
    ["performance.now()", "performance.now"],
    ["process.env.TZ", "process.env"],
    ["process.hrtime()", "process.hrtime"],
    [`fetch("https://example.com")`, "fetch"],
    ["setTimeout(() => 1, 5)", "setTimeout"],
    ["console.log(1)", "console.log"],
    ["crypto.randomUUID()", "crypto.randomUUID"],
    [`globalThis["process"]`, "globalThis.process"],
    ["Temporal.Now.instant()", "Temporal.Now"],
    ["import.meta.url", "import.meta"],
  ])("of core does not allow %s", (expression, what) => {
    expect(inCore(`export const sample = () => ${expression};`)).toEqual([
      `packages/core/sample.ts:1 core must not read the environment: ${what}`,
    ]);
  });

  it.each([
    "new Date(0).toISOString()",
    `Date.parse("2026-11-22")`,
    "Date.UTC(2026, 10, 22)",
    "Math.floor(1.5)",
    "({ process: 1, fetch: 2, now: 3 }).process",
    "(fetch: () => number) => fetch()",
    `"Date.now() and process.env"`,
    "Temporal.PlainDate",
    "(when: unknown) => when instanceof Date",
    "(run: { console: () => void }) => run.console()",
  ])("of core allows %s", (expression) => {
    expect(inCore(`export const sample = ${expression};`)).toEqual([]);
  });

  it("allows types of the environment, and default arguments that do not read it", () => {
    expect(inCore("export type Fetch = typeof fetch;\nexport interface Clock { readonly date: Date }")).toEqual([]);
    expect(inCore("export const sample = (now = Date.now()) => now;")).toHaveLength(1);
  });

  it("is checked in flows too, and not in tests and builders", () => {
    const text = "export const now = () => Date.now();";
    expect(
      violationsIn({
        "packages/flows/a.ts": text,
        "packages/flows/a.test.ts": text,
        "packages/core/testing.ts": text,
        "packages/local/clock.ts": text,
      }),
    ).toEqual(["packages/flows/a.ts:1 flows must not read the environment: Date.now"]);
  });

  it("leaves environment and wall clock to the composition root", () => {
    const text =
      "export const env = process.env;\nexport const now = () => Date.now();\nexport const tick = setTimeout;";
    expect(
      violationsIn({
        "packages/functions/jobs/a.ts": text,
        "packages/functions/runtime.ts": text,
        "packages/store/a.ts": text,
      }),
    ).toEqual([
      "packages/functions/jobs/a.ts:1 functions must not read the environment: process.env",
      "packages/functions/jobs/a.ts:2 functions must not read the environment: Date.now",
      "packages/store/a.ts:1 store must not read the environment: process.env",
      "packages/store/a.ts:2 store must not read the environment: Date.now",
    ]);
  });

  it("leaves SDK clients of functions to the files that make them", () => {
    const text = `import { SQSClient } from "@aws-sdk/client-sqs";\nexport const client = new SQSClient({});`;
    expect(violationsIn({ "packages/functions/jobs/a.ts": text, "packages/functions/cloud/queues.ts": text })).toEqual([
      "packages/functions/jobs/a.ts:1 functions must not import @aws-sdk/client-sqs",
      `packages/functions/jobs/a.ts:2 makes a SQSClient; only packages/functions/runtime.ts and packages/functions/message-sender.ts and packages/functions/cloud/secrets.ts and packages/functions/cloud/queues.ts make SDK clients`,
    ]);
  });
});

describe("kinds", () => {
  it("are named in their folder, in the catalog and in the demo only", () => {
    const text = `export const kind = "churn-risk";`;
    const paths = [
      "core/insights/kinds/churn-risk/index.ts",
      "core/insights/catalog.ts",
      "local/demo/stories.ts",
      "flows/a.test.ts",
    ];
    expect(violationsIn(Object.fromEntries(paths.map((path) => [`packages/${path}`, text])))).toEqual([]);
    expect(violationsIn({ "packages/core/insights/finding.ts": text })).toEqual([
      "packages/core/insights/finding.ts:1 names the kind churn-risk; outside its folder nothing knows a kind",
    ]);
  });

  it("are found in templates and paths, and not in longer words", () => {
    expect(
      violationsIn({
        "packages/flows/a.ts": "export const id = (customer: string) => `churn-risk:${customer}`;",
        "packages/flows/b.ts": `import { churnTail } from "@regulars/core/insights/kinds/churn-risk/severity";`,
        "packages/flows/c.ts": `export const word = "churn-risks no-churn-risk"; // churn-risk`,
      }).map((one) => one.split(" ")[0]),
    ).toEqual(["packages/flows/a.ts:1", "packages/flows/b.ts:1"]);
  });
});

describe("versions", () => {
  it.each(["^4.6.7", "~4.6.7", "4.6", "*", "latest", ">=4.6.7", "4.6.7 || 5.0.0"])("are exact, not %s", (version) => {
    const core = manifest("packages/core/package.json", { zod: version });
    expect(violationsIn({}, { manifests: { core } })).toEqual([
      `packages/core/package.json does not pin zod: "${version}" is no exact version`,
    ]);
  });

  it("may be of a release before the first", () => {
    const core = manifest("packages/core/package.json", { zod: "5.0.0-beta.1" });
    expect(violationsIn({}, { manifests: { core } })).toEqual([]);
  });
});

describe("features", () => {
  const violations = (files: Readonly<Record<string, string>>) =>
    findFeatureViolations(Object.entries(files).map(([path, text]) => readSource(path, text)));

  it("import only features that come before them", () => {
    const text = `import { a } from "../insights/a.ts";`;
    expect(violations({ "packages/core/orders/b.ts": text, "packages/core/nightly/b.ts": text })).toEqual([
      "packages/core/orders/b.ts:1 imports ../insights/a.ts: orders comes before insights",
    ]);
  });

  it("have no file in a layer's root, and no folder that is not in the order", () => {
    expect(violations({ "packages/core/stray.ts": "", "packages/flows/helpers/a.ts": "" })).toEqual([
      "packages/core/stray.ts is in the root of packages/core: put it into a feature",
      "packages/flows/helpers/a.ts is in helpers, which is no feature of the order",
    ]);
  });

  it("leave few files in the root of a package", () => {
    const files = Object.fromEntries(Array.from({ length: 16 }, (_, i) => [`packages/cli/file-${i}.ts`, ""]));
    expect(violations(files)).toEqual(["packages/cli has 16 loose files: at most 15"]);
  });
});
