import { copyFile, readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

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
  readonly bytes: number;
  readonly gzipBytes: number;
}

/** Bundles a handler as SST does for nodejs24.x: one minified ESM file, with its source map and copied files next to it. */
export async function bundleHandler(
  handler: string,
  folder: string,
  options: { readonly minify: boolean; readonly sourcemap: boolean },
  files: readonly { readonly from: string; readonly to: string }[] = [],
): Promise<Bundle> {
  const [, path = "", exported = ""] = /^(.+)\.([^./]+)$/.exec(handler) ?? [];
  const name = basename(path);
  const outfile = join(folder, `${name}.mjs`);
  await build({
    entryPoints: [join(ROOT, `${path}.ts`)],
    outfile,
    platform: "node",
    format: "esm",
    target: "esnext",
    bundle: true,
    keepNames: true,
    minify: options.minify,
    sourcemap: options.sourcemap ? "linked" : false,
    mainFields: ["module", "main"],
    external: ["sharp", "pg-native"],
    banner: { js: BANNER },
    logLevel: "error",
  });
  for (const { from, to } of files) await copyFile(join(ROOT, from), join(folder, to));
  const { size } = await stat(outfile);
  return { folder, handler: `${name}.${exported}`, bytes: size, gzipBytes: gzipSync(await readFile(outfile)).length };
}
