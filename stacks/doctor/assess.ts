import { alarmNames } from "../../infra/alarms.ts";
import { isProduction, nameIn } from "../../infra/app.ts";
import { type FunctionKey, bundling, functionKeys, functionName } from "../../infra/functions.ts";
import type { QueueKey } from "../../infra/job-keys.ts";
import { parameterKeys, parameterPath, parameters } from "../../infra/parameters.ts";
import { queueKeys } from "../../infra/queues.ts";
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
    secret(facts),
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

function secret({ secrets, stage, parameters: { slackClientId } }: StageFacts): StageCheck {
  if (secrets.CURSOR_SECRET !== "set") return wrong("secrets", "the secret of the API's cursors does not exist");
  if (secrets.SIGNING_SECRET !== "set") return wrong("secrets", "the secret of API keys' signatures does not exist");
  if (secrets.LINK_SECRET !== "set")
    return wrong("secrets", "the secret of the links in messages is not one or two texts of 32 characters or more");
  if (secrets.SEALING_KEY !== "set")
    return wrong("secrets", "the sealing key of tenants' tokens is not one or two texts of 32 characters or more");
  if (secrets.SESSION_SECRET !== "set")
    return wrong("secrets", "the secret of the console's cookies is not one or two texts of 32 characters or more");
  if (secrets.AUTH_CLIENT_SECRET !== "set")
    return wrong("secrets", "the secret of the console's client is not one text, or the word none");
  if (slackClientId === undefined)
    return fine("secrets", "set; tenants cannot connect Slack: slackClientId is not set");
  const unset = [
    ...(secrets.SLACK_SIGNING_SECRET === "set" ? [] : ["slack-signing-secret"]),
    ...(secrets.SLACK_CLIENT_SECRET === "set" ? [] : ["slack-client-secret"]),
  ];
  if (unset.length === 0) return fine("secrets", "set");
  const names = unset.map((name) => `regulars/${stage}/${name}`).join(" and ");
  return wrong("secrets", `${names} is not one of Slack's: put it there as docs/operations.md says`);
}

function alarms({ alarms: { found, ringing }, parameters: { alarmTopicArn }, stage }: StageFacts): StageCheck {
  if (alarmTopicArn === undefined) return fine("alarms", "none: the stage is personal");
  if (ringing.length > 0) return wrong("alarms", `these ring: ${ringing.join(", ")}`);
  const missing = alarmNames.map((name) => nameIn(stage, name)).filter((name) => !found.includes(name));
  return missing.length === 0
    ? fine("alarms", `${found.length}, none rings`)
    : wrong("alarms", `there is no ${missing.join(", ")}: npm run deploy -- --stage ${stage}`);
}
