export default $config({
  async app({ stage }) {
    const { app, isProduction } = await import("./infra/app.ts");
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
    const { deploy } = await import("./infra/sst/deploy.ts");
    return deploy($app.stage);
  },
});
