import { resolveTxt } from "node:dns/promises";
import { CloudWatchClient, GetMetricStatisticsCommand } from "@aws-sdk/client-cloudwatch";
import {
  GetAccountSendingEnabledCommand,
  GetIdentityDkimAttributesCommand,
  GetIdentityMailFromDomainAttributesCommand,
  GetIdentityVerificationAttributesCommand,
  GetSendQuotaCommand,
  SESClient,
} from "@aws-sdk/client-ses";
import { mailFromOf } from "../../infra/mail-from.ts";
import type { MailFacts } from "./facts.ts";
import { patience } from "./patience.ts";

/** Reads how e-mail is sent in this account and region. Changes nothing. */
export async function readMail(mailFrom: string | undefined): Promise<MailFacts> {
  const client = new SESClient(patience);
  const { domain } = mailFromOf(mailFrom ?? "");
  const { Enabled } = await client.send(new GetAccountSendingEnabledCommand({}));
  const { Max24HourSend, MaxSendRate } = await client.send(new GetSendQuotaCommand({}));
  return {
    isSending: Enabled === true,
    dailyQuota: Max24HourSend ?? 0,
    perSecond: MaxSendRate ?? 0,
    complaintRate: await reputation("Reputation.ComplaintRate"),
    bounceRate: await reputation("Reputation.BounceRate"),
    domain,
    region: await client.config.region(),
    ...(await readIdentity(client, domain)),
  };
}

type IdentityFacts = Pick<MailFacts, "verification" | "dkim" | "mailFrom" | "dmarc">;

async function readIdentity(client: SESClient, domain: string): Promise<IdentityFacts> {
  if (domain === "") return { verification: undefined, dkim: { status: undefined, tokens: [] } };
  const Identities = [domain];
  const verified = await client.send(new GetIdentityVerificationAttributesCommand({ Identities }));
  const signed = await client.send(new GetIdentityDkimAttributesCommand({ Identities }));
  const from = await client.send(new GetIdentityMailFromDomainAttributesCommand({ Identities }));
  const { DkimVerificationStatus, DkimTokens } = signed.DkimAttributes?.[domain] ?? {};
  const { MailFromDomain, MailFromDomainStatus } = from.MailFromDomainAttributes?.[domain] ?? {};
  return {
    verification: verified.VerificationAttributes?.[domain]?.VerificationStatus,
    dkim: { status: DkimVerificationStatus, tokens: DkimTokens ?? [] },
    mailFrom: MailFromDomain ? { domain: MailFromDomain, status: MailFromDomainStatus } : undefined,
    dmarc: await dmarcOf(domain),
  };
}

/** What the domain says to receivers; `undefined` when it says nothing, or cannot be asked from here. */
async function dmarcOf(domain: string): Promise<string | undefined> {
  const records = await resolveTxt(`_dmarc.${domain}`).catch(() => []);
  return records.map((parts) => parts.join("")).find((text) => text.startsWith("v=DMARC1"));
}

const DAY_MS = 86_400_000;

/** The newest value of one of SES's rates within a day. */
async function reputation(MetricName: string): Promise<number | undefined> {
  const now = Date.now();
  const { Datapoints = [] } = await new CloudWatchClient(patience).send(
    new GetMetricStatisticsCommand({
      Namespace: "AWS/SES",
      MetricName,
      StartTime: new Date(now - DAY_MS),
      EndTime: new Date(now),
      Period: 3600,
      Statistics: ["Average"],
    }),
  );
  const newest = Datapoints.toSorted((a, b) => Number(b.Timestamp) - Number(a.Timestamp))[0];
  return newest?.Average;
}
