import { type ParameterKey, parameterKeys, parameterPath, parameters, stagePath } from "../parameters.ts";

/** The parameters that the foundation wrote. */
export interface Foundation {
  /** A parameter that every foundation writes. */
  readonly value: (key: ParameterKey) => string;
  /** An optional parameter. */
  readonly optional: (key: ParameterKey) => string | undefined;
}

/** Reads every parameter of a stage. Throws with instructions if the foundation is missing or older than this code. */
export async function readFoundation(stage: string): Promise<Foundation> {
  const { names } = await aws.ssm.getParametersByPath({ path: stagePath(stage) });
  const isWritten = (key: ParameterKey): boolean => names.includes(parameterPath(stage, key));
  const needed = parameterKeys.filter((key) => !isWritten(key) && parameters[key].optional !== true);
  if (needed.length > 0)
    throw new Error(
      `the foundation of the stage ${stage} is missing or older than this code: there is no parameter ${needed.map((key) => parameterPath(stage, key)).join(", ")}. ` +
        `Deploy it first: npx cdk deploy --all --context stage=${stage}`,
    );
  const read = parameterKeys.filter(isWritten).map(async (key) => [key, await readParameter(stage, key)] as const);
  const values = new Map(await Promise.all(read));
  return {
    value: (key) => {
      const value = values.get(key);
      if (value === undefined) throw new Error(`the parameter ${parameterPath(stage, key)} is optional and not set`);
      return value;
    },
    optional: (key) => values.get(key),
  };
}

const readParameter = async (stage: string, key: ParameterKey): Promise<string> =>
  (await aws.ssm.getParameter({ name: parameterPath(stage, key) })).value;
