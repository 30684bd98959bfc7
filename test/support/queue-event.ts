import type { SQSEvent } from "aws-lambda";

/** One message as SQS hands it to a function. */
export const queueEvent = (queue: string, message: unknown): SQSEvent => ({
  Records: [
    {
      messageId: "message",
      receiptHandle: "message",
      body: JSON.stringify(message),
      attributes: {
        ApproximateReceiveCount: "1",
        SentTimestamp: "0",
        SenderId: "test",
        ApproximateFirstReceiveTimestamp: "0",
      },
      messageAttributes: {},
      md5OfBody: "",
      eventSource: "aws:sqs",
      eventSourceARN: `arn:aws:sqs:eu-central-1:111122223333:regulars-test-${queue}`,
      awsRegion: "eu-central-1",
    },
  ],
});
