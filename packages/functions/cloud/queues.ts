import { memo } from "@regulars/core/platform/memo";
import { clientPatience } from "@regulars/store/engine/patience";
import type { CloudParts } from "../runtime.ts";

/** The queues that a deployed function sends to: SQS, loaded with the first message. */
export const cloudQueues: NonNullable<CloudParts["queues"]> = (urls, patience) => {
  const sqs = memo(async () => {
    const [{ SQSClient }, { sqsQueues }] = await Promise.all([
      import("@aws-sdk/client-sqs"),
      import("../queues/sqs-queues.ts"),
    ]);
    return sqsQueues(new SQSClient(clientPatience(patience)), urls);
  });
  return { send: async (...message) => (await sqs()).send(...message) };
};
