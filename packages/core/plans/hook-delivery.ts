import * as z from "zod";

/** How long a delivery stays in the log. */
export const KEPT_DAYS = 30;

export const hookActions = ["leads.add", "deals.change_status", "deals.remove"] as const;

/** A request that a machine sent to a plan: what it asked, what it was answered. Its body is kept for sending it again. */
export const hookDeliverySchema = z.object({
  requestId: z.string(),
  /** "key:k1", or the user's. */
  actorId: z.string(),
  /** What its idempotency keys are told apart by. */
  scope: z.string(),
  action: z.enum(hookActions),
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
export type HookDelivery = Readonly<z.output<typeof hookDeliverySchema>>;

/** The request that a delivery was first sent with, however often it was sent again. */
export const rootOf = ({ requestId, isReplayOf }: HookDelivery): string => isReplayOf ?? requestId;

const SECRET = new Set(["name", "email", "phone", "externalId", "title", "fields", "clarification", "utm"]);

/** A body as it may be shown: who is in it is not; what is not JSON is not shown at all. */
export function redacted(body: string): unknown {
  try {
    return mask(JSON.parse(body));
  } catch {
    return `${body.length} characters that are no JSON`;
  }
}

function mask(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 100).map(mask);
  if (typeof value !== "object" || value === null) return typeof value === "string" ? value.slice(0, 100) : value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name.slice(0, 100), SECRET.has(name) ? "•••" : mask(inner)]),
  );
}
