import type { OpenAPIHono } from "@hono/zod-openapi";
import type { ApiEnv } from "./environment.ts";
import { writtenPath } from "./verb-path.ts";

/** The API's description as plain data (OpenAPI 3.1). */
export function openApiDocument(app: OpenAPIHono<ApiEnv>) {
  const document = app.getOpenAPI31Document({
    openapi: "3.1.1",
    info: {
      title: "Regulars",
      version: "1.0.0",
      description:
        "Which customers are slipping away, what they stopped buying, who owes what; and the way in for an ERP. " +
        "Lists are pages with an opaque cursor, money is whole minor units, days are YYYY-MM-DD in the tenant's zone, " +
        "times ISO 8601 in UTC. Every error is application/problem+json. Things of another tenant are not there.",
      license: { name: "MIT" },
    },
    servers: [{ url: "/" }],
    security: [{ token: [] }, { apiKey: [] }],
    tags: [
      { name: "Access", description: "Who asks, and the keys of machines" },
      { name: "Users", description: "The tenant's employees" },
      { name: "Customers", description: "Customers with all that is known of them" },
      { name: "Insights", description: "What the nightly runs find, and how right their rules are" },
      { name: "Ingest", description: "What an ERP tells: batches of up to 100, corrections, cancellations" },
      { name: "Plans", description: "Sales plans: statuses, members, and how leads find them" },
      { name: "Deals", description: "Deals of sales plans" },
      { name: "Inbound webhooks", description: "What marketing integrations send, and how it fared" },
      { name: "Webhooks", description: "Who is told of deals, and how it fared" },
      { name: "Nightly runs", description: "Nightly runs, and the messages they send" },
    ],
  });
  return {
    ...document,
    paths: Object.fromEntries(Object.entries(document.paths ?? {}).map(([path, item]) => [writtenPath(path), item])),
    components: {
      ...document.components,
      securitySchemes: {
        token: {
          type: "http" as const,
          scheme: "bearer",
          bearerFormat: "JWT",
          description: "A person's token, from the operator's OIDC issuer",
        },
        apiKey: {
          type: "apiKey" as const,
          in: "header" as const,
          name: "X-Api-Key",
          description: "A machine's key; also as a bearer token",
        },
      },
    },
  };
}

export type ApiDocument = ReturnType<typeof openApiDocument>;
