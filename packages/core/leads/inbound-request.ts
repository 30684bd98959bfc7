import { counted } from "../platform/counted.ts";
import { cutText } from "../platform/cut-text.ts";
import { isRecord } from "../platform/is-record.ts";
import * as z from "zod";

/** Days for which a request stays in the log. */
export const KEPT_DAYS = 30;

export const inboundActions = ["leads.add", "deals.change_status", "deals.remove"] as const;

/** A request that a machine sent to a plan, and the answer to it. The body is kept so that it can be sent again. */
export const inboundRequestSchema = z.object({
  requestId: z.string(),
  /** "key:k1", or the user's. */
  actorId: z.string(),
  /** The scope of its idempotency keys. */
  scope: z.string(),
  action: z.enum(inboundActions),
  planId: z.string(),
  at: z.string(),
  status: z.int(),
  /** The problem code of a refused request. */
  problem: z.string().optional(),
  /** Paths of the invalid fields. */
  paths: z.array(z.string()).optional(),
  dealId: z.string().optional(),
  key: z.string().optional(),
  /** Unknown fields were refused, or would have been. */
  isStrict: z.boolean().optional(),
  /** The id of the original request. */
  isReplayOf: z.string().optional(),
  body: z.string(),
});
export type InboundRequest = Readonly<z.output<typeof inboundRequestSchema>>;

/** The id of the original request, however often it was sent again. */
export const rootOf = ({ requestId, isReplayOf }: InboundRequest): string => isReplayOf ?? requestId;

const HIDDEN = "•••";
/**
 * Objects that are opened, and fields that are shown: neither contains personal data. Any other field may, whatever its
 * name.
 */
const OPENED = new Set(["person", "deal", "source", "assign"]);
const SHOWN = new Set([
  "dealId",
  "statusId",
  "reasonId",
  "managerId",
  "amount",
  "currency",
  "tunnelId",
  "blockId",
  "onDuplicate",
  "occurredAt",
]);
const MOST_SHOWN = 100;

/** A body without personal data; a body that is not JSON is not shown at all. */
export function redacted(body: string): unknown {
  try {
    const said: unknown = JSON.parse(body);
    return isRecord(said) ? opened(said) : HIDDEN;
  } catch {
    return `${counted(body.length, "character")} of text that is no JSON`;
  }
}

const opened = (value: object, isInner = false): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(value)
      .slice(0, MOST_SHOWN)
      .map(([name, inner]) => [cutText(name, MOST_SHOWN), shown(name, inner, isInner)]),
  );

function shown(name: string, value: unknown, isInner: boolean): unknown {
  if (OPENED.has(name) && isRecord(value) && !isInner) return opened(value, true);
  if (!SHOWN.has(name) || typeof value === "object") return HIDDEN;
  return typeof value === "string" ? cutText(value, MOST_SHOWN) : value;
}
