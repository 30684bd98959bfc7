import { Logger } from "@aws-lambda-powertools/logger";
import { Metrics } from "@aws-lambda-powertools/metrics";
import { metrics as metricsOf } from "../../../infra/metrics.ts";
import { correlationId } from "../correlation.ts";
import { type JobLog, unfailing } from "./job-log.ts";
import { editionFiguresOf, figuresOf } from "./figures.ts";

const metricsSpec = { namespace: metricsOf.namespace, serviceName: metricsOf.service };

/**
 * Lines of CloudWatch. The metrics of a line, for alarms and charts, are lines of their own (EMF): one of the stage, one
 * of the tenant's edition.
 */
export function cloudLog(stage: string): JobLog {
  const logger = new Logger({ serviceName: metricsSpec.serviceName });
  const metrics = new Metrics({ ...metricsSpec, defaultDimensions: { stage } });
  const publish = unfailing((what, given) => {
    const { edition, figures: ofEdition } = editionFiguresOf(what, given);
    const figures = figuresOf(what, given);
    for (const { name, unit, value } of figures) metrics.addMetric(name, unit, value);
    if (figures.length > 0) metrics.publishStoredMetrics();
    if (edition === undefined || ofEdition.length === 0) return;
    metrics.addDimension("edition", edition);
    for (const { name, unit, value } of ofEdition) metrics.addMetric(name, unit, value);
    metrics.publishStoredMetrics();
  });
  return {
    info: (what, given) => {
      logger.info(what, withCorrelation(given));
      publish(what, given);
    },
    error: (what, given) => logger.error(what, withCorrelation(given)),
    enter: (context) => logger.addContext(context),
  };
}

const withCorrelation = (figures: object) => ({ correlation_id: correlationId(), ...figures });
