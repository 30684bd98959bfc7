import { makeApi } from "./api.ts";
import { readFoundation } from "./foundation.ts";
import { makeFunctions } from "./functions.ts";
import { startOperations } from "./triggers.ts";

/** The part of a stage that every deploy replaces: functions, their triggers, the HTTP API. */
export async function deploy(stage: string): Promise<{ readonly api: sst.aws.ApiGatewayV2["url"] }> {
  const foundation = await readFoundation(stage);
  const functions = makeFunctions(stage, foundation);
  startOperations(functions, foundation);
  return { api: makeApi(stage, functions, foundation).url };
}
