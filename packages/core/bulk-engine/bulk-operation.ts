import * as z from "zod";
import { operationIdSchema } from "../platform/ids.ts";
import type { Instant } from "../platform/values.ts";

/** Members per stored page. */
export const MEMBERS_PER_PAGE = 100;

/**
 * Fields of every bulk operation: the first `next` of `total` members are done. Each kind adds its request and its
 * counters.
 */
export const operationFields = {
  operationId: operationIdSchema,
  state: z.enum(["running", "done"]),
  total: z.int(),
  next: z.int(),
  actorId: z.string(),
  requestId: z.string(),
  createdAt: z.string(),
  finishedAt: z.string().optional(),
};

const operationSchema = z.object(operationFields);
export type BulkOperation = Readonly<z.output<typeof operationSchema>>;

/** A page of members, frozen when the operation began, with the results of the first ones so far. */
export interface BulkChunk<Member, Result> {
  readonly chunk: number;
  readonly members: readonly Member[];
  readonly results: readonly Result[];
}

/** A page as it is stored. */
export const chunkSchemaOf = <Member extends z.ZodType, Result extends z.ZodType>(member: Member, result: Result) =>
  z.object({ chunk: z.int(), members: z.array(member), results: z.array(result) });

/** A new operation on `total` frozen members. Without members it is completed immediately. */
export const newOperation = (
  asked: Pick<BulkOperation, "operationId" | "total" | "actorId" | "requestId">,
  now: Instant,
): BulkOperation => ({
  ...asked,
  next: 0,
  createdAt: now,
  ...(asked.total === 0 ? { state: "done", finishedAt: now } : { state: "running" }),
});

/** The next members of an operation, which are processed in one transaction. */
export interface Piece<Operation, Member, Result> {
  readonly operation: Operation;
  readonly chunk: BulkChunk<Member, Result>;
  readonly members: readonly Member[];
}

/** Number of the page that contains the operation's next member. */
export const nextPage = ({ next }: BulkOperation): number => Math.floor(next / MEMBERS_PER_PAGE);

/** At most `most` members from the operation's position; a piece never crosses the end of a page. */
export function pieceOf<Operation extends BulkOperation, Member, Result>(
  operation: Operation,
  chunk: BulkChunk<Member, Result>,
  most: number,
): Piece<Operation, Member, Result> {
  const begin = operation.next % MEMBERS_PER_PAGE;
  return { operation, chunk, members: chunk.members.slice(begin, begin + most) };
}

/**
 * The page and the operation after a piece, given one result per member. `counters` names the operation's counter for
 * each state of a result.
 */
export function advance<
  Counter extends string,
  Operation extends BulkOperation & Readonly<Record<Counter, number>>,
  Member,
  State extends string,
  Result extends { readonly state: State },
>(
  { operation, chunk }: Piece<Operation, Member, Result>,
  results: readonly Result[],
  counters: Readonly<Record<State, Counter>>,
  now: Instant,
): { readonly chunk: BulkChunk<Member, Result>; readonly operation: Operation } {
  const next = operation.next + results.length;
  const counted = Object.entries<Counter>(counters).map(([state, counter]) => [
    counter,
    operation[counter] + results.filter((result) => result.state === state).length,
  ]);
  return {
    chunk: { ...chunk, results: [...chunk.results, ...results] },
    operation: {
      ...operation,
      ...Object.fromEntries(counted),
      next,
      ...(next < operation.total ? {} : { state: "done", finishedAt: now }),
    },
  };
}
