import { BatchProcessor, EventType, processPartialResponse } from "@aws-lambda-powertools/batch";
import middy from "@middy/core";
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import type * as z from "zod";
import { CORRELATION, correlated } from "../correlation.ts";
import type { Runtime } from "../runtime.ts";

/**
 * A queue's handler: each record is validated and processed independently, and only failed ones return to the queue.
 * After the queue's last try a record goes to the dead letter queue; the log has the reason with its message id.
 */
export function queueHandler<T>(schema: z.ZodType<T>, work: (message: T) => Promise<void>, runtime: Runtime) {
  const processor = new BatchProcessor(EventType.SQS);
  const handleRecord = async (record: SQSRecord): Promise<void> => {
    try {
      await work(schema.parse(JSON.parse(record.body)));
    } catch (error) {
      const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
      const { messageId, body, attributes } = record;
      const receives = Number(attributes.ApproximateReceiveCount);
      runtime.log.error("job failed", { messageId, message: body, receives, reason });
      runtime.report("job failed", { messageId, receives });
      throw error;
    }
  };
  const recordHandler = (record: SQSRecord): Promise<void> =>
    correlated(record.messageAttributes[CORRELATION]?.stringValue ?? record.messageId, () => handleRecord(record));
  return middy<SQSEvent, SQSBatchResponse>().handler((event: SQSEvent, context: Context) =>
    processPartialResponse(event, recordHandler, processor, { context, throwOnFullBatchFailure: false }),
  );
}
