import type { Foundation } from "./foundation.ts";
import type { DeployedFunction } from "./functions.ts";
import { functionArn } from "./triggers.ts";
import { apiRoutes, http } from "../api.ts";
import { nameIn } from "../app.ts";

const FIVE_MINUTES = 300;

const rings = [
  {
    resource: "HttpFaults",
    name: "http-faults",
    says: "The API answered with server errors.",
    metricName: "5xx",
    threshold: 1,
  },
  {
    resource: "HttpRefusals",
    name: "http-refusals",
    says: "The API or its gateway refused many requests: a limit is reached, or a caller goes on in vain.",
    metricName: "4xx",
    threshold: http.refusedInFiveMinutes,
  },
] as const;

/**
 * The one address of the console and of the HTTP API, with access logs, limits and, if configured, its own domain: some
 * paths are the API's (`apiPaths`), all else is the console's.
 */
export function makeApi(
  stage: string,
  { api: apiHandler, console: pages }: Readonly<Record<"api" | "console", DeployedFunction>>,
  foundation: Foundation,
): sst.aws.ApiGatewayV2 {
  const domain = domainOf(foundation);
  const api = new sst.aws.ApiGatewayV2("Http", {
    cors: false,
    accessLog: { retention: "1 month" },
    ...(domain === undefined ? {} : { domain }),
    transform: {
      stage: (args) => {
        args.defaultRouteSettings = { throttlingRateLimit: http.requestsPerSecond, throttlingBurstLimit: http.burst };
      },
    },
  });
  for (const route of apiRoutes) api.route(route, functionArn(apiHandler));
  api.route("$default", functionArn(pages));
  for (const { resource, name, says, metricName, threshold } of rings)
    new aws.cloudwatch.MetricAlarm(resource, {
      name: nameIn(stage, name),
      alarmDescription: `${says} See docs/operations.md.`,
      namespace: "AWS/ApiGateway",
      metricName,
      dimensions: { ApiId: api.nodes.api.id, Stage: "$default" },
      statistic: "Sum",
      period: FIVE_MINUTES,
      evaluationPeriods: 1,
      threshold,
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      treatMissingData: "notBreaching",
      alarmActions: [foundation.value("alarmTopicArn")],
    });
  return api;
}

/**
 * Without a given certificate the zone of the domain must be in Route 53; SST then creates the record and the
 * certificate.
 */
function domainOf(
  foundation: Foundation,
): { readonly name: string; readonly dns?: false; readonly cert?: string } | undefined {
  const name = foundation.optional("apiDomain");
  if (name === undefined) return undefined;
  const cert = foundation.optional("apiCertificateArn");
  return cert === undefined ? { name } : { name, dns: false, cert };
}
