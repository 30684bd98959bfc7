// The command line as one bundle, which starts in less than half of the time that its thousand modules take.
// It is built from the sources as they are, and built again after any of them has changed.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";

const ENTRY = "packages/cli/main.ts";
/** What threads start with. */
const THREADS = ["packages/local/nightly/night-thread.ts"];
/** Bundles of earlier sources are kept for this long: a process may still load from them. */
const KEPT_MS = 7 * 86_400_000;

/** So that CommonJS libraries find `require` in a module. */
const BANNER =
  'import { createRequire as requireOfBundle } from "node:module"; const require = requireOfBundle(import.meta.url);';

/**
 * The program that runs commands, and the folder of Node's compile cache for it: the bundle of the sources below a
 * root, else the sources themselves, where nothing can be bundled or written.
 */
export async function commandProgram(root) {
  const folder = join(root, "node_modules", ".cache", "regulars");
  const compiled = join(folder, "compiled");
  try {
    const bundle = join(folder, stampOf(root));
    const program = join(bundle, "main.mjs");
    if (!exists(program)) {
      await build(root, folder, bundle);
      removeOld(folder, bundle);
    }
    return { program, compiled };
  } catch {
    return { program: join(root, ENTRY), compiled: undefined };
  }
}

/** Names the state of all sources: their paths, sizes and times of change, and the libraries' versions. */
function stampOf(root) {
  const hash = createHash("sha256");
  const look = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true }).toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(folder, entry.name);
      if (entry.isDirectory() && entry.name !== "node_modules") look(path);
      else if (entry.isFile() && /\.(ts|json)$/.test(entry.name) && !entry.name.endsWith(".test.ts")) note(path);
    }
  };
  const note = (path) => {
    const { size, mtimeMs } = statSync(path);
    hash.update(`${path} ${size} ${mtimeMs}\n`);
  };
  look(join(root, "packages"));
  look(join(root, "infra"));
  for (const file of ["package-lock.json", "bin/command-bundle.mjs"]) note(join(root, file));
  return hash.digest("hex").slice(0, 20);
}

/** Builds next to the place and renames, so that a bundle is whole or absent, also when two are built at once. */
async function build(root, folder, bundle) {
  const { build: bundleWith } = await import("esbuild");
  mkdirSync(folder, { recursive: true });
  const draft = join(folder, `draft-${process.pid}-${Date.now()}`);
  try {
    await bundleWith({
      entryPoints: [ENTRY, ...THREADS]
        .map((path) => join(root, path))
        .filter(exists)
        .map((path) => ({ in: path, out: basename(path, ".ts") })),
      outdir: draft,
      outExtension: { ".js": ".mjs" },
      platform: "node",
      format: "esm",
      target: "node22",
      bundle: true,
      splitting: true,
      // Names are not kept: each closure would be named when it is made, which costs a night of five million lines a tenth.
      mainFields: ["module", "main"],
      banner: { js: BANNER },
      plugins: [ownAddresses],
      logLevel: "silent",
    });
    writeFileSync(join(draft, "package.json"), '{"type":"module"}\n');
    renameSync(draft, bundle);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    // Another process has built the same meanwhile.
    if (!exists(join(bundle, "main.mjs"))) throw error;
  }
}

/**
 * Files that read others next to themselves go on doing so: they keep their own address. Threads start from the bundle.
 */
const ownAddresses = {
  name: "own-addresses",
  setup: ({ onLoad }) =>
    onLoad({ filter: /[\\/]packages[\\/].*\.ts$/ }, ({ path }) => {
      const text = readFileSync(path, "utf8");
      if (!text.includes("import.meta.url")) return undefined;
      const contents = text
        .replaceAll(/(?<!-thread\.ts", )import\.meta\.url/g, JSON.stringify(pathToFileURL(path).href))
        .replaceAll('-thread.ts", import.meta.url', '-thread.mjs", import.meta.url');
      return { loader: "ts", contents };
    }),
};

function removeOld(folder, current) {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (path === current || name === "compiled") continue;
    if (Date.now() - statSync(path).mtimeMs > KEPT_MS) rmSync(path, { recursive: true, force: true });
  }
}

function exists(path) {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}
