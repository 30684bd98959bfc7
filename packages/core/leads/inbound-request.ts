import * as z from "zod";

/** How long a delivery stays in the log. */
export const KEPT_DAYS = 30;

export const inboundActions = ["leads.add", "deals.change_status", "deals.remove"] as const;

/** A request that a machine sent to a plan: what it asked, what it was answered. Its body is kept for sending it again. */
export const inboundRequestSchema = z.object({
  requestId: z.string(),
  /** "key:k1", or the user's. */
  actorId: z.string(),
  /** What its idempotency keys are told apart by. */
  scope: z.string(),
  action: z.enum(inboundActions),
  planId: z.string(),
  at: z.string(),
  status: z.int(),
  /** The problem's word, for one that was refused. */
  problem: z.string().optional(),
  /** Paths of the fields that could not be used. */
  paths: z.array(z.string()).optional(),
  dealId: z.string().optional(),
  key: z.string().optional(),
  /** It was refused, or would have been, for saying what nobody asked for. */
  isStrict: z.boolean().optional(),
  /** The request that it was first sent with. */
  isReplayOf: z.string().optional(),
  body: z.string(),
});
export type InboundRequest = Readonly<z.output<typeof inboundRequestSchema>>;

/** The request that a delivery was first sent with, however often it was sent again. */
export const rootOf = ({ requestId, isReplayOf }: InboundRequest): string => isReplayOf ?? requestId;

const HIDDEN = "•••";
/** What is looked into, and what is shown: neither says who it is about. Everything else might, whatever its name. */
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

/** A body as it may be shown: who is in it is not; what is not JSON is not shown at all. */
export function redacted(body: string): unknown {
  try {
    const said: unknown = JSON.parse(body);
    return isNamed(said) ? opened(said) : HIDDEN;
  } catch {
    return `${body.length} characters that are no JSON`;
  }
}

const isNamed = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const opened = (value: object, isInner = false): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(value)
      .slice(0, MOST_SHOWN)
      .map(([name, inner]) => [name.slice(0, MOST_SHOWN), shown(name, inner, isInner)]),
  );

function shown(name: string, value: unknown, isInner: boolean): unknown {
  if (OPENED.has(name) && isNamed(value) && !isInner) return opened(value, true);
  if (!SHOWN.has(name) || typeof value === "object") return HIDDEN;
  return typeof value === "string" ? value.slice(0, MOST_SHOWN) : value;
}
