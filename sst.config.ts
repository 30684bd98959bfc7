export default $config({
  async app({ stage }) {
    const { app, isProduction } = await import("./infra/spec.ts");
    const isKept = isProduction(stage);
    return {
      name: app,
      home: "aws",
      removal: isKept ? "retain" : "remove",
      protect: isKept,
      providers: { aws: { version: "7.20.0", defaultTags: { tags: { app, stage } } } },
    };
  },
  async run() {
    const { deploy } = await import("./infra/deploy.ts");
    return deploy($app.stage);
  },
});
