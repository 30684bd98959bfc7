import { Duration } from "aws-cdk-lib";
import { Metric } from "aws-cdk-lib/aws-cloudwatch";
import type { Figure } from "../infra/figures.ts";

/** A figure as CDK takes it. */
export const metricOf = ({ namespace, name, dimensions, statistic, minutes, label }: Figure): Metric =>
  new Metric({
    namespace,
    metricName: name,
    dimensionsMap: { ...dimensions },
    statistic,
    period: Duration.minutes(minutes),
    ...(label === undefined ? {} : { label }),
  });
