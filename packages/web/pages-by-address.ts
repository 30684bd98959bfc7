import { cutText } from "@regulars/core/platform/cut-text";
import { Problem, problemResponse } from "@regulars/functions/api/http/problem";
import type { Runtime } from "@regulars/functions/runtime";
import type { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { type FeaturePages, features, featuresAt } from "./feature-pages.ts";
import { admit, wantsHtml } from "./page/admit.ts";
import { failedPage } from "./page/failed-page.ts";
import { refusedPage } from "./page/html-response.ts";
import { wordsOfBrowser } from "./page/language.ts";
import { refusalPage } from "./page/refusal-view.ts";
import { refusal } from "./page/refusal.ts";
import { sameOriginOnly } from "./page/same-origin.ts";
import { type PageContext, type PageEnv, type Viewer, newPages } from "./page/viewer.ts";

export interface ConsoleOptions {
  /** Path of the data folder, for the commands that pages name. */
  readonly folder: string;
  readonly runtime: Runtime;
  /** Who looks; without a viewer the request is led to the sign-in. */
  readonly viewerOf: (c: PageContext) => Promise<Viewer | undefined>;
  /** The pages of signing in and out, which need no viewer. */
  readonly signIn?: (() => Promise<Hono<PageEnv>>) | undefined;
  /** Links of the header that only this installation has. */
  readonly places?: PageEnv["Variables"]["places"];
}

/** Addresses that need no viewer: files of the pages, and signing in and out. */
const OPEN = /^\/(?:assets\/|favicon\.ico$|session\/)/;

/** The console: the pages of an address are loaded and made when the first request for it comes. */
export function pagesByAddress(options: ConsoleOptions): Hono<PageEnv> {
  const made = new Map<string, Promise<Hono<PageEnv>>>();
  const appAt = (path: string): Promise<Hono<PageEnv>> => {
    const found = OPEN.test(path) ? undefined : featuresAt(path);
    const name = found?.map((feature) => features.indexOf(feature)).join(" ") ?? "open";
    const known = made.get(name);
    if (known !== undefined) return known;
    const one = found === undefined ? openApp(options) : appOf(options, found);
    made.set(name, one);
    // What could not be loaded is tried again.
    one.catch(() => made.delete(name));
    return one;
  };
  const whole = newPages();
  whole.onError((error, c) => failedPage(c, error, options.runtime.log));
  whole.all("*", async (c) => (await appAt(c.req.path)).fetch(c.req.raw, c.env));
  return whole;
}

/** The files of the pages, and the pages of signing in and out. */
async function openApp(options: ConsoleOptions): Promise<Hono<PageEnv>> {
  const { signIn } = options;
  const [files, session] = await Promise.all([import("./boards/file-pages.ts"), signIn?.() ?? newPages()]);
  return appWith(options, { open: [files.filePages(), session] });
}

async function appOf(options: ConsoleOptions, given: readonly FeaturePages[]): Promise<Hono<PageEnv>> {
  const loadAll = (isByLink: boolean) =>
    Promise.all(given.filter((one) => (one.isByLink ?? false) === isByLink).map(({ load }) => load(options)));
  const [byLink, pages] = await Promise.all([loadAll(true), loadAll(false)]);
  return appWith(options, { byLink, pages });
}

type Pages = readonly Hono<PageEnv>[];

/** An app for some addresses: pages `byLink` take forms from anywhere, `open` ones need no viewer. */
function appWith(
  { runtime, viewerOf, places }: ConsoleOptions,
  { byLink = [], open = [], pages = [] }: { readonly byLink?: Pages; readonly open?: Pages; readonly pages?: Pages },
): Hono<PageEnv> {
  const app = newPages();
  app.onError((error, c) => failedPage(c, error, runtime.log));
  app.notFound((c) =>
    wantsHtml(c)
      ? refusal(c, {
          reason: "unknown-page",
          message: c.var.words.say("refusal.unknownPage", { addr: cutText(c.req.path, 200) }),
        })
      : problemResponse(nothingAt(c), c.var.requestId),
  );
  app.use(async (c, next) => {
    c.set("runtime", runtime);
    c.set("requestId", `req_${crypto.randomUUID()}`);
    if (places !== undefined) c.set("places", places);
    c.set("words", await wordsOfBrowser(c));
    await next();
  });
  app.use(bodyLimit({ maxSize: MOST_BYTES, onError: tooLarge }));
  for (const one of byLink) app.route("/", one);
  app.use(sameOriginOnly(runtime.publicOrigin));
  for (const one of open) app.route("/", one);
  app.use(admit(viewerOf));
  for (const one of pages) app.route("/", one);
  return app;
}

/** Most bytes of a form: all fields of the largest, filled, and a picture. */
const MOST_BYTES = 1024 * 1024;

/** Refuses a form that is larger than any of ours, without reading it to its end. */
const tooLarge = (c: PageContext): Promise<Response> => {
  const { words, requestId } = c.var;
  const detail = words.say("refusal.tooLarge", { most: MOST_BYTES / 1024 });
  return wantsHtml(c)
    ? refusedPage(c, refusalPage(words, detail, words.say("refusal.tooLargeTitle")), 413)
    : Promise.resolve(problemResponse(new Problem({ status: 413, code: "body-too-large", detail }), requestId));
};

const nothingAt = ({ req }: PageContext): Problem =>
  new Problem({ status: 404, code: "unknown-address", detail: `there is no ${req.method} ${cutText(req.path, 200)}` });
