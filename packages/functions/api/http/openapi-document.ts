import type { OpenAPIHono } from "@hono/zod-openapi";
import type { ApiEnv } from "./environment.ts";
import { writtenPath } from "./verb-path.ts";

/** Where machines send leads. */
export const INBOUND = "Inbound webhooks";

/** The API's OpenAPI 3.1 document as plain data. */
export function openApiDocument(app: OpenAPIHono<ApiEnv>) {
  const document = app.getOpenAPI31Document({
    openapi: "3.1.1",
    info: {
      title: "Regulars",
      version: "1.0.0",
      description:
        "Which customers are slipping away, what they stopped buying and what they owe; and data import for ERPs. " +
        "Lists are pages with an opaque cursor, money is whole minor units, days are YYYY-MM-DD in the tenant's zone, " +
        "times ISO 8601 in UTC. Every error is application/problem+json. Data of other tenants is treated as unknown.",
      license: { name: "MIT" },
    },
    servers: [{ url: "/" }],
    security: [{ token: [] }, { apiKey: [] }],
    tags: [
      { name: "Access", description: "The caller, and API keys" },
      { name: "Users", description: "The tenant's employees" },
      { name: "Customers", description: "Customers with their orders, invoices and findings" },
      { name: "Code Red", description: "The call list of customers whose buying changed" },
      { name: "Relationships", description: "How well customers and we are in touch" },
      { name: "Status monitors", description: "Statuses that customers, persons and projects have by their records" },
      { name: "Notifications", description: "What reaches whom, how and when" },
      { name: "Who knows whom", description: "Colleagues who know somebody, and introductions by them" },
      { name: "Insights", description: "Findings of the nightly runs, and how often their rules are right" },
      { name: "Ingest", description: "Input of an ERP: batches of up to 100 items, corrections, cancellations" },
      { name: "Plans", description: "Sales plans: statuses, members, and how leads are assigned" },
      { name: "Deals", description: "Deals of sales plans" },
      { name: INBOUND, description: "Requests of marketing integrations, and their log" },
      { name: "Webhooks", description: "Webhooks that are informed of events, and their deliveries" },
      { name: "Slack", description: "The tenant's connection with a Slack workspace" },
      { name: "Nightly runs", description: "Nightly runs and their messages" },
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
          description: "An API key; also accepted as a bearer token",
        },
      },
    },
  };
}

export type ApiDocument = ReturnType<typeof openApiDocument>;
