import { BatchProcessor, EventType, processPartialResponse } from "@aws-lambda-powertools/batch";
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import type * as z from "zod";
import { OUT_OF_TIME, carried } from "../carried.ts";
import { CORRELATION, correlated } from "../correlation.ts";
import type { Runtime } from "../runtime.ts";

/**
 * A queue's handler: each record is validated and processed independently, and only failed ones return to the queue, also
 * when the function's time is over. After the queue's last try a record goes to the dead letter queue; the log has the
 * reason with its message id.
 */
export function queueHandler<T>(schema: z.ZodType<T>, work: (message: T) => Promise<void>, runtime: Runtime) {
  const failed = ({ messageId, body, attributes }: SQSRecord, reason: string): void => {
    const receives = Number(attributes.ApproximateReceiveCount);
    runtime.log.error("job failed", { messageId, message: body, receives, reason });
    runtime.report("job failed", { messageId, receives });
  };
  return (given: SQSEvent, givenContext: Context): Promise<SQSBatchResponse> => {
    const open = new Map(given.Records.map((record) => [record.messageId, record]));
    const undone = new Set(open.keys());
    const fail = (record: SQSRecord, reason: string): void => {
      if (!open.delete(record.messageId)) return;
      correlated(originOf(record), () => failed(record, reason));
    };
    const recordHandler = (record: SQSRecord): Promise<void> =>
      correlated(originOf(record), async () => {
        try {
          await work(schema.parse(JSON.parse(record.body)));
          open.delete(record.messageId);
          undone.delete(record.messageId);
        } catch (error) {
          fail(record, error instanceof Error ? (error.stack ?? error.message) : String(error));
          throw error;
        }
      });
    const processor = new BatchProcessor(EventType.SQS);
    return carried<SQSEvent, SQSBatchResponse>({
      runtime,
      work: (event, context) =>
        processPartialResponse(event, recordHandler, processor, { context, throwOnFullBatchFailure: false }),
      tooLate: () => {
        for (const record of open.values()) fail(record, OUT_OF_TIME);
        return { batchItemFailures: [...undone].map((itemIdentifier) => ({ itemIdentifier })) };
      },
    })(given, givenContext);
  };
}

const originOf = ({ messageId, messageAttributes }: SQSRecord): string =>
  messageAttributes[CORRELATION]?.stringValue ?? messageId;
