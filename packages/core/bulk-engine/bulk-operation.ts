import * as z from "zod";
import { operationIdSchema } from "../platform/ids.ts";
import type { Instant } from "../platform/values.ts";

/** Members on one stored page. */
export const MEMBERS_PER_PAGE = 100;

/** Fields of every bulk operation: `next` of `total` members are done. A kind adds what was asked for, and its counters. */
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

/** Members as they were frozen when the operation began, and the results of the first of them so far. */
export interface BulkChunk<Member, Result> {
  readonly chunk: number;
  readonly members: readonly Member[];
  readonly results: readonly Result[];
}

/** A page as it is stored. */
export const chunkSchemaOf = <Member extends z.ZodType, Result extends z.ZodType>(member: Member, result: Result) =>
  z.object({ chunk: z.int(), members: z.array(member), results: z.array(result) });

/** An operation on `total` frozen members, none of which is done. Without members it is done at once. */
export const newOperation = (
  asked: Pick<BulkOperation, "operationId" | "total" | "actorId" | "requestId">,
  now: Instant,
): BulkOperation => ({
  ...asked,
  next: 0,
  createdAt: now,
  ...(asked.total === 0 ? { state: "done", finishedAt: now } : { state: "running" }),
});

/** The next members of an operation, which are worked on in one transaction. */
export interface Piece<Operation, Member, Result> {
  readonly operation: Operation;
  readonly chunk: BulkChunk<Member, Result>;
  readonly members: readonly Member[];
}

/** Number of the page with an operation's next member. */
export const nextPage = ({ next }: BulkOperation): number => Math.floor(next / MEMBERS_PER_PAGE);

/** At most `most` members from where the operation stands; a piece ends with its page. */
export function pieceOf<Operation extends BulkOperation, Member, Result>(
  operation: Operation,
  chunk: BulkChunk<Member, Result>,
  most: number,
): Piece<Operation, Member, Result> {
  const begin = operation.next % MEMBERS_PER_PAGE;
  return { operation, chunk, members: chunk.members.slice(begin, begin + most) };
}

/**
 * Page and operation after a piece's results, one result per member. `counters` names the operation's counter of each
 * state that a result may have.
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
