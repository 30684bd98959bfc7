import * as z from "zod";
import { mailFromForm, noMailFrom } from "../infra/mail-from.ts";

const settingsSchema = z.strictObject({
  /** Sender of digests; its domain becomes the verified identity. */
  mailFrom: z.string().regex(mailFromForm, noMailFrom),
  /** Base URL of the links in messages. */
  publicUrl: z.url(),
  /** Client id of the Slack app. Default: tenants cannot connect Slack. */
  slackClientId: z.string().min(1).optional(),
  authIssuer: z.url(),
  authAudience: z.string().min(1),
  /** The console's client at the issuer. */
  authClientId: z.string().min(1),
  authJwksUrl: z.url().optional(),
  /** The domain name of the console and the API. Default: the name that AWS assigns. */
  apiDomain: z.string().min(1).optional(),
  /** Certificate of that domain, if its zone is not in Route 53 of this account. */
  apiCertificateArn: z.string().startsWith("arn:").optional(),
  /** Executions at once that Lambda allows the account. Default: 1,000. */
  accountConcurrency: z.int().min(10).optional(),
  /** Name of a table that was restored to a point in time, to be used instead of the table of the stage. */
  restoredTable: z.string().min(3).optional(),
  /**
   * A stage of one developer: no alarms, a key that AWS owns, and the mail domain's identity of another stage of the
   * account. Default: false.
   */
  personal: z.literal(true).optional(),
  /** Receives the alarms, and the bounces and complaints that SES reports. */
  alarmEmail: z.email(),
});

/** The settings of a stage: `context.stages.<stage>` in cdk.json. */
export type StageSettings = z.output<typeof settingsSchema>;

const STAGE = /^[a-z][a-z0-9-]{0,19}$/;

/** A mistake in the settings; shown to the operator as one line, without a stack trace. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
}

/** A stage's name and settings from the CDK context. Throws a `SettingsError` that says what to correct. */
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
  if (!parsed.success) {
    const faults = parsed.error.issues.flatMap((issue) =>
      issue.code === "unrecognized_keys"
        ? issue.keys.map((name) => `${name} is no setting; there are ${Object.keys(settingsSchema.shape).join(", ")}`)
        : [`${issue.path.join(".")} ${issue.message}`],
    );
    throw new SettingsError(`the settings of the stage ${stage} cannot be used:\n${faults.join("\n")}`);
  }
  return { stage, settings: parsed.data };
}
