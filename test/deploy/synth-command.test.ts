import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
/** A proxy address without a server: every request through it fails at once. */
const NOWHERE = "http://127.0.0.1:9";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "regulars-synth-"));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs a program as an operator does, without network and credentials. */
const run = (program: string, args: readonly string[]) =>
  promisify(execFile)(process.execPath, [join(ROOT, program), ...args], {
    cwd: ROOT,
    env: {
      PATH: process.env["PATH"] ?? "",
      HOME: folder,
      HTTP_PROXY: NOWHERE,
      HTTPS_PROXY: NOWHERE,
      AWS_EC2_METADATA_DISABLED: "true",
    },
  });

describe("cdk synth", () => {
  it("works without network and credentials", async () => {
    // The templates are validated in foundation.test.ts.
    const how = ["--quiet", "--no-validation", "--context", "stage=example", "--output", join(folder, "out")];
    await run("node_modules/aws-cdk/bin/cdk", ["synth", ...how]);
    const made = await readdir(join(folder, "out"));
    expect(made.filter((name) => name.endsWith(".template.json")).toSorted()).toEqual([
      "regulars-example-foundation.template.json",
      "regulars-example-operations.template.json",
    ]);
  });

  it("says in one line which stage to name, without a stack trace", async () => {
    // What `cdk` runs, as cdk.json says.
    const failed: unknown = await run("bin/with-node.mjs", ["stacks/app.ts"]).catch((error: unknown) => error);
    expect(failed).toMatchObject({ stderr: expect.stringMatching(/^name the stage: --context stage=production/m) });
    expect(failed).not.toMatchObject({ stderr: expect.stringContaining("    at ") });
  });
});
