import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
/** Nobody listens there: whatever goes out by a proxy ends at once. */
const NOWHERE = "http://127.0.0.1:9";

it("cdk synth works with no network and no credentials", async () => {
  const folder = await mkdtemp(join(tmpdir(), "regulars-synth-"));
  try {
    await promisify(execFile)(
      process.execPath,
      [
        join(ROOT, "node_modules/aws-cdk/bin/cdk"),
        "synth",
        "--quiet",
        "--context",
        "stage=example",
        "--output",
        join(folder, "out"),
      ],
      {
        cwd: ROOT,
        env: {
          PATH: process.env["PATH"] ?? "",
          HOME: folder,
          HTTP_PROXY: NOWHERE,
          HTTPS_PROXY: NOWHERE,
          AWS_EC2_METADATA_DISABLED: "true",
        },
      },
    );
    const made = await readdir(join(folder, "out"));
    expect(made.filter((name) => name.endsWith(".template.json")).toSorted()).toEqual([
      "regulars-example-foundation.template.json",
      "regulars-example-operations.template.json",
    ]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
