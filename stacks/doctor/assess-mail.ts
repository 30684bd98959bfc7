import type { MailFacts } from "./facts.ts";
import { type StageCheck, fine, look, wrong } from "./stage-check.ts";

const SANDBOX_QUOTA = 200;
/** SES looks into an account from .1 % complaints on, and may stop it from .5 % on; for bounces 5 % and 10 %. */
const COMPLAINTS = { look: 0.001, wrong: 0.005 };
const BOUNCES = { look: 0.05, wrong: 0.1 };

const percent = (rate: number): string => `${Number((rate * 100).toFixed(3))} %`;

/** Checks the sending of e-mail: the domain, its DNS records, and what receivers think of the mails. */
export function checkMail(facts: MailFacts): StageCheck[] {
  const { verification, isSending, dailyQuota, perSecond } = facts;
  if (verification !== "Success")
    return [
      wrong("e-mail", `the sending domain is not verified (${verification ?? "unknown"}): set its DNS records`),
      ...dnsRecords(facts),
    ];
  if (!isSending) return [wrong("e-mail", "sending is switched off in this account and region")];
  return [
    dailyQuota <= SANDBOX_QUOTA
      ? look(
          "e-mail",
          `the account is in SES's sandbox (${dailyQuota} a day, verified receivers only): ask AWS for production access`,
        )
      : fine("e-mail", `verified, ${dailyQuota} a day, ${perSecond} a second`),
    rateOf("complaints", facts.complaintRate, COMPLAINTS, "see who complains: regulars suppressions"),
    rateOf("bounces", facts.bounceRate, BOUNCES, "have the addresses corrected: regulars suppressions"),
    ...dnsRecords(facts),
  ];
}

function rateOf(
  what: string,
  rate: number | undefined,
  limits: { readonly look: number; readonly wrong: number },
  todo: string,
): StageCheck {
  if (rate === undefined) return fine(`e-mail ${what}`, "too few mails to say");
  if (rate >= limits.wrong) return wrong(`e-mail ${what}`, `${percent(rate)}: SES may stop the account; ${todo}`);
  if (rate >= limits.look)
    return look(`e-mail ${what}`, `${percent(rate)}, from ${percent(limits.look)} on SES looks into it; ${todo}`);
  return fine(`e-mail ${what}`, percent(rate));
}

/** The DNS records of the sending domain, as they are to be, and whether they are seen. */
function dnsRecords({ domain, region, dkim, mailFrom, dmarc }: MailFacts): StageCheck[] {
  const signed = dkim.status === "Success";
  const envelope = mailFrom?.domain ?? `bounce.${domain}`;
  const isOwn = mailFrom?.status === "Success";
  return [
    ...dkim.tokens.map((token) =>
      (signed ? fine : wrong)("DNS, DKIM", `${token}._domainkey.${domain} CNAME ${token}.dkim.amazonses.com`),
    ),
    (isOwn ? fine : look)("DNS, MAIL FROM", `${envelope} MX 10 feedback-smtp.${region}.amazonses.com`),
    (isOwn ? fine : look)("DNS, MAIL FROM", `${envelope} TXT "v=spf1 include:amazonses.com ~all"`),
    dmarc === undefined
      ? look("DNS, DMARC", `_dmarc.${domain} TXT "v=DMARC1; p=none; rua=mailto:postmaster@${domain}"`)
      : fine("DNS, DMARC", `_dmarc.${domain} TXT "${dmarc}"`),
  ];
}
