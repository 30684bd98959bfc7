import { CfnOutput, Stack } from "aws-cdk-lib";
import type { IKey } from "aws-cdk-lib/aws-kms";
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  EmailIdentity,
  EmailSendingEvent,
  EventDestination,
  Identity,
  SuppressionReasons,
} from "aws-cdk-lib/aws-ses";
import { Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription, SqsSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import { nameIn } from "../infra/app.ts";
import { mailFromOf } from "../infra/mail-from.ts";
import type { StageSettings } from "./settings.ts";

interface MailIdentity {
  readonly identityArn: string;
  readonly configurationArn: string;
  readonly configurationName: string;
}

/** Reasons for which SES stops sending to an address and reports it to the topic. */
const REFUSALS = [
  EmailSendingEvent.BOUNCE,
  EmailSendingEvent.COMPLAINT,
  EmailSendingEvent.REJECT,
  EmailSendingEvent.RENDERING_FAILURE,
];

/** What the log of messages and the suppression of addresses need to know. */
const OUTCOMES = [
  EmailSendingEvent.DELIVERY,
  EmailSendingEvent.DELIVERY_DELAY,
  EmailSendingEvent.BOUNCE,
  EmailSendingEvent.COMPLAINT,
  EmailSendingEvent.REJECT,
];

/** The verified sending domain, and the configuration set that all its e-mails use. */
export function makeMail(
  scope: Construct,
  stage: string,
  { mailFrom, alarmEmail, personal }: StageSettings,
  { key, queue }: { readonly key: IKey | undefined; readonly queue: IQueue },
): MailIdentity {
  const { account, partition, region } = Stack.of(scope);
  const name = nameIn(stage, "mail");
  const configuration = new ConfigurationSet(scope, "MailConfiguration", {
    configurationSetName: name,
    reputationMetrics: true,
    suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
    tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
  });
  const events = new Topic(scope, "MailEvents", {
    topicName: nameIn(stage, "mail-events"),
    ...(key === undefined ? {} : { masterKey: key }),
    enforceSSL: true,
  });
  events.addSubscription(new EmailSubscription(alarmEmail));
  configuration.addEventDestination("Refusals", {
    events: REFUSALS,
    destination: EventDestination.snsTopic(events),
  });
  tellQueue(scope, stage, { configuration, key, queue });
  const { domain } = mailFromOf(mailFrom);
  const arnOf = (what: string) => `arn:${partition}:ses:${region}:${account}:${what}`;
  const configured = { configurationName: name, configurationArn: arnOf(`configuration-set/${name}`) };
  if (personal === true) return { identityArn: arnOf(`identity/${domain}`), ...configured };
  const identity = new EmailIdentity(scope, "MailIdentity", {
    identity: Identity.domain(domain),
    configurationSet: configuration,
    // The envelope's sender is of the same domain: receivers that ask for SPF and DMARC find both.
    mailFromDomain: `bounce.${domain}`,
  });
  for (const [i, { name: host, value }] of identity.dkimRecords.entries())
    new CfnOutput(scope, `MailDns${i + 1}`, {
      value: `${host} CNAME ${value}`,
      description: "DNS record of the sending domain",
    });
  return { identityArn: identity.emailIdentityArn, ...configured };
}

/** What SES tells of each mail goes to the job that notes it, and to nobody else. */
function tellQueue(
  scope: Construct,
  stage: string,
  {
    configuration,
    key,
    queue,
  }: { readonly configuration: ConfigurationSet; readonly key: IKey | undefined; readonly queue: IQueue },
): void {
  const told = new Topic(scope, "MailOutcomes", {
    topicName: nameIn(stage, "mail-outcomes"),
    ...(key === undefined ? {} : { masterKey: key }),
    enforceSSL: true,
  });
  told.addSubscription(new SqsSubscription(queue, { rawMessageDelivery: true }));
  configuration.addEventDestination("Outcomes", { events: OUTCOMES, destination: EventDestination.snsTopic(told) });
}
