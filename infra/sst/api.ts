import type { Foundation } from "./foundation.ts";
import { type DeployedFunction, resourceName } from "./functions.ts";
import { functionArn } from "./triggers.ts";
import { alarmText, httpAlarms } from "../alarms.ts";
import { apiRoutes, http } from "../api.ts";
import { nameIn } from "../app.ts";

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
  makeAlarms(stage, api, foundation.optional("alarmTopicArn"));
  return api;
}

/** A personal stage has no topic for alarms, and so none. */
function makeAlarms(stage: string, { nodes }: sst.aws.ApiGatewayV2, topic: string | undefined): void {
  if (topic === undefined) return;
  for (const { name, says, figure, reaches } of httpAlarms)
    new aws.cloudwatch.MetricAlarm(name.split("-").map(resourceName).join(""), {
      name: nameIn(stage, name),
      alarmDescription: alarmText({ says }),
      namespace: figure.namespace,
      metricName: figure.name,
      dimensions: { ...figure.dimensions, ApiId: nodes.api.id },
      statistic: figure.statistic,
      period: figure.minutes * 60,
      evaluationPeriods: 1,
      threshold: reaches,
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      treatMissingData: "notBreaching",
      alarmActions: [topic],
    });
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
