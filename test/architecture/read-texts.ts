import { glob, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { TextFile } from "./citations.ts";

const TEXTS = ["*.{ts,md}", "docs/**/*.md", "{packages,infra,stacks,test,bin}/**/*.{ts,tsx,mjs,md}"];
const IGNORED = /(?:^|\/)(?:node_modules|\.regulars|\.sst|cdk\.out|coverage)(?:\/|$)/;

/** Source and documents below `root`, and the paths of everything beside them that a document may link to. */
export async function readTexts(
  root: string,
): Promise<{ readonly files: readonly TextFile[]; readonly paths: ReadonlySet<string> }> {
  const paths = await pathsOf(root, TEXTS);
  return {
    files: await Promise.all(paths.map(async (path) => ({ path, text: await readFile(join(root, path), "utf8") }))),
    paths: new Set([...paths, ...(await pathsOf(root, ["*", "docs/**/*"]))]),
  };
}

async function pathsOf(root: string, patterns: readonly string[]): Promise<string[]> {
  const paths: string[] = [];
  for await (const path of glob(patterns, { cwd: root, exclude: (name) => IGNORED.test(name) }))
    if (!IGNORED.test(path)) paths.push(path);
  return paths.toSorted();
}
