import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "aws-cdk-lib";
import { Template as Assertions } from "aws-cdk-lib/assertions";
import * as z from "zod";
import { nameIn } from "../../infra/app.ts";
import { buildApp } from "../../stacks/build-app.ts";
import type { StageSettings } from "../../stacks/settings.ts";
import { type Template, resolveTemplate } from "./intrinsics.ts";

export const someSettings: StageSettings = {
  mailFrom: "Regulars <regulars@example.com>",
  publicUrl: "https://regulars.example.com",
  slackClientId: "1234.5678",
  authIssuer: "https://login.example.com/",
  authAudience: "https://api.regulars.example.com",
  authClientId: "regulars-console",
  alarmEmail: "operations@example.com",
};

const reportSchema = z.object({
  pluginReports: z.array(
    z.object({
      pluginName: z.string(),
      violations: z.array(z.object({ ruleName: z.string() })),
      suppressedViolations: z.array(z.object({ ruleName: z.string(), reason: z.string() })).default([]),
    }),
  ),
});

const templateSchema = z.object({
  Resources: z.record(
    z.string(),
    z.looseObject({
      Type: z.string(),
      Properties: z.record(z.string(), z.unknown()).default({}),
      DeletionPolicy: z.string().optional(),
    }),
  ),
});

/** The stacks that CDK synthesizes for a stage, without network and account. */
export interface Synthesized {
  readonly foundation: Assertions;
  readonly operations: Assertions;
  /** With references resolved. */
  readonly resolved: { readonly foundation: Template; readonly operations: Template };
  /** Values of all parameters, by path. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly report: z.output<typeof reportSchema>["pluginReports"];
}

/** Synthesizes both stacks; `change` may modify them first. */
export function synthesize(
  stage: string,
  settings: Partial<StageSettings> = {},
  change: (stacks: ReturnType<typeof buildApp>) => void = () => undefined,
): Synthesized {
  const outdir = mkdtempSync(join(tmpdir(), "regulars-cdk-"));
  try {
    const app = new App({ outdir });
    const stacks = buildApp(app, { stage, settings: { ...someSettings, ...settings } });
    change(stacks);
    app.synth({ errorOnDuplicateSynth: false });
    const read = (name: string) => templateSchema.parse(readJson(join(outdir, `${nameIn(stage, name)}.template.json`)));
    const plain = { foundation: asTemplate(read("foundation")), operations: asTemplate(read("operations")) };
    const resolved = {
      foundation: resolveTemplate(plain.foundation),
      operations: resolveTemplate(plain.operations),
    };
    return {
      foundation: Assertions.fromStack(stacks.foundation),
      operations: Assertions.fromStack(stacks.operations),
      resolved,
      parameters: { ...parametersOf(resolved.foundation), ...parametersOf(resolved.operations) },
      report: reportSchema.parse(readJson(join(outdir, "validation-report.json"))).pluginReports,
    };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, "utf8"));

const asTemplate = ({ Resources }: z.output<typeof templateSchema>): Template => ({
  Resources: Object.fromEntries(
    Object.entries(Resources).map(([id, { Type, Properties, DeletionPolicy }]) => [
      id,
      { Type, Properties, ...(DeletionPolicy === undefined ? {} : { DeletionPolicy }) },
    ]),
  ),
});

const parametersOf = ({ Resources }: Template): Record<string, string> =>
  Object.fromEntries(
    Object.values(Resources)
      .filter(({ Type }) => Type === "AWS::SSM::Parameter")
      .map(({ Properties }) => [String(Properties["Name"]), String(Properties["Value"])]),
  );
