import { randomBytes } from "node:crypto";
import {
  SESSION_SECONDS,
  type SessionStore,
  isSessionLive,
  newSession,
  renewedEnd,
} from "@regulars/core/access/session";
import { type TenantId, type UserId, tenantIdSchema, userIdSchema } from "@regulars/core/platform/values";
import type { ConsoleSettings, Runtime } from "@regulars/functions/runtime";
import { openSessions } from "@regulars/store/access/sessions";
import * as z from "zod";
import type { PageContext, Viewer } from "../page/viewer.ts";
import { siteCookie } from "../page/cookies.ts";
import { sealOf } from "./sealed.ts";

const SESSION = siteCookie("regulars");
const cookieSchema = z.object({ tenantId: tenantIdSchema, userId: userIdSchema, sessionId: z.string() });
type Held = z.output<typeof cookieSchema>;

/** Who is signed in, by a sealed cookie and a row on the server: without either there is no session. */
export interface Sessions {
  readonly begin: (c: PageContext, tenantId: TenantId, userId: UserId) => Promise<void>;
  /** The signed-in user of a request; a session that is used is renewed. */
  readonly viewerOf: (c: PageContext) => Promise<Viewer | undefined>;
  /** Ends the session on the server, for every tab and every copy of the cookie. */
  readonly end: (c: PageContext) => Promise<void>;
}

export function sessionsOf(
  { tableFor, clock }: Pick<Runtime, "tableFor" | "clock">,
  { sessionSecret }: Pick<ConsoleSettings, "sessionSecret">,
): Sessions {
  const seal = sealOf(sessionSecret, "session");
  const storeOf = (tenantId: TenantId): SessionStore => openSessions(tableFor(tenantId), tenantId);
  const held = (c: PageContext): Held | undefined => seal.open(SESSION.read(c) ?? "", cookieSchema);
  const write = (c: PageContext, value: Held, seconds: number): void => SESSION.write(c, seal.seal(value), seconds);
  return {
    begin: async (c, tenantId, userId) => {
      const session = newSession(randomBytes(32).toString("base64url"), userId, clock());
      await storeOf(tenantId).start(session);
      write(c, { tenantId, userId, sessionId: session.sessionId }, SESSION_SECONDS);
    },
    viewerOf: async (c) => {
      const cookie = held(c);
      if (cookie === undefined) return undefined;
      const { tenantId, userId, sessionId } = cookie;
      const store = storeOf(tenantId);
      const session = await store.find(sessionId);
      const now = clock();
      if (session === undefined || session.userId !== userId || !isSessionLive(session, now)) return undefined;
      const end = renewedEnd(session, now);
      if (end !== undefined && (await store.renew(sessionId, end))) write(c, cookie, end - Math.floor(now / 1000));
      return { type: "user", tenantId, userId };
    },
    end: async (c) => {
      const cookie = held(c);
      if (cookie !== undefined) await storeOf(cookie.tenantId).end(cookie.sessionId);
      SESSION.clear(c);
    },
  };
}
