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

export default [zodInEnglish];
