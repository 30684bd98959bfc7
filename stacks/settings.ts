import * as z from "zod";

const address = /^[^<>\r\n]+ <[^<>@\s]+@([^<>@\s]+)>$/;

const settingsSchema = z.strictObject({
  /** Sender of digests; its domain becomes the verified identity. */
  mailFrom: z.string().regex(address, 'is not an address like "Regulars <mail@example.com>"'),
  /** Where links in messages lead. */
  publicUrl: z.url(),
  slackChannel: z.string().min(1),
  authIssuer: z.url(),
  authAudience: z.string().min(1),
  authJwksUrl: z.url().optional(),
  /** A domain name of the API's own; AWS's without. */
  apiDomain: z.string().min(1).optional(),
  /** Certificate of that domain, when its zone is not in this account's Route 53. */
  apiCertificateArn: z.string().startsWith("arn:").optional(),
  /** A table that was put back to a point in time: it is worked on in the place of the stage's own. */
  restoredTable: z.string().min(3).optional(),
  /** Gets the alarms, and what SES says of bounces and complaints. */
  alarmEmail: z.email(),
});

/** What an operator decides of a stage: `context.stages.<stage>` in cdk.json. */
export type StageSettings = z.output<typeof settingsSchema>;

const STAGE = /^[a-z][a-z0-9-]{0,19}$/;

/** What an operator has to write differently: told as one line, without a stack trace. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
}

/** A stage's name and settings from the CDK context. Throws a `SettingsError` with what to write and where. */
export function stageSettingsOf(
  stage: unknown,
  stages: unknown,
): { readonly stage: string; readonly settings: StageSettings } {
  if (typeof stage !== "string" || !STAGE.test(stage))
    throw new SettingsError(
      `name the stage: --context stage=production (lower case letters, digits and hyphens, 20 at most)`,
    );
  const given = z.record(z.string(), z.unknown()).safeParse(stages);
  const own = given.success ? given.data[stage] : undefined;
  if (own === undefined)
    throw new SettingsError(`there are no settings of the stage ${stage}: add them to context.stages in cdk.json`);
  const parsed = settingsSchema.safeParse(own);
  if (!parsed.success)
    throw new SettingsError(`the settings of the stage ${stage} cannot be used:\n${z.prettifyError(parsed.error)}`);
  return { stage, settings: parsed.data };
}

/** "mail@example.com" and "example.com" of 'Regulars <mail@example.com>'. */
export function mailboxOf(mailFrom: string): { readonly mailbox: string; readonly domain: string } {
  const domain = address.exec(mailFrom)?.[1] ?? "";
  return { mailbox: mailFrom.slice(mailFrom.indexOf("<") + 1, -1), domain };
}
