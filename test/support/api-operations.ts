import * as z from "zod";
import { type ApiDesk, type Asked, bodyOf } from "./api-desk.ts";

/** One operation as the OpenAPI document describes it. */
export interface ApiOperation {
  readonly method: string;
  /** With its parameters in braces. */
  readonly path: string;
  readonly name: string;
  readonly parameters: readonly ApiParameter[];
  /** The body's example; undefined where the operation takes none. */
  readonly body: unknown;
  readonly responses: Readonly<Record<string, ApiResponse>>;
  readonly isOpen: boolean;
}

export interface ApiParameter {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly isRequired: boolean;
  readonly example: unknown;
}

export interface ApiResponse {
  readonly description: string;
  readonly content?: Readonly<Record<string, { readonly schema: object }>> | undefined;
}

const contentSchema = z.record(z.string(), z.object({ schema: z.looseObject({}), example: z.unknown().optional() }));

const operationSchema = z.object({
  summary: z.string().min(1),
  tags: z.array(z.string()).min(1),
  security: z.array(z.looseObject({})).optional(),
  parameters: z
    .array(
      z.object({
        name: z.string(),
        in: z.enum(["path", "query", "header"]),
        required: z.boolean().optional(),
        schema: z.looseObject({ example: z.unknown().optional() }),
      }),
    )
    .default([]),
  requestBody: z.object({ required: z.literal(true), content: contentSchema }).optional(),
  responses: z.record(z.string(), z.object({ description: z.string(), content: contentSchema.optional() })),
});

export const documentSchema = z.looseObject({
  openapi: z.string(),
  paths: z.record(z.string(), z.record(z.string(), operationSchema)),
  components: z.looseObject({ schemas: z.record(z.string(), z.looseObject({})) }),
});

/** The OpenAPI document as it is served. */
export const documentOf = async (desk: ApiDesk) =>
  documentSchema.parse(await bodyOf<unknown>(await desk.ask("/v1/openapi.json")));

/** Every operation of the document. */
export async function operationsOf(desk: ApiDesk): Promise<readonly ApiOperation[]> {
  const { paths } = await documentOf(desk);
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters, requestBody, responses, security }]) => ({
      method: method.toUpperCase(),
      path,
      name: `${method.toUpperCase()} ${path}`,
      parameters: parameters.map(({ name, in: place, required, schema }) => ({
        name,
        in: place,
        isRequired: required === true,
        example: schema.example,
      })),
      body: requestBody?.content["application/json"]?.example,
      responses,
      isOpen: security?.length === 0,
    })),
  );
}

/** How an operation is asked by its own examples. `all` takes the optional parameters in. */
export function exampleOf(operation: ApiOperation, all = false): { readonly path: string; readonly asked: Asked } {
  const query = new URLSearchParams();
  for (const { name, in: place, isRequired, example } of operation.parameters)
    if (place === "query" && example !== undefined && (all || isRequired)) query.set(name, String(example));
  const search = query.size === 0 ? "" : `?${query}`;
  return {
    path: pathWith(operation, (parameter) => String(parameter.example)) + search,
    asked: { method: operation.method, ...(operation.body === undefined ? {} : { body: operation.body }) },
  };
}

/** How an operation is asked by its examples, without and with all that is optional; once where that is the same. */
export function examplesOf(operation: ApiOperation): readonly ReturnType<typeof exampleOf>[] {
  const [bare, whole] = [exampleOf(operation), exampleOf(operation, true)];
  return bare.path === whole.path ? [bare] : [bare, whole];
}

/** The operation's path with a value for each of its parameters. */
export const pathWith = (operation: ApiOperation, valueOf: (parameter: ApiParameter) => string): string =>
  operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const parameter = operation.parameters.find((one) => one.name === name && one.in === "path");
    if (parameter === undefined) throw new Error(`${operation.name} does not describe its parameter ${name}`);
    return encodeURIComponent(valueOf(parameter));
  });
