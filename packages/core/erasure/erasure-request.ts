import * as z from "zod";
import type { CompanionWrites } from "../platform/idempotency.ts";
import type { Immutable } from "../platform/immutable.ts";
import { instantSchema } from "../platform/values.ts";
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

/** The erasures of a tenant. */
export interface ErasureStore {
  readonly create: (erasure: ErasureRequest, companion?: CompanionWrites) => Promise<boolean>;
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
