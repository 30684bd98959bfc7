import { copyFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Metafile, build } from "esbuild";
import plugins from "../../infra/bundle-plugins.mjs";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** SST's banner of a bundle, so that CommonJS libraries find `require` and `__dirname` in a module. */
const BANNER = [
  `import { createRequire as topLevelCreateRequire } from 'module';`,
  `const require = topLevelCreateRequire(import.meta.url);`,
  `import { fileURLToPath as topLevelFileUrlToPath, URL as topLevelURL } from "url"`,
  `const __filename = topLevelFileUrlToPath(import.meta.url)`,
  `const __dirname = topLevelFileUrlToPath(new topLevelURL(".", import.meta.url))`,
].join("\n");

export interface Bundle {
  /** The folder that Lambda unpacks. */
  readonly folder: string;
  /** The handler in the folder: "tick.handler". */
  readonly handler: string;
  /** Of the entry and all that it imports: what is loaded before the first event. */
  readonly bytes: number;
  /** The same with source files that are imported later. */
  readonly bytesWith: (...sources: readonly string[]) => number;
  /** Of all files, without source maps. */
  readonly allBytes: number;
  /** AWS's clients that are loaded before the first event, and those in all files. */
  readonly clients: { readonly atStart: readonly string[]; readonly all: readonly string[] };
}

/** Bundles a handler as SST does for nodejs24.x: minified ESM files with source maps, and copied files next to them. */
export async function bundleHandler(
  handler: string,
  folder: string,
  options: {
    readonly minify: boolean;
    readonly sourcemap: boolean;
    readonly splitting: boolean;
  },
  files: readonly { readonly from: string; readonly to: string }[] = [],
): Promise<Bundle> {
  const [, path = "", exported = ""] = /^(.+)\.([^./]+)$/.exec(handler) ?? [];
  const { metafile } = await build({
    entryPoints: [join(ROOT, `${path}.ts`)],
    absWorkingDir: ROOT,
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    platform: "node",
    format: "esm",
    target: "esnext",
    bundle: true,
    splitting: options.splitting,
    metafile: true,
    keepNames: true,
    minify: options.minify,
    sourcemap: options.sourcemap ? "linked" : false,
    mainFields: ["module", "main"],
    external: ["sharp", "pg-native"],
    plugins,
    banner: { js: BANNER },
    logLevel: "error",
  });
  for (const { from, to } of files) await copyFile(join(ROOT, from), join(folder, to));
  const { outputs } = metafile;
  const code = Object.entries(outputs).filter(([name]) => name.endsWith(".mjs"));
  const bytesWith = (...sources: readonly string[]): number => {
    const wanted = [`${path}.ts`, ...sources];
    const entries = code.filter(([, { entryPoint }]) => wanted.includes(entryPoint ?? "")).map(([name]) => name);
    if (entries.length !== wanted.length) throw new Error(`no file of its own has each of ${wanted.join(", ")}`);
    return bytesOf(outputs, new Set(entries.flatMap((entry) => [...loadedWith(outputs, entry)])));
  };
  return {
    folder,
    handler: `${basename(path)}.${exported}`,
    bytes: bytesWith(),
    bytesWith,
    allBytes: bytesOf(
      outputs,
      code.map(([name]) => name),
    ),
    clients: {
      atStart: clientsIn(
        outputs,
        loadedWith(outputs, code.find(([, one]) => one.entryPoint === `${path}.ts`)?.[0] ?? ""),
      ),
      all: clientsIn(
        outputs,
        code.map(([name]) => name),
      ),
    },
  };
}

type Outputs = Metafile["outputs"];

const bytesOf = (outputs: Outputs, names: Iterable<string>): number =>
  [...names].reduce((sum, name) => sum + (outputs[name]?.bytes ?? 0), 0);

/** Names of AWS's clients, like "sqs", of which code is in some files. */
const clientsIn = (outputs: Outputs, names: Iterable<string>): string[] =>
  [
    ...new Set(
      [...names]
        .flatMap((name) => Object.keys(outputs[name]?.inputs ?? {}))
        .flatMap((input) => /@aws-sdk\/client-([a-z-]+)\/dist/.exec(input)?.[1] ?? []),
    ),
  ].toSorted();

/** A file and all that it imports at once, and what these import. */
function loadedWith(outputs: Outputs, entry: string): ReadonlySet<string> {
  const loaded = new Set<string>();
  const load = (name: string): void => {
    if (loaded.has(name)) return;
    loaded.add(name);
    for (const { path, kind } of outputs[name]?.imports ?? []) if (kind === "import-statement") load(path);
  };
  load(entry);
  return loaded;
}
