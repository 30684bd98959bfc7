import { isActive } from "@regulars/core/access/user";
import { cutText } from "@regulars/core/platform/cut-text";
import { isLanguage } from "@regulars/core/platform/languages";
import { IssuerUnreachable } from "@regulars/functions/api/access/token";
import type { ConsoleSettings, Runtime } from "@regulars/functions/runtime";
import { readClaimant } from "@regulars/store/tenants/claimant";
import type { Hono } from "hono";
import { setCookie } from "hono/cookie";
import { htmlResponse, refusedPage } from "../page/html-response.ts";
import { THEME_COOKIE } from "../page/frame.ts";
import { LANGUAGE_COOKIE } from "../page/language.ts";
import { type PageContext, type PageEnv, newPages } from "../page/viewer.ts";
import { isSecure, siteCookie } from "../page/cookies.ts";
import { type Fetch, type SignIn, newSignIn, oidcClient, signInSchema } from "./oidc.ts";
import { ownPath } from "./own-path.ts";
import { sealOf } from "./sealed.ts";
import { failedSignIn, signedInAgain, signedOut } from "./session-views.ts";
import type { Sessions } from "./sessions.ts";

const YEAR_SECONDS = 365 * 86_400;
/** A sign-in that takes longer begins again. */
const SIGN_IN_SECONDS = 600;
/** Each sign-in has a cookie of its own, so that two tabs can sign in at once. */
const signInCookie = (state: string) => siteCookie(`regulars-sign-in-${state.slice(0, 8).replaceAll(/[^\w-]/g, "")}`);

interface SessionPagesOptions {
  readonly runtime: Runtime;
  readonly settings: ConsoleSettings;
  readonly sessions: Sessions;
  readonly fetch: Fetch;
}

/** Signing in at the operator's issuer (authorization code with PKCE), and out. */
export function sessionPages({ runtime, settings, sessions, fetch }: SessionPagesOptions): Hono<PageEnv> {
  const pages = newPages();
  const client = oidcClient(settings, runtime.clock, fetch);
  const seal = sealOf(settings.sessionSecret, "sign-in");

  pages.get("/session/sign-in", (c) =>
    orUnreachable(c, runtime, async () => {
      const origin = isSecure(c) ? runtime.publicOrigin : new URL(c.req.url).origin;
      const signIn = newSignIn(ownPath(c.req.query("to")), `${origin}/session/callback`);
      const address = await client.authorizeUrl(signIn);
      signInCookie(signIn.state).write(c, seal.seal(signIn), SIGN_IN_SECONDS);
      return c.redirect(address, 303);
    }),
  );

  pages.get("/session/callback", (c) =>
    orUnreachable(c, runtime, async () => {
      const { state = "", code = "", error } = c.req.query();
      const cookie = signInCookie(state);
      const signIn = seal.open(cookie.read(c) ?? "", signInSchema);
      cookie.clear(c);
      if (signIn === undefined || signIn.state !== state) return failed(c, c.var.words.say("session.notBegun"));
      if (error !== undefined || code === "")
        return failed(
          c,
          c.var.words.say("session.issuerSays", {
            text: cutText(c.req.query("error_description") ?? error ?? "no code", 200),
          }),
          signIn,
        );
      const subject = await client.subjectOf(signIn, code);
      if (!subject.ok) return failed(c, subject.message, signIn);
      const { tenantId, userId } = subject.value;
      const { tenant, user } = await readClaimant(runtime.tableFor(tenantId), tenantId, { userId });
      if (tenant === undefined || user === undefined || !isActive(user))
        return failed(c, c.var.words.say("session.noUser", { user: userId }), signIn);
      await sessions.begin(c, tenantId, userId);
      runtime.log.info("security", {
        what: "signed-in",
        tenantId,
        actor: `user:${userId}`,
        requestId: c.var.requestId,
      });
      return c.redirect(signIn.to, 303);
    }),
  );

  pages.post("/session/sign-out", async (c) => {
    await sessions.end(c);
    return c.redirect("/session/ended", 303);
  });

  pages.post("/session/theme", async (c) => {
    const { theme, back } = await c.req.parseBody();
    if (theme === "light" || theme === "dark") keep(c, THEME_COOKIE, theme);
    return c.redirect(ownPath(typeof back === "string" ? back : undefined), 303);
  });

  pages.post("/session/language", async (c) => {
    const { language, back } = await c.req.parseBody();
    if (typeof language === "string" && isLanguage(language)) keep(c, LANGUAGE_COOKIE, language);
    return c.redirect(ownPath(typeof back === "string" ? back : undefined), 303);
  });

  pages.get("/session/back", (c) => htmlResponse(c, signedInAgain(c.var.words)));
  pages.get("/session/ended", (c) => htmlResponse(c, signedOut(c.var.words)));
  return pages;
}

/** Keeps a choice in this browser. */
const keep = (c: PageContext, cookie: string, choice: string): void =>
  setCookie(c, cookie, choice, { path: "/", maxAge: YEAR_SECONDS, sameSite: "Lax", secure: isSecure(c) });

const failed = (c: PageContext, why: string, signIn?: SignIn): Promise<Response> =>
  refusedPage(c, failedSignIn(c.var.words, why, signIn?.to ?? "/"), 403);

/** Nobody can sign in while the issuer does not answer: 503, and the log has the reason. */
async function orUnreachable(c: PageContext, { log }: Runtime, answer: () => Promise<Response>): Promise<Response> {
  try {
    return await answer();
  } catch (error) {
    if (!(error instanceof IssuerUnreachable)) throw error;
    log.error("issuer unreachable", { reason: error.message, requestId: c.var.requestId });
    const page = await refusedPage(c, failedSignIn(c.var.words, c.var.words.say("session.unreachable"), "/"), 503);
    page.headers.set("retry-after", "5");
    return page;
  }
}
