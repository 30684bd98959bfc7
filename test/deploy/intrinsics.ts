/** Account and region of the tests' stage. */
export const place = { partition: "aws", region: "eu-central-1", account: "111122223333" } as const;

export interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
}

export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
}

const PSEUDO: Readonly<Record<string, string>> = {
  "AWS::Partition": place.partition,
  "AWS::Region": place.region,
  "AWS::AccountId": place.account,
};

/** A template with its references resolved, as CloudFormation does for resources with fixed names. */
export const resolveTemplate = (template: Template, others: readonly Template[] = []): Template => ({
  Resources: Object.fromEntries(
    Object.entries(template.Resources).map(([id, resource]) => [
      id,
      { ...resource, Properties: resolveObject(resource.Properties, [template, ...others]) },
    ]),
  ),
});

const resolveObject = (value: object, templates: readonly Template[]): Record<string, unknown> =>
  Object.fromEntries(Object.entries(value).map(([name, one]) => [name, resolve(one, templates)]));

function resolve(value: unknown, templates: readonly Template[]): unknown {
  if (Array.isArray(value)) return value.map((one) => resolve(one, templates));
  if (typeof value !== "object" || value === null) return value;
  const [[name, given] = [], ...more] = Object.entries(value);
  if (name === undefined || more.length > 0) return resolveObject(value, templates);
  if (name === "Ref") return referred(String(given), templates);
  if (name === "Fn::GetAtt") return attribute(strings(given), templates);
  if (name === "Fn::Join") return joined(given, templates);
  if (name === "Fn::ImportValue") return `imported:${String(given)}`;
  return resolveObject(value, templates);
}

const strings = (given: unknown): string[] => (Array.isArray(given) ? given.map(String) : []);

function joined(given: unknown, templates: readonly Template[]): string {
  const [separator, parts]: unknown[] = Array.isArray(given) ? given : [];
  return Array.isArray(parts) ? parts.map((part) => resolve(part, templates)).join(String(separator)) : "";
}

function resourceOf(id: string, templates: readonly Template[]): Resource {
  const found = templates.map(({ Resources }) => Resources[id]).find((one) => one !== undefined);
  if (found === undefined) throw new Error(`the template refers to ${id}, which it does not have`);
  return found;
}

const nameOf = (id: string, { Properties }: Resource): string =>
  String(
    Properties["TableName"] ??
      Properties["QueueName"] ??
      Properties["RoleName"] ??
      Properties["TopicName"] ??
      (typeof Properties["Name"] === "string" ? Properties["Name"] : id),
  );

const arn = (service: string, rest: string, region: string = place.region): string =>
  `arn:${place.partition}:${service}:${region}:${place.account}:${rest}`;

const ARNS: Readonly<Record<string, (name: string) => string>> = {
  "AWS::DynamoDB::Table": (name) => arn("dynamodb", `table/${name}`),
  "AWS::SQS::Queue": (name) => arn("sqs", name),
  "AWS::SNS::Topic": (name) => arn("sns", name),
  "AWS::KMS::Key": (name) => arn("kms", `key/${name}`),
  "AWS::IAM::Role": (name) => arn("iam", `role/${name}`, ""),
  "AWS::SecretsManager::Secret": (name) => arn("secretsmanager", `secret:${name}-AbCdEf`),
};

function arnOf(id: string, resource: Resource): string {
  const make = ARNS[resource.Type];
  if (make === undefined) throw new Error(`no ARN is known of ${resource.Type}`);
  return make(nameOf(id, resource));
}

const queueUrl = (name: string): string => `https://sqs.${place.region}.amazonaws.com/${place.account}/${name}`;

/** The value of `Ref`, which depends on the resource type. */
function referred(id: string, templates: readonly Template[]): string {
  const pseudo = PSEUDO[id];
  if (pseudo !== undefined) return pseudo;
  const resource = resourceOf(id, templates);
  if (resource.Type === "AWS::SQS::Queue") return queueUrl(nameOf(id, resource));
  if (resource.Type === "AWS::SNS::Topic" || resource.Type === "AWS::SecretsManager::Secret")
    return arnOf(id, resource);
  if (resource.Type === "AWS::SES::EmailIdentity") return String(resource.Properties["EmailIdentity"]);
  return nameOf(id, resource);
}

function attribute([id = "", name]: readonly string[], templates: readonly Template[]): string {
  const resource = resourceOf(id, templates);
  return name === "Arn" ? arnOf(id, resource) : `${id}.${name}`;
}
