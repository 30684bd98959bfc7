import { memo } from "@regulars/core/platform/memo";
import type { CloudParts } from "../runtime.ts";

/** The sender of a deployed function's messages: SES and Slack, loaded with the first message. */
export const cloudMail: NonNullable<CloudParts["messageSender"]> = (env) => {
  const sender = memo(async () => (await import("../message-sender.ts")).messageSenderOf(env));
  return {
    takeTurn: async (message) => (await (await sender()).takeTurn?.(message)) ?? (() => undefined),
    deliver: async (...message) => (await sender()).deliver(...message),
  };
};
