import process from "node:process";
import { App } from "aws-cdk-lib";
import { buildApp } from "./build-app.ts";
import { SettingsError, stageSettingsOf } from "./settings.ts";

/** What `cdk` runs: `npx cdk deploy --all --context stage=production`. */
const app = new App();
try {
  buildApp(app, stageSettingsOf(app.node.tryGetContext("stage"), app.node.tryGetContext("stages")));
  app.synth();
} catch (error) {
  if (!(error instanceof SettingsError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
