import { setTimeout as sleep } from "node:timers/promises";
import { GetSendQuotaCommand, SESClient } from "@aws-sdk/client-ses";
import type { MessageSender } from "@regulars/core/notifications/notification";
import { createMessageSender } from "@regulars/notify/message-sender";
import { createMailer } from "@regulars/notify/email";
import { type SendRate, createSendRate } from "@regulars/notify/send-rate";
import { createTurns } from "@regulars/notify/turns";
import { clientPatience, forJobs } from "@regulars/store/engine/patience";
import * as z from "zod";
import { jobs } from "../../infra/jobs.ts";
import { mailFromForm, mailFromOf, noMailFrom } from "../../infra/mail-from.ts";

const configSchema = z.object({
  MAIL_FROM: z.string().regex(mailFromForm, noMailFrom),
  MAIL_CONFIGURATION_SET: z.string().min(1).optional(),
  SES_ENDPOINT: z.url().optional(),
});

/** Where e-mail is sent; the local system has the same names with loopback addresses. */
type MessageSenderConfig = z.input<typeof configSchema>;

/** One attempt: a message that SES took, and whose answer was lost, would be sent twice without a mark. */
const forMail = { ...forJobs, answerMs: 15_000, attempts: 1 };

/**
 * A message sender over SES, and over the Slack of each message's tenant. It is not part of the runtime, so that only the function that sends loads the
 * libraries for e-mail.
 */
export function openMessageSender(config: MessageSenderConfig): MessageSender {
  const env = configSchema.parse(config);
  const { name, address } = mailFromOf(env.MAIL_FROM);
  const client = new SESClient({
    ...clientPatience(forMail),
    ...(env.SES_ENDPOINT === undefined
      ? {}
      : {
          endpoint: env.SES_ENDPOINT,
          region: "local",
          credentials: { accessKeyId: "local", secretAccessKey: "local" },
        }),
  });
  const mailer = createMailer({
    client,
    from: { name, address },
    configurationSet: env.MAIL_CONFIGURATION_SET,
  });
  return createMessageSender({ mailer, turns: createTurns(), rate: rateOf(client, env) });
}

/** The account's own pace; the local system's mailbox takes what comes. */
function rateOf(client: SESClient, { SES_ENDPOINT: local }: z.output<typeof configSchema>): SendRate | undefined {
  if (local !== undefined) return undefined;
  return createSendRate({
    readRate: async () => (await client.send(new GetSendQuotaCommand({}))).MaxSendRate ?? 1,
    processes: jobs.deliver.queue.maxConcurrency,
    elapsed: () => performance.now(),
    wait: (ms) => sleep(ms),
    random: () => Math.random(),
  });
}

/** The message sender of a function's environment. */
export const messageSenderOf = (env: unknown): MessageSender => openMessageSender(configSchema.parse(env));
