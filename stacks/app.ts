import { App } from "aws-cdk-lib";
import { buildApp } from "./build-app.ts";
import { settingsOf } from "./settings.ts";

/** What `cdk` runs: `npx cdk deploy --all --context stage=production`. */
const app = new App();
buildApp(app, settingsOf(app.node.tryGetContext("stage"), app.node.tryGetContext("stages")));
app.synth();
