import { createHash, randomUUID } from "node:crypto";
import { type IncomingMessage, createServer } from "node:http";
import * as z from "zod";
import { loopbackUrl } from "../fixtures/loopback.ts";
import { accessesOf } from "./dynamodb-access.ts";
import { type Statement, isAllowed } from "./iam.ts";
import { place } from "./intrinsics.ts";
import { textOf } from "./lambda-process.ts";

const QUOTA =
  "<GetSendQuotaResponse><GetSendQuotaResult><Max24HourSend>50000</Max24HourSend><MaxSendRate>1000</MaxSendRate><SentLast24Hours>1</SentLast24Hours></GetSendQuotaResult></GetSendQuotaResponse>";
const NOT_AUTHORIZED =
  "<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>not authorized</Message></Error></ErrorResponse>";

/** A message that a function put into a queue. */
export interface Sent {
  readonly queue: string;
  readonly body: string;
  readonly delaySeconds?: number | undefined;
  readonly correlationId?: string | undefined;
}

interface Principal {
  readonly arn: string;
  readonly statements: readonly Statement[];
  readonly tags: Readonly<Record<string, string>>;
}

interface CloudOptions {
  /** Address for allowed DynamoDB requests. */
  readonly engine: string;
  /** Address for allowed e-mails: a server of the SES Query protocol. */
  readonly mail: (body: string) => Promise<Response>;
  /** Functions by their access key: the role's name and its statements. */
  readonly functions: Readonly<Record<string, { readonly role: string; readonly statements: readonly Statement[] }>>;
  /** The tenants' role: its statements and who may assume it. */
  readonly tenantRole: {
    readonly arn: string;
    readonly statements: readonly Statement[];
    readonly trust: readonly Statement[];
  };
  readonly secrets: Readonly<Record<string, string>>;
}

/** Stands for AWS in a test: every request is evaluated by the deployed policies before it is answered. */
export interface Cloud {
  readonly url: string;
  readonly sent: readonly Sent[];
  /** Refused requests, in words. */
  readonly denied: readonly string[];
  /** Requests to the table, by function or tenant: "tick dynamodb:Query", "acme dynamodb:PutItem". */
  readonly asked: ReadonlySet<string>;
  /** The tenants of all sessions, one entry per session. */
  readonly sessions: readonly string[];
  readonly close: () => Promise<void>;
}

interface Reply {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

const SESSION_MS = 3_600_000;
const json = (body: object, status = 200): Reply => ({
  status,
  type: "application/x-amz-json-1.0",
  body: JSON.stringify(body),
});
const xml = (body: string, status = 200): Reply => ({ status, type: "text/xml", body });

export async function openCloud(options: CloudOptions): Promise<Cloud> {
  const sent: Sent[] = [];
  const denied: string[] = [];
  const asked = new Set<string>();
  const sessions: string[] = [];
  const principals = new Map<string, Principal>(
    Object.entries(options.functions).map(([key, { role, statements }]) => [
      key,
      { arn: `arn:aws:iam::${place.account}:role/${role}`, statements, tags: {} },
    ]),
  );
  const may = (
    principal: Principal,
    action: string,
    resource: string,
    context: Record<string, string | readonly string[]> = {},
  ) => {
    const isFine = isAllowed(principal.statements, {
      action,
      resource,
      context: { ...context, ...tagContext(principal.tags) },
    });
    if (!isFine)
      denied.push(
        `${principal.arn} ${JSON.stringify(principal.tags)} ${action} ${resource} ${JSON.stringify(context)}`,
      );
    return isFine;
  };

  const services: Readonly<
    Record<string, (principal: Principal, body: string, target: string, request: IncomingMessage) => Promise<Reply>>
  > = {
    async dynamodb(principal, body, target, request) {
      const operation = target.slice(target.indexOf(".") + 1);
      for (const { action, resource, leadingKeys, select } of accessesOf(operation, JSON.parse(body))) {
        asked.add(`${principal.tags["TenantId"] ?? principal.arn.replace(/^.*\//, "")} ${action}`);
        const context = {
          "dynamodb:LeadingKeys": leadingKeys,
          ...(select === undefined ? {} : { "dynamodb:Select": select }),
        };
        if (!may(principal, action, `arn:aws:dynamodb:${place.region}:${place.account}:${resource}`, context))
          return json(
            { __type: "com.amazon.coral.service#AccessDeniedException", Message: `not authorized: ${action}` },
            400,
          );
      }
      const reply = await fetch(options.engine, {
        method: "POST",
        headers: {
          "content-type": "application/x-amz-json-1.0",
          "x-amz-target": target,
          authorization: request.headers.authorization ?? "",
          "x-amz-date": String(request.headers["x-amz-date"]),
        },
        body,
      });
      return { status: reply.status, type: "application/x-amz-json-1.0", body: await reply.text() };
    },
    async sts(principal, body) {
      const form = new URLSearchParams(body);
      const arn = form.get("RoleArn") ?? "";
      const tags = tagsIn(form);
      const request = {
        resource: arn,
        context: {
          "aws:PrincipalArn": principal.arn,
          "aws:TagKeys": Object.keys(tags),
          ...Object.fromEntries(Object.entries(tags).map(([name, value]) => [`aws:RequestTag/${name}`, value])),
        },
      };
      const isTrusted = ["sts:AssumeRole", "sts:TagSession"].every(
        (action) => may(principal, action, arn) && isAllowed(options.tenantRole.trust, { action, ...request }),
      );
      if (!isTrusted || arn !== options.tenantRole.arn)
        return xml(
          "<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>not authorized to assume</Message></Error></ErrorResponse>",
          403,
        );
      const key = `SESSION${principals.size}`;
      sessions.push(tags["TenantId"] ?? "");
      principals.set(key, { arn, statements: options.tenantRole.statements, tags });
      return xml(
        `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials><AccessKeyId>${key}</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>token</SessionToken><Expiration>${new Date(Date.now() + SESSION_MS).toISOString()}</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`,
      );
    },
    async sqs(principal, body) {
      const { QueueUrl, Entries } = sendSchema.parse(JSON.parse(body));
      const queue = QueueUrl.slice(QueueUrl.lastIndexOf("/") + 1);
      if (!may(principal, "sqs:SendMessage", `arn:aws:sqs:${place.region}:${place.account}:${queue}`))
        return json({ __type: "com.amazonaws.sqs#AccessDenied", message: "not authorized" }, 403);
      for (const { MessageBody, DelaySeconds, MessageAttributes } of Entries)
        sent.push({
          queue,
          body: MessageBody,
          delaySeconds: DelaySeconds,
          correlationId: MessageAttributes["correlationId"]?.StringValue,
        });
      const taken = Entries.map(({ Id, MessageBody }) => ({
        Id,
        MessageId: randomUUID(),
        MD5OfMessageBody: createHash("md5").update(MessageBody).digest("hex"),
      }));
      return json({ Successful: taken, Failed: [] });
    },
    async secretsmanager(principal, body) {
      const { SecretId } = z.object({ SecretId: z.string() }).parse(JSON.parse(body));
      const SecretString = options.secrets[SecretId];
      if (!may(principal, "secretsmanager:GetSecretValue", SecretId) || SecretString === undefined)
        return json({ __type: "AccessDeniedException", Message: "not authorized" }, 400);
      return json({ ARN: SecretId, Name: SecretId, SecretString });
    },
    async ses(principal, body) {
      if (new URLSearchParams(body).get("Action") === "GetSendQuota")
        return may(principal, "ses:GetSendQuota", "*") ? xml(QUOTA) : xml(NOT_AUTHORIZED, 403);
      const context = { "ses:FromAddress": new URLSearchParams(body).get("Source") ?? "" };
      if (
        !may(
          principal,
          "ses:SendRawEmail",
          `arn:aws:ses:${place.region}:${place.account}:identity/example.com`,
          context,
        )
      )
        return xml(NOT_AUTHORIZED, 403);
      const reply = await options.mail(body);
      return xml(await reply.text(), reply.status);
    },
  };

  const server = createServer(async (request, response) => {
    const [, key = "", service = ""] =
      /Credential=([^/]+)\/[^/]+\/[^/]+\/([^/]+)\//.exec(request.headers.authorization ?? "") ?? [];
    const principal = principals.get(key);
    const serve = services[service === "email" ? "ses" : service];
    const reply =
      principal === undefined || serve === undefined
        ? json({ __type: "UnknownOperationException", message: `nobody answers ${service} for ${key}` }, 400)
        : await serve(principal, await textOf(request), String(request.headers["x-amz-target"] ?? ""), request);
    response.writeHead(reply.status, { "content-type": reply.type, "x-amzn-requestid": randomUUID() }).end(reply.body);
  });
  const url = await loopbackUrl(server);
  return {
    url,
    sent,
    denied,
    asked,
    sessions,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const sendSchema = z.object({
  QueueUrl: z.string(),
  Entries: z
    .array(
      z.object({
        Id: z.string(),
        MessageBody: z.string(),
        DelaySeconds: z.number().optional(),
        MessageAttributes: z.record(z.string(), z.object({ StringValue: z.string() })).default({}),
      }),
    )
    .max(10),
});

const tagContext = (tags: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(tags).map(([name, value]) => [`aws:PrincipalTag/${name}`, value]));

function tagsIn(form: URLSearchParams): Record<string, string> {
  const names = [...form].filter(([name]) => /^Tags\.member\.\d+\.Key$/.test(name));
  return Object.fromEntries(names.map(([name, tag]) => [tag, form.get(name.replace(/Key$/, "Value")) ?? ""]));
}
