import { spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import * as z from "zod";
import { bundleHandler } from "../deploy/bundle.ts";
import { textOf } from "../deploy/lambda-process.ts";
import { synthesize } from "../deploy/synthesized.ts";
import { loopbackUrl } from "../fixtures/loopback.ts";
import { faultsOfResources } from "./resources.ts";

/**
 * Checks sst.config.ts against SST itself: installs its platform and the AWS provider's types, checks the types, and
 * evaluates the real components with Pulumi's mocks. Needs the package registry and no account; about a minute.
 */

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const STAGE = "ci";
/** Kept between runs: the platform is 300 MB. */
const PROJECT = join(ROOT, "node_modules", ".cache", "regulars-sst");
const PLATFORM = join(PROJECT, ".sst", "platform");

const OFFLINE = {
  SST_SKIP_DEPENDENCY_CHECK: "1",
  SST_NO_BUN: "1",
  SST_TELEMETRY_DISABLED: "1",
  SST_STAGE: STAGE,
};

const tsconfig = {
  compilerOptions: {
    target: "esnext",
    lib: ["esnext"],
    module: "esnext",
    moduleResolution: "bundler",
    strict: true,
    skipLibCheck: true,
    noEmit: true,
    allowImportingTsExtensions: true,
    types: [],
  },
  include: [".sst/platform/config.d.ts", "sst.config.ts", "infra/**/*.ts"],
};

async function makeProject(): Promise<void> {
  await mkdir(PROJECT, { recursive: true });
  await rm(join(PROJECT, "infra"), { recursive: true, force: true });
  await cp(join(ROOT, "infra"), join(PROJECT, "infra"), {
    recursive: true,
    filter: (path) => !path.endsWith("sst-globals.d.ts"),
  });
  await cp(join(ROOT, "sst.config.ts"), join(PROJECT, "sst.config.ts"));
  await writeFile(join(PROJECT, "package.json"), JSON.stringify({ name: "regulars-sst-check", type: "module" }));
  await writeFile(join(PROJECT, "tsconfig.json"), JSON.stringify(tsconfig));
}

/** Runs a program to its end; throws with the end of its output when it fails. */
function run(
  command: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: PROJECT, env: { ...process.env, ...environment } });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (text: Buffer) => (said += text.toString()));
    child.on("error", reject);
    child.on("exit", (code) =>
      code === 0
        ? resolve()
        : reject(new Error(`${command} ${args.join(" ")} ended with ${code}:\n${said.slice(-6000)}`)),
    );
  });
}

const buildSchema = z.object({
  handler: z.string(),
  functionID: z.string(),
  properties: z.object({
    format: z.literal("esm"),
    splitting: z.boolean(),
    plugins: z.string(),
    minify: z.boolean(),
    sourcemap: z.boolean(),
  }),
});

const rpcSchema = z.object({ method: z.string(), params: z.tuple([z.unknown()]) });

/** Replaces the `sst` program, which components ask to bundle handlers and to locate assets. */
async function openServer(work: string) {
  const answers: Readonly<Record<string, (given: unknown) => Promise<unknown>>> = {
    "Runtime.Build": async (given) => {
      const { handler, functionID, properties } = buildSchema.parse(given);
      const bundle = await bundleHandler(handler, join(work, functionID), properties);
      return { handler: bundle.handler, out: bundle.folder, errors: [], sourcemaps: [] };
    },
    "Provider.Aws.Bootstrap": async () => ({ asset: "regulars-assets", assetEcrRegistryId: "", assetEcrUrl: "" }),
  };
  const server = createServer(async (request, response) => {
    const { method, params } = rpcSchema.parse(JSON.parse(await textOf(request)));
    const reply = await (answers[method]?.(params[0]) ?? Promise.reject(new Error(`no answer for ${method}`))).then(
      (result) => ({ result }),
      (error: unknown) => ({ error: String(error) }),
    );
    response.end(JSON.stringify(reply));
  });
  const url = await loopbackUrl(server);
  return {
    url,
    close: () => server.close(),
  };
}

/** Evaluates the app with the real components; returns every resource that would be made. */
async function evaluate(): Promise<unknown> {
  const work = await mkdtemp(join(PROJECT, "work-"));
  const server = await openServer(work);
  try {
    const outfile = join(PLATFORM, "check.mjs");
    const paths = { home: work, root: ROOT, work, platform: PLATFORM };
    await build({
      entryPoints: [join(ROOT, "test/sst/evaluate.mjs")],
      outfile,
      bundle: true,
      platform: "node",
      format: "esm",
      target: "esnext",
      mainFields: ["module", "main"],
      nodePaths: [join(PLATFORM, "node_modules")],
      packages: "external",
      plugins: [
        {
          name: "sst",
          setup({ onResolve }) {
            onResolve({ filter: /^(?:platform|project)\// }, ({ path }) =>
              path.startsWith("project/")
                ? { path: join(PROJECT, path.slice("project/".length)) }
                : {
                    path: join(PLATFORM, "src", path === "platform/components" ? "components/index.ts" : "auto/run.ts"),
                  },
            );
          },
        },
      ],
      inject: [join(PLATFORM, "src/shim/run.js")],
      define: {
        $app: JSON.stringify({ name: "regulars", stage: STAGE, removal: "remove", protect: false, providers: {} }),
        $cli: JSON.stringify({ command: "diff", rpc: server.url, paths, state: { version: {} } }),
        $dev: "false",
      },
      logLevel: "error",
    });
    const result = join(work, "resources.json");
    await run(process.execPath, [outfile], {
      CHECK_PARAMETERS: JSON.stringify(synthesize(STAGE).parameters),
      CHECK_RESULT: result,
      CHECK_STAGE: STAGE,
      SST_SERVER: server.url,
    });
    return JSON.parse(await readFile(result, "utf8"));
  } finally {
    server.close();
    await rm(work, { recursive: true, force: true });
  }
}

async function step<T>(name: string, work: () => Promise<T>): Promise<T> {
  const startedAt = performance.now();
  const result = await work();
  process.stdout.write(`${name}: ${((performance.now() - startedAt) / 1000).toFixed(1)} s\n`);
  return result;
}

await makeProject();
await step("SST's platform installed", () => run(join(ROOT, "node_modules/.bin/sst"), ["install"], OFFLINE));
await step("types checked against SST's own", () => run(join(ROOT, "node_modules/.bin/tsc"), ["-p", "."]));
const resources = await step("real components evaluated", evaluate);
const { faults, summary } = faultsOfResources(resources, STAGE);
process.stdout.write(`${summary}\n`);
for (const fault of faults) process.stderr.write(`${fault}\n`);
process.exitCode = faults.length === 0 ? 0 : 1;
