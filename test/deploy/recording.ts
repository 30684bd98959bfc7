import * as z from "zod";

/** A resource that the app made, with its arguments as they were given. */
export interface Made {
  readonly type: string;
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** Everything that an evaluation of sst.config.ts created and read. */
export interface Recording {
  readonly app: Readonly<Record<string, unknown>>;
  readonly parametersRead: readonly string[];
  readonly made: readonly Made[];
}

/** Replaces Pulumi's Output: the value is known at once. */
class Known<T> {
  readonly value: T;
  constructor(value: T) {
    this.value = value;
  }
  apply<U>(make: (value: T) => U): Known<U> {
    return new Known(make(this.value));
  }
}

const configSchema = z.object({
  app: z.custom<(input: { readonly stage: string }) => unknown>((value) => typeof value === "function"),
  run: z.custom<() => Promise<unknown>>((value) => typeof value === "function"),
});

/**
 * Evaluates sst.config.ts with recording replacements of SST's globals. `parameters` are the foundation's; reading any
 * other fails with the provider's message.
 */
export async function evaluate(stage: string, parameters: Readonly<Record<string, string>>): Promise<Recording> {
  const parametersRead: string[] = [];
  const made: Made[] = [];
  const record = (type: string, name: string, args: object): void => {
    if (made.some((one) => one.type === type && one.name === name))
      throw new Error(`there are two ${type} of the name ${name}`);
    made.push({ type, name, args: plainObject(args) });
  };
  const globals = {
    $config: (config: unknown) => config,
    $app: { name: "regulars", stage },
    sst: { aws: sstStandIns(record) },
    aws: awsStandIns(
      record,
      (path) => {
        parametersRead.push(path);
        const value = parameters[path];
        if (value === undefined) throw new Error(`there is no parameter ${path}`);
        return value;
      },
      Object.keys(parameters),
    ),
  };
  const before = Object.fromEntries(Object.keys(globals).map((name) => [name, Reflect.get(globalThis, name)]));
  Object.assign(globalThis, globals);
  try {
    const config = configSchema.parse((await import("../../sst.config.ts")).default);
    const app = plainObject(z.record(z.string(), z.unknown()).parse(await config.app({ stage })));
    await config.run();
    return { app, parametersRead, made };
  } finally {
    Object.assign(globalThis, before);
  }
}

type Note = (type: string, name: string, args: object) => void;

const place = "eu-central-1:111122223333";

/** Records the arguments of SST's components, with the few outputs that the app reads. */
function sstStandIns(record: Note) {
  return {
    Function: class {
      readonly arn: Known<string>;
      constructor(
        name: string,
        args: {
          readonly name: string;
          readonly transform: Readonly<Record<"role" | "function", (args: object) => void>>;
        },
      ) {
        const { transform, ...rest } = args;
        const [role, tracing] = [{}, {}];
        transform.role(role);
        transform.function(tracing);
        record("sst.aws.Function", name, { ...rest, role, tracing });
        this.arn = new Known(`arn:aws:lambda:${place}:function:${args.name}`);
      }
    },
    CronV2: class {
      constructor(name: string, args: object) {
        record("sst.aws.CronV2", name, args);
      }
    },
    ApiGatewayV2: class {
      readonly url = new Known("https://abc123.execute-api.eu-central-1.amazonaws.com");
      readonly nodes = { api: { id: new Known("abc123") } };
      constructor(name: string, args: { readonly transform: { readonly stage: (stage: object) => void } }) {
        const { transform, ...rest } = args;
        const stage = {};
        transform.stage(stage);
        record("sst.aws.ApiGatewayV2", name, { ...rest, stage });
      }
      route(route: string, handler: unknown) {
        record("route", route, { handler });
      }
    },
  };
}

function awsStandIns(record: Note, parameter: (path: string) => string, written: readonly string[]) {
  const recorded = (type: string) =>
    class {
      readonly name: Known<string>;
      constructor(name: string, args: object) {
        record(type, name, args);
        this.name = new Known("name" in args && typeof args.name === "string" ? args.name : name);
      }
    };
  return {
    ssm: {
      getParametersByPath: async ({ path }: { readonly path: string }) => ({
        names: written.filter((name) => name.startsWith(`${path}/`)),
      }),
      getParameter: async ({ name }: { readonly name: string }) => ({ value: parameter(name) }),
    },
    cloudwatch: { MetricAlarm: recorded("aws.cloudwatch.MetricAlarm") },
    lambda: { EventSourceMapping: recorded("aws.lambda.EventSourceMapping") },
  };
}

const plainObject = (value: object): { [name: string]: unknown } =>
  Object.fromEntries(Object.entries(value).map(([name, one]) => [name, plain(one)]));

function plain(value: unknown): unknown {
  if (value instanceof Known) return plain(value.value);
  if (Array.isArray(value)) return value.map(plain);
  return typeof value === "object" && value !== null ? plainObject(value) : value;
}
