import type { BulkOperation, BulkChunk } from "@regulars/core/bulk-engine/bulk-operation";
import type { Right } from "@regulars/core/access/rights";
import { type OperationId, operationIdSchema } from "@regulars/core/platform/ids";
import { createRoute } from "@hono/zod-openapi";
import type { Context } from "hono";
import * as z from "zod";
import { demand } from "../access/decide.ts";
import type { ApiEnv } from "../http/environment.ts";
import { refused } from "../http/problem.ts";
import { json, problems, wholeQuery } from "../http/schemas.ts";
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

const resultsSchemaOf = <Row extends z.ZodType>(row: Row) =>
  z.object({ data: z.array(row), nextPage: z.int().nullable() });

/** The routes of an operation's progress and of its results; `params` is its id, with an example. */
export const operationRoutes = <
  const Path extends string,
  Params extends z.ZodObject,
  Answer extends z.ZodType,
  Row extends z.ZodType,
>(
  { path, params, answer, row }: { readonly path: Path; readonly params: Params; readonly answer: Answer; row: Row },
  { tags, needs, summaries }: { tags: string[]; needs: Right; summaries: { progress: string; results: string } },
) => ({
  progress: createRoute({
    method: "get",
    path,
    tags,
    summary: summaries.progress,
    middleware: [demand(needs)],
    request: { params },
    responses: { 200: json(answer, "The bulk operation"), ...problems(404) },
  }),
  results: createRoute({
    method: "get",
    path: `${path}/results`,
    tags,
    summary: summaries.results,
    middleware: [demand(needs)],
    request: { params, query: z.object({ page: wholeQuery(0, 1_000_000).default(0).meta({ example: 0 }) }) },
    responses: { 200: json(resultsSchemaOf(row), "Results"), ...problems(404) },
  }),
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
