import type { Foundation } from "./foundation.ts";
import type { DeployedFunction } from "./functions.ts";
import { functionArn } from "./triggers.ts";
import { http } from "../api.ts";
import { nameIn } from "../app.ts";

const FIVE_MINUTES = 300;

/** The HTTP API: one route to one function, with access logs, limits and, if configured, its own domain. */
export function makeApi(stage: string, handler: DeployedFunction, foundation: Foundation): sst.aws.ApiGatewayV2 {
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
  api.route("$default", functionArn(handler));
  new aws.cloudwatch.MetricAlarm("HttpFaults", {
    name: nameIn(stage, "http-faults"),
    alarmDescription: "The API answered with server errors. See docs/operations.md.",
    namespace: "AWS/ApiGateway",
    metricName: "5xx",
    dimensions: { ApiId: api.nodes.api.id, Stage: "$default" },
    statistic: "Sum",
    period: FIVE_MINUTES,
    evaluationPeriods: 1,
    threshold: 1,
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
