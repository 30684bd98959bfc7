import * as z from "zod";
import type { Immutable } from "../platform/immutable.ts";
import { userIdSchema } from "../platform/values.ts";

/** A user's session in the console. Its row is what counts: without it the cookie opens nothing. */
export const sessionSchema = z.object({
  sessionId: z.string().min(20),
  userId: userIdSchema,
  /** When they signed in, epoch seconds. */
  signedInAt: z.int(),
  /** When it ends unless it is used before, epoch seconds: the time to live of the table. */
  expiresAt: z.int(),
});
export type Session = Immutable<z.output<typeof sessionSchema>>;

const HOUR = 3600;
/** How long a session lasts after it was last renewed, seconds. */
export const SESSION_SECONDS = 12 * HOUR;
/** However much it is used, a session ends a week after its sign-in. */
const LONGEST_SECONDS = 7 * 24 * HOUR;
/** A session is renewed at most once an hour. */
const RENEWED_EVERY = HOUR;

/** A session that begins now, epoch ms. */
export const newSession = (sessionId: string, userId: Session["userId"], nowMs: number): Session => {
  const signedInAt = Math.floor(nowMs / 1000);
  return { sessionId, userId, signedInAt, expiresAt: signedInAt + SESSION_SECONDS };
};

/** Whether a session has not ended; DynamoDB removes ended rows late. */
export const isSessionLive = ({ expiresAt }: Session, nowMs: number): boolean => expiresAt * 1000 > nowMs;

/** The later end of a session that is used now; `undefined` while it was renewed less than an hour ago. */
export function renewedEnd({ signedInAt, expiresAt }: Session, nowMs: number): number | undefined {
  const end = Math.min(Math.floor(nowMs / 1000) + SESSION_SECONDS, signedInAt + LONGEST_SECONDS);
  return end - expiresAt < RENEWED_EVERY ? undefined : end;
}

/** Sessions of one tenant. */
export interface SessionStore {
  readonly start: (session: Session) => Promise<void>;
  readonly find: (sessionId: string) => Promise<Session | undefined>;
  /** `false` when it was ended meanwhile. */
  readonly renew: (sessionId: string, expiresAt: number) => Promise<boolean>;
  readonly end: (sessionId: string) => Promise<void>;
}
