/**
 * Evaluates sst.config.ts with SST's real components under Pulumi's mocks. Bundled with the platform that
 * `sst install` wrote into the project. Prints every resource that would be made.
 */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { writeFileSync } from "node:fs";
import process from "node:process";
import { run } from "platform/auto/run";
import * as sst from "platform/components";
import config from "project/sst.config.ts";

const place = { region: "eu-central-1", account: "111122223333" };
const parameters = JSON.parse(process.env.CHECK_PARAMETERS ?? "{}");
const made = [];

const arnOf = (type, name) => `arn:aws:${type.split(":")[1].split("/")[0]}:${place.region}:${place.account}:${name}`;

const policyDocument = ({ statements = [] }) => {
  const Statement = statements.map(({ effect = "Allow", actions, resources, conditions = [] }) => ({
    Effect: effect,
    Action: actions,
    Resource: resources,
    Condition: Object.fromEntries(
      [...new Set(conditions.map(({ test }) => test))].map((test) => [
        test,
        Object.fromEntries(
          conditions.filter((one) => one.test === test).map(({ variable, values }) => [variable, values]),
        ),
      ]),
    ),
  }));
  return { statements, json: JSON.stringify({ Version: "2012-10-17", Statement }) };
};

const calls = {
  "aws:ssm/getParametersByPath:getParametersByPath": ({ path }) => {
    const names = Object.keys(parameters).filter((name) => name.startsWith(`${path}/`));
    return { path, names, values: names.map((name) => parameters[name]) };
  },
  "aws:ssm/getParameter:getParameter": ({ name }) => ({ name, value: parameters[name] }),
  "aws:iam/getPolicyDocument:getPolicyDocument": policyDocument,
  "aws:index/getPartition:getPartition": () => ({ partition: "aws", dnsSuffix: "amazonaws.com" }),
  "aws:index/getRegion:getRegion": () => ({ region: place.region, name: place.region, id: place.region }),
  "aws:index/getCallerIdentity:getCallerIdentity": () => ({ accountId: place.account }),
};

pulumi.runtime.setMocks(
  {
    newResource: ({ type, name, inputs }) => {
      made.push({ type, name, inputs });
      const given = inputs.name ?? name;
      return { id: `${given}-id`, state: { ...inputs, name: given, arn: arnOf(type, given), base64: "AAAA" } };
    },
    call: ({ token, inputs }) => {
      const answer = calls[token];
      if (answer === undefined) throw new Error(`no answer for ${token}`);
      return answer(inputs);
    },
  },
  "regulars",
  process.env.CHECK_STAGE,
  false,
);

Object.assign(globalThis, { aws, sst });
let fault;
process.on("unhandledRejection", (reason) => (fault ??= reason));
await pulumi.runtime.runInPulumiStack(() => run(config.run));
await pulumi.runtime.disconnect();
if (fault !== undefined) throw fault;
writeFileSync(process.env.CHECK_RESULT, JSON.stringify(made));
process.exit(0);
