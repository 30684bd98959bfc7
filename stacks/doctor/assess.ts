import { alarmNames } from "../../infra/alarms.ts";
import { isProduction, nameIn } from "../../infra/app.ts";
import { type FunctionKey, bundling, functionKeys, functionName } from "../../infra/functions.ts";
import type { QueueKey } from "../../infra/job-keys.ts";
import { parameterKeys, parameterPath, parameters } from "../../infra/parameters.ts";
import { queueKeys } from "../../infra/queues.ts";
import { secretNames, secretOf, secretPath } from "../../infra/secrets.ts";
import { table as tableSpec } from "../../infra/table.ts";
import { checkMail } from "./assess-mail.ts";
import type { StageFacts } from "./facts.ts";
import { type StageCheck, fine, look, wrong } from "./stage-check.ts";

/** Checks the facts that were read of a stage. */
export function checkStage(facts: StageFacts): StageCheck[] {
  return [
    ...foundation(facts),
    ...tableOf(facts),
    ...queueKeys.flatMap((key) => queue(key, facts)),
    ...functionKeys.map((key) => functionOf(key, facts)),
    health(facts),
    ...secretsOf(facts),
    ...issuerOf(facts),
    ...checkMail(facts.mail),
    alarms(facts),
  ];
}

function foundation({ stage, parameters: read }: StageFacts): StageCheck[] {
  const missing = parameterKeys.filter((key) => read[key] === undefined && parameters[key].optional !== true);
  if (missing.length === 0) return [fine("foundation", `${Object.keys(read).length} parameters`)];
  const deploy = `npx cdk deploy --all --context stage=${stage}`;
  if (missing.length > parameterKeys.length / 2) return [wrong("foundation", `is not deployed: ${deploy}`)];
  return [
    wrong(
      "foundation",
      `is older than this code: no ${missing.map((key) => parameterPath(stage, key)).join(", ")}: ${deploy}`,
    ),
  ];
}

function tableOf({ table, stage }: StageFacts): StageCheck[] {
  if (table === undefined) return [wrong("table", "does not exist")];
  const indexes = tableSpec.indexes.map(({ name }) => name).filter((name) => !table.indexes.includes(name));
  return [
    table.status === "ACTIVE" ? fine("table", "active") : look("table", `is ${table.status}`),
    ...(indexes.length === 0 ? [] : [wrong("table", `has no index ${indexes.join(", ")}`)]),
    ...(table.canBePutBack ? [] : [wrong("table", "cannot be restored to a point in time: switch recovery on")]),
    ...(isProduction(stage) && !table.isProtected ? [wrong("table", "can be deleted: switch its protection on")] : []),
  ];
}

function queue(key: QueueKey, { queues }: StageFacts): StageCheck[] {
  const found = queues[key];
  if (found === undefined) return [wrong(`queue ${key}`, "does not exist")];
  return [
    found.dead > 0
      ? wrong(`queue ${key}`, `${found.dead} messages failed for good: read the reason in the log, fix it, redrive`)
      : fine(`queue ${key}`, `${found.waiting} waiting, none failed for good`),
  ];
}

function functionOf(key: FunctionKey, { functions, stage }: StageFacts): StageCheck {
  const what = `function ${key}`;
  const found = functions[key];
  const name = functionName(stage, key);
  if (found === undefined) return wrong(what, `is not deployed: npx sst deploy --stage ${stage}`);
  if (found.runtime !== bundling.runtime) return wrong(what, `runs on ${found.runtime}, not on ${bundling.runtime}`);
  if (found.role?.endsWith(`:role/${name}`) !== true)
    return wrong(what, `has the role ${found.role}, which may not open a tenant's session`);
  if (found.state !== "Active" && found.state !== "Inactive") return look(what, `is ${found.state}`);
  return found.lastUpdate === "Failed" ? wrong(what, "its last update failed: deploy again") : fine(what, "deployed");
}

const health = ({ health: status }: StageFacts): StageCheck =>
  status === 200
    ? fine("API", "answers")
    : wrong("API", `answered ${status ?? "nothing"} to GET /v1/health: see its log`);

function secretsOf({ secrets, stage, parameters: { slackClientId } }: StageFacts): StageCheck[] {
  const hasSlack = slackClientId !== undefined;
  const unset = secretNames.filter((name) => secrets[name] !== "set" && (hasSlack || !secretOf(name).isOfSlack));
  if (unset.length === 0)
    return [fine("secrets", hasSlack ? "set" : "set; tenants cannot connect Slack: slackClientId is not set")];
  return unset.map((name) =>
    wrong(
      "secrets",
      secrets[name] === "missing"
        ? `${secretPath(stage, name)} does not exist`
        : `${secretPath(stage, name)} is not ${secretOf(name).isText}: put it there as docs/operations.md says`,
    ),
  );
}

function issuerOf({ issuer, parameters: { authIssuer } }: StageFacts): StageCheck[] {
  // The check of the foundation says that it is missing.
  if (authIssuer === undefined) return [];
  if (issuer === undefined) return [wrong("issuer", `${authIssuer} has no discovery document: nobody can sign in`)];
  return issuer === authIssuer
    ? [fine("issuer", "has its discovery document")]
    : [wrong("issuer", `${authIssuer} says that it is ${issuer}: write it so into authIssuer`)];
}

function alarms({ alarms: { found, ringing }, parameters: { alarmTopicArn }, stage }: StageFacts): StageCheck {
  if (alarmTopicArn === undefined) return fine("alarms", "none: the stage is personal");
  if (ringing.length > 0) return wrong("alarms", `these ring: ${ringing.join(", ")}`);
  const missing = alarmNames.map((name) => nameIn(stage, name)).filter((name) => !found.includes(name));
  return missing.length === 0
    ? fine("alarms", `${found.length}, none rings`)
    : wrong("alarms", `there is no ${missing.join(", ")}: npm run deploy -- --stage ${stage}`);
}
