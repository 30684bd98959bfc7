/** A parameter of a stage in SSM: written by CDK, read by SST. */
export interface Parameter {
  readonly name: string;
  readonly what: string;
  readonly optional?: true;
}

/** Parameters that a stage has once; infra/parameters.ts adds those of queues and secrets. */
export const stageParameters = {
  tableName: { name: "table-name", what: "name of the table" },
  tableArn: { name: "table-arn", what: "ARN of the table" },
  keyArn: {
    name: "key-arn",
    what: "ARN of the key that table, secrets and topics are encrypted with",
    // A personal stage uses keys that AWS owns.
    optional: true,
  },
  tenantRoleArn: { name: "tenant-role-arn", what: "ARN of the role that a tenant's session assumes" },
  mailIdentityArn: { name: "mail-identity-arn", what: "ARN of the verified sending domain" },
  mailConfigurationSet: {
    name: "mail-configuration-set",
    what: "name of the configuration set that every e-mail names",
  },
  mailConfigurationArn: { name: "mail-configuration-arn", what: "ARN of the configuration set of the sending domain" },
  alarmTopicArn: {
    name: "alarm-topic-arn",
    what: "ARN of the topic that alarms go to",
    // A personal stage has no alarms.
    optional: true,
  },
  mailFrom: { name: "mail-from", what: 'sender, like "Regulars <mail@example.com>"' },
  publicUrl: { name: "public-url", what: "base URL of the links in messages" },
  slackClientId: {
    name: "slack-client-id",
    what: "client id of the Slack app that tenants add to their workspaces",
    optional: true,
  },
  authIssuer: { name: "auth-issuer", what: "OIDC issuer of people's tokens" },
  authClientId: { name: "auth-client-id", what: "client id of the console at the issuer" },
  authAudience: { name: "auth-audience", what: "audience of people's tokens" },
  authJwksUrl: {
    name: "auth-jwks-url",
    what: "URL of the issuer's keys, if it differs from the issuer's metadata",
    optional: true,
  },
  apiDomain: { name: "api-domain", what: "domain name of the console and the API", optional: true },
  apiCertificateArn: {
    name: "api-certificate-arn",
    what: "certificate of the API's domain, when its zone is not in Route 53",
    optional: true,
  },
  accountConcurrency: {
    name: "account-concurrency",
    what: "executions at once that Lambda allows the account, if they are not 1,000",
    optional: true,
  },
} as const satisfies Readonly<Record<string, Parameter>>;

export type StageParameterKey = keyof typeof stageParameters;

/** The parameter that each environment variable of the functions comes from; queue URLs are added per function. */
export const environment = {
  TABLE_NAME: "tableName",
  TENANT_ROLE_ARN: "tenantRoleArn",
  PUBLIC_URL: "publicUrl",
  MAIL_FROM: "mailFrom",
  MAIL_CONFIGURATION_SET: "mailConfigurationSet",
  SLACK_CLIENT_ID: "slackClientId",
  AUTH_ISSUER: "authIssuer",
  AUTH_AUDIENCE: "authAudience",
  AUTH_CLIENT_ID: "authClientId",
  AUTH_JWKS_URL: "authJwksUrl",
} as const satisfies Readonly<Record<string, StageParameterKey>>;

export type EnvironmentName = keyof typeof environment;
