import { type ParameterKey, parameterKeys, parameterPath, parameters } from "../parameters.ts";

/** The parameters that the foundation wrote. */
export interface Foundation {
  /** A parameter that every foundation writes. */
  readonly value: (key: ParameterKey) => string;
  /** An optional parameter. */
  readonly optional: (key: ParameterKey) => string | undefined;
}

/** Reads every parameter of a stage. Throws with instructions if the foundation is missing or older than this code. */
export async function readFoundation(stage: string): Promise<Foundation> {
  const read = await Promise.all(parameterKeys.map(async (key) => [key, await readParameter(stage, key)] as const));
  const values = new Map(read);
  const missing = read
    .filter(([key, value]) => value === undefined && !isOptional(key))
    .map(([key]) => parameterPath(stage, key));
  if (missing.length > 0)
    throw new Error(
      `the foundation of the stage ${stage} is missing or older than this code: there is no parameter ${missing.join(", ")}. ` +
        `Deploy it first: npx cdk deploy --all --context stage=${stage}`,
    );
  return {
    value: (key) => {
      const value = values.get(key);
      if (value === undefined) throw new Error(`the parameter ${parameterPath(stage, key)} is optional and not set`);
      return value;
    },
    optional: (key) => values.get(key),
  };
}

async function readParameter(stage: string, key: ParameterKey): Promise<string | undefined> {
  try {
    return (await aws.ssm.getParameter({ name: parameterPath(stage, key) })).value;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

const isNotFound = (error: unknown): boolean =>
  /ParameterNotFound|couldn't find resource|empty result/i.test(error instanceof Error ? error.message : String(error));

const isOptional = (key: ParameterKey): boolean => parameters[key].optional === true;
