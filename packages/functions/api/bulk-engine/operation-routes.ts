import type { BulkOperation, BulkChunk } from "@regulars/core/bulk-engine/bulk-operation";
import { type OperationId, operationIdSchema } from "@regulars/core/platform/ids";
import type { Context } from "hono";
import * as z from "zod";
import type { ApiEnv } from "../http/environment.ts";
import { refused } from "../http/problem.ts";
import { json, lookup, problems, wholeQuery } from "../http/schemas.ts";
import { sendAbout } from "../http/send-after.ts";

/** Has a bulk operation that the returned function is told worked on, once it is stored. */
export const startingOperation = (c: Context<ApiEnv>) =>
  sendAbout<Pick<BulkOperation, "operationId">>(c, "plans", ({ operationId }) => ({ operationId }));

/** The operation of a request's path, if this caller may see it. */
export async function operationOf<Operation extends BulkOperation>(
  c: Context<ApiEnv>,
  find: (operationId: OperationId) => Promise<Operation | undefined>,
  maySee: (operation: Operation) => Promise<boolean>,
): Promise<Operation> {
  const operationId = operationIdSchema.safeParse(c.req.param("operationId"));
  const operation = operationId.success ? await find(operationId.data) : undefined;
  if (operation === undefined || !(await maySee(operation)))
    throw refused({ reason: "unknown-operation", message: "there is no such bulk operation" });
  return operation;
}

/** The request of a page of results; `example` is the id of an operation of the kind. */
export const resultsRequest = (example: string) => ({
  params: z.object({ operationId: lookup(example) }),
  query: z.object({ page: wholeQuery(0, 1_000_000).default(0).meta({ example: 0 }) }),
});

export const resultsResponses = <Row extends z.ZodType>(row: Row) => ({
  200: json(z.object({ data: z.array(row), nextPage: z.int().nullable() }), "Results"),
  ...problems(404),
});

/** A page's members with their results, "waiting" for those that are not done, and the number of the next page. */
export async function resultsOf<Member, Outcome, Row>(
  number: number,
  page: (page: number) => Promise<BulkChunk<Member, Outcome> | undefined>,
  rowOf: (member: Member, result: Outcome | undefined) => Row,
): Promise<{ data: Row[]; nextPage: number | null }> {
  const [found, next] = await Promise.all([page(number), page(number + 1)]);
  return {
    data: (found?.members ?? []).map((member, i) => rowOf(member, found?.results[i])),
    nextPage: next === undefined ? null : number + 1,
  };
}
