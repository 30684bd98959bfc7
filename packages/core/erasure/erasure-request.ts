import * as z from "zod";
import type { CompanionWrites } from "../platform/idempotency.ts";
import type { Immutable } from "../platform/immutable.ts";
import { type Instant, instantSchema, toInstant } from "../platform/values.ts";
import { type ErasedOfKind, type ErasureSubject, erasedOfKindSchema, erasureSubjectSchema } from "./erasure.ts";

export const erasureStates = ["queued", "done"] as const;

/** An erasure that was asked for: its receipt. Once it is done, it no longer says of whom. */
export const erasureRequestSchema = z.object({
  erasureId: z.string(),
  type: z.enum(erasureSubjectSchema.options.map(({ shape }) => shape.type.value)),
  /** Until it is done. */
  id: z.string().optional(),
  state: z.enum(erasureStates),
  requestedAt: instantSchema,
  requestedBy: z.string(),
  finishedAt: instantSchema.optional(),
  /** What there was to erase before anything was erased, until it is done: a run that is cut off loses no count. */
  counted: z.array(erasedOfKindSchema).optional(),
  kinds: z.array(erasedOfKindSchema).optional(),
});
export type ErasureRequest = Immutable<z.output<typeof erasureRequestSchema>>;

/** An erasure that is not done, and when its message is sent again: the one before may have been lost. */
export const openErasureSchema = z.object({ erasureId: z.string(), dueAt: instantSchema });
export type OpenErasure = z.output<typeof openErasureSchema>;

/** Longer than an erasure and its queue take: its job has 15 minutes. */
const MESSAGE_MS = 3_600_000;

/** When an erasure's message is sent again that was sent now. */
export const againAfter = (now: Instant): Instant => toInstant(Date.parse(now) + MESSAGE_MS);

/** The erasures of a tenant. */
export interface ErasureStore {
  readonly create: (erasure: ErasureRequest, companion?: CompanionWrites) => Promise<boolean>;
  readonly open: () => Promise<readonly OpenErasure[]>;
  /** Notes when the message of an open erasure is sent again. */
  readonly postpone: (erasure: OpenErasure) => Promise<void>;
  readonly find: (erasureId: string) => Promise<ErasureRequest | undefined>;
  /** Keeps what there is to erase, once: the first count stays. */
  readonly noteCounted: (erasureId: string, counted: readonly ErasedOfKind[]) => Promise<void>;
  readonly finish: (
    erasure: ErasureRequest,
    kinds: readonly ErasedOfKind[],
    at: ErasureRequest["requestedAt"],
  ) => Promise<void>;
}

/** Whom an erasure that is not done is of. */
export function subjectOf({ type, id, state }: ErasureRequest): ErasureSubject | undefined {
  const subject = state === "done" ? undefined : erasureSubjectSchema.safeParse({ type, id });
  return subject?.success === true ? subject.data : undefined;
}
