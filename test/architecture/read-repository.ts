import { glob, readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { readSource } from "./source-file.ts";
import type { Manifest, Repository } from "./violations.ts";

const PATTERNS = ["*.ts", "{packages,infra,stacks,test}/**/*.{ts,tsx}"];
const IGNORED = /(?:^|\/)(?:node_modules|\.regulars|\.sst|cdk\.out|coverage)(?:\/|$)/;

/** Reads every TypeScript file and package.json below `root`. */
export async function readRepository(root: string): Promise<Repository> {
  const paths: string[] = [];
  for await (const path of glob(PATTERNS, { cwd: root, exclude: (name) => IGNORED.test(name) }))
    if (!IGNORED.test(path)) paths.push(path);
  const packages = await foldersIn(join(root, "packages"));
  const manifests = await Promise.all(
    packages.map(async (name) => [name, await readManifest(root, `packages/${name}/package.json`)] as const),
  );
  return {
    files: await Promise.all(
      paths.toSorted().map(async (path) => readSource(path, await readFile(join(root, path), "utf8"))),
    ),
    root: await readManifest(root, "package.json"),
    manifests: Object.fromEntries(manifests),
    kinds: await foldersIn(join(root, "packages/core/insights/kinds")),
  };
}

async function foldersIn(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
}

async function readManifest(root: string, path: string): Promise<Manifest> {
  const versions = versionsIn(JSON.parse(await readFile(join(root, path), "utf8")));
  return {
    path,
    dependencies: { ...versions("dependencies"), ...versions("optionalDependencies"), ...versions("peerDependencies") },
    devDependencies: versions("devDependencies"),
  };
}

const versionsIn =
  (manifest: unknown) =>
  (part: string): Record<string, string> => {
    const entries = Object.entries(partOf(manifest, part) ?? {});
    return Object.fromEntries(entries.map(([name, version]) => [name, String(version)]));
  };

const partOf = (value: unknown, part: string): object | undefined => {
  const found: unknown = Object.entries(value ?? {}).find(([name]) => name === part)?.[1];
  return typeof found === "object" && found !== null ? found : undefined;
};
