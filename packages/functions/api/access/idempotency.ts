import { setTimeout as sleep } from "node:timers/promises";
import type {
  StoredResponse,
  IdempotencyKey,
  IdempotencyState,
  IdempotencyStore,
  CompanionWrites,
} from "@regulars/core/platform/idempotency";
import { actorId } from "@regulars/core/access/actor";
import type { BatchProgress } from "@regulars/flows/imports/ingest-items";
import type { Context, MiddlewareHandler } from "hono";
import * as z from "zod";
import type { Runtime } from "../../runtime.ts";
import { sha256 } from "./authenticate.ts";
import type { ApiEnv } from "../http/environment.ts";
import { Problem } from "../http/problem.ts";
import { messagesOf, sendMessages } from "../http/send-after.ts";

/** The allowed form of an idempotency key. */
export const KEY = /^[\x21-\x7e]{1,255}$/;
const WRITES = new Set(["POST", "PUT", "PATCH", "DELETE"]);
/** How long a repeated request waits for the first one's answer, ms. */
const PATIENCE_MS = 2_500;
const POLL_EVERY_MS = 25;

/**
 * A write with an Idempotency-Key is done once. Repeated, it gets the first answer, and messages are sent that the first
 * was cut off before; with another request it is refused. While the first is in progress, a repetition waits a little and
 * is then asked to retry later. Keys are kept for seven days.
 */
export function idempotent(clocks: Pick<Runtime, "clock" | "elapsed">): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const key = keyOfRequest(c);
    if (key === undefined) return next();
    const { store, actor } = c.var;
    const request = await fingerprintOf(c);
    const found = await beginOrWait(store.idempotency, { actorId: actorId(actor), key, fingerprint: request }, clocks);
    if (found.state === "answered") {
      await sendMessages(found.unsent ?? [], c.var.runtime.queues);
      c.res = replay(found.answer);
      return;
    }
    if (found.state === "other-request")
      throw new Problem({
        status: 422,
        code: "key-reused",
        detail: "this Idempotency-Key was used for another request: use a new one",
      });
    if (found.state === "in-flight")
      throw new Problem({
        status: 409,
        code: "in-flight",
        detail: "a request with this Idempotency-Key is in progress: try again in a moment",
        headers: { "retry-after": "1" },
      });
    c.set("claim", found.claim);
    await next();
    // Errors are not kept as answers, and a right may be granted later: the request may be retried.
    if (c.res.status >= 500 || c.res.status === 403 || c.get("isUnfinished") === true) await found.claim.release();
    else {
      const location = c.res.headers.get("location") ?? undefined;
      await found.claim.keep({ status: c.res.status, body: await c.res.clone().text(), location });
    }
  };
}

/** A write's Idempotency-Key; throws a problem if it is invalid. */
export function keyOfRequest(c: Context): string | undefined {
  const given = WRITES.has(c.req.method) ? c.req.header("idempotency-key") : undefined;
  if (given === undefined) return undefined;
  // The draft standard has a quoted string; most senders send it unquoted.
  const key = given.trim().replace(/^"(.*)"$/, "$1");
  if (KEY.test(key)) return key;
  throw new Problem({
    status: 400,
    code: "unusable-key",
    detail: "an Idempotency-Key is 1 to 255 visible characters",
    errors: [{ path: "Idempotency-Key", code: "unusable-key", message: "is not 1 to 255 visible characters" }],
  });
}

async function fingerprintOf(c: Context): Promise<string> {
  const { pathname, search } = new URL(c.req.url);
  return sha256(`${c.req.method} ${pathname}${search}\n${await c.req.text()}`);
}

async function beginOrWait(
  store: IdempotencyStore,
  key: IdempotencyKey,
  { clock, elapsed }: Pick<Runtime, "clock" | "elapsed">,
): Promise<IdempotencyState> {
  const patienceEnds = elapsed() + PATIENCE_MS;
  for (;;) {
    const found = await store.begin(key, clock());
    if (found.state !== "in-flight" || elapsed() > patienceEnds) return found;
    await sleep(POLL_EVERY_MS);
  }
}

function replay({ status, body, location }: StoredResponse): Response {
  const isProblem = status >= 400;
  const headers = {
    "idempotency-replayed": "true",
    ...(location === undefined ? {} : { location }),
    ...(body === undefined || body === ""
      ? {}
      : { "content-type": isProblem ? "application/problem+json" : "application/json" }),
  };
  return new Response(status === 204 ? null : (body ?? ""), { status, headers });
}

/** The stored answer, as a write for the transaction of the work itself; `undefined` without an Idempotency-Key. */
export function companionFor(
  c: Context<ApiEnv>,
  status: number,
  body?: unknown,
  location?: string,
): CompanionWrites | undefined {
  return c.var.claim?.companion(
    { status, location, ...(body === undefined ? {} : { body: JSON.stringify(body) }) },
    () => messagesOf(c),
  );
}

const savedSchema = z.array(z.object({ index: z.int(), outcome: z.enum(["created", "changed", "unchanged"]) }));
/** What this module calls the steps of a batch. */
const ITEMS = "items#";

/** What an earlier attempt at a batch has saved, and how this one records it; `undefined` without an Idempotency-Key. */
export function batchProgress({ var: { claim } }: Context<ApiEnv>): BatchProgress | undefined {
  if (claim === undefined) return undefined;
  const steps = [...claim.steps].filter(([name]) => name.startsWith(ITEMS));
  const saved = steps.flatMap(([, result]) => savedSchema.parse(result));
  return {
    saved: new Map(saved.map(({ index, outcome }) => [index, outcome])),
    // An item is saved once, so the first of a transaction names its step.
    companionOf: (items) => claim.step(`${ITEMS}${items[0]?.index ?? ""}`, items),
  };
}

/** Notes a batch of which some items were overtaken by other writers: sent again with the same key, it goes on. */
export function noteUnfinished(
  c: Context<ApiEnv>,
  results: readonly { readonly errors?: readonly { readonly code: string }[] | undefined }[],
): void {
  if (results.some(({ errors = [] }) => errors.some(({ code }) => code === "try-again"))) c.set("isUnfinished", true);
}
