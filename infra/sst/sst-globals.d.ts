/**
 * The parts of SST's globals that this folder uses, so that it is checked without SST's own types (300 MB). `npm run
 * check:sst` checks the same files against the real types, without this file.
 */

/** A value that is known once the resource exists. */
declare interface Output<T> {
  readonly apply: <U>(make: (value: T) => U) => Output<U>;
}
declare type Given<T> = T | Output<T>;

declare namespace sst.aws {
  interface FunctionArgs {
    readonly name: string;
    readonly handler: string;
    readonly runtime: "nodejs24.x";
    readonly architecture: "arm64";
    readonly memory: `${number} MB`;
    readonly timeout: `${number} seconds`;
    readonly nodejs: {
      readonly format: "esm";
      readonly splitting: boolean;
      readonly plugins: string;
      readonly minify: boolean;
      readonly sourcemap: boolean;
    };
    readonly concurrency?: { readonly reserved: number };
    readonly copyFiles?: { readonly from: string; readonly to: string }[];
    readonly environment: Record<string, string>;
    readonly permissions: {
      readonly actions: string[];
      readonly resources: string[];
      readonly conditions?: { readonly test: string; readonly variable: string; readonly values: string[] }[];
    }[];
    readonly logging: { readonly retention: "1 month"; readonly format: "json" };
    readonly transform: {
      readonly function: (args: { tracingConfig?: Given<{ mode: Given<string> }> }) => void;
      readonly role: (args: { name?: Given<string>; managedPolicyArns?: Given<Given<string>[]> }) => void;
    };
  }
  class Function {
    constructor(name: string, args: FunctionArgs);
    readonly arn: Output<string>;
  }
  class CronV2 {
    constructor(
      name: string,
      args: {
        readonly schedule: `rate(${string})`;
        readonly function: Output<`arn:${string}`>;
        readonly retries: number;
      },
    );
  }
  class ApiGatewayV2 {
    constructor(
      name: string,
      args: {
        readonly cors: false;
        readonly accessLog: { readonly retention: "1 month" };
        readonly domain?: { readonly name: string; readonly dns?: false; readonly cert?: string };
        readonly transform: {
          readonly stage: (args: {
            defaultRouteSettings?: Given<{ throttlingRateLimit?: Given<number>; throttlingBurstLimit?: Given<number> }>;
          }) => void;
        };
      },
    );
    readonly url: Output<string>;
    readonly nodes: { readonly api: { readonly id: Output<string> } };
    route(route: string, handler: Output<`arn:${string}`>): unknown;
  }
}

declare namespace aws {
  namespace ssm {
    function getParametersByPath(args: { readonly path: string }): Promise<{ readonly names: string[] }>;
    function getParameter(args: { readonly name: string }): Promise<{ readonly value: string }>;
  }
  namespace cloudwatch {
    class MetricAlarm {
      constructor(
        name: string,
        args: {
          readonly name: string;
          readonly alarmDescription: string;
          readonly namespace: string;
          readonly metricName: string;
          readonly dimensions: Record<string, Given<string>>;
          readonly statistic: string;
          readonly period: number;
          readonly evaluationPeriods: number;
          readonly threshold: number;
          readonly comparisonOperator: string;
          readonly treatMissingData: string;
          readonly alarmActions: string[];
        },
      );
    }
  }
  namespace lambda {
    class EventSourceMapping {
      constructor(
        name: string,
        args: {
          readonly eventSourceArn: string;
          readonly functionName: Output<string>;
          readonly batchSize: number;
          readonly functionResponseTypes: string[];
          readonly scalingConfig: { readonly maximumConcurrency: number };
        },
      );
    }
  }
}

declare const $app: { readonly name: string; readonly stage: string };

declare function $config<T>(config: {
  readonly app: (input: { readonly stage: string }) => unknown;
  readonly run: () => Promise<T>;
}): { readonly app: (input: { readonly stage: string }) => unknown; readonly run: () => Promise<T> };
