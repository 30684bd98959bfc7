import { makeApi } from "./api.ts";
import { readFoundation } from "./foundation.ts";
import { makeFunctions } from "./functions.ts";
import { startJobs } from "./triggers.ts";

/** The half of a stage that every deploy replaces: functions, what starts them, the HTTP API. */
export async function deploy(stage: string): Promise<{ readonly api: sst.aws.ApiGatewayV2["url"] }> {
  const foundation = await readFoundation(stage);
  const functions = makeFunctions(stage, foundation);
  startJobs(functions, foundation);
  return { api: makeApi(stage, functions.api, foundation).url };
}
