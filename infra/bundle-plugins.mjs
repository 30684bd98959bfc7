import { execFile } from "node:child_process";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const fileOf = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const MOST_BYTES = 16 * 1024 ** 2;

/** Makes the API's OpenAPI document now, so that no function has to make every schema for it. */
const documentMade = {
  name: "document-made",
  setup(build) {
    build.onLoad({ filter: /[\\/]api[\\/]http[\\/]made-document\.ts$/ }, async () => {
      const print = [fileOf("bin/with-node.mjs"), fileOf("packages/functions/api/http/print-document.ts")];
      const { stdout } = await promisify(execFile)(process.execPath, print, { maxBuffer: MOST_BYTES });
      const text = JSON.stringify(stdout);
      return {
        contents: `let made;\nexport const madeDocument = async () => (made ??= JSON.parse(${text}));`,
        loader: "js",
      };
    });
  },
};

/**
 * Leaves zod's messages in other languages out of the bundles: nobody reads them, and `@hono/zod-openapi` keeps all of
 * zod. SST gives this list to esbuild.
 */
const zodInEnglish = {
  name: "zod-in-english",
  setup(build) {
    build.onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, ({ path }) => ({
      contents: 'export { default as en } from "./en.js";',
      loader: "js",
      resolveDir: path.replace(/[\\/][^\\/]+$/, ""),
    }));
  },
};

export default [zodInEnglish, documentMade];
