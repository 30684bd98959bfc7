import { afterEach, beforeEach, expect, it, vi } from "vitest";
import * as z from "zod";
import { correlated } from "../correlation.ts";
import { cloudLog } from "./cloud-log.ts";

const lineSchema = z.record(z.string(), z.unknown());
const written: string[] = [];
const lines = () =>
  written.flatMap((text) => text.trim().split("\n")).map((text) => lineSchema.parse(JSON.parse(text)));

beforeEach(() => {
  written.length = 0;
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, "write").mockImplementation((text) => written.push(String(text)) > 0);
  vi.stubEnv("_X_AMZN_TRACE_ID", "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1");
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

const context = (awsRequestId: string) => ({
  awsRequestId,
  callbackWaitsForEmptyEventLoop: false,
  functionName: "regulars-test-api",
  functionVersion: "$LATEST",
  invokedFunctionArn: "arn:aws:lambda:eu-central-1:111122223333:function:regulars-test-api",
  memoryLimitInMB: "512",
  logGroupName: "/aws/lambda/regulars-test-api",
  logStreamName: "one",
  getRemainingTimeInMillis: () => 29_000,
  done: () => undefined,
  fail: () => undefined,
  succeed: () => undefined,
});

it("each line has its origin, its invocation and its trace", () => {
  const log = cloudLog("test");
  log.enter?.(context("invocation-1"));
  correlated("req_1", () => log.info("work", { tenantId: "acme" }));
  log.enter?.(context("invocation-2"));
  log.error("work failed", {});
  const trace = "1-5759e988-bd862e3fe1be46a994272793";
  expect(lines()).toEqual([
    expect.objectContaining({
      message: "work",
      tenantId: "acme",
      correlation_id: "req_1",
      function_request_id: "invocation-1",
      xray_trace_id: trace,
    }),
    expect.objectContaining({ message: "work failed", function_request_id: "invocation-2", xray_trace_id: trace }),
  ]);
});

it("a request's line is counted for the stage, and for the edition of its tenant", () => {
  cloudLog("test").info("request", { status: 404, ms: 120, tenantId: "acme", edition: "pro" });
  const [, ofStage, ofEdition, ...others] = lines();
  expect(others).toEqual([]);
  expect(ofStage).toMatchObject({
    service: "regulars",
    stage: "test",
    Requests: 1,
    RefusedRequests: 1,
    RequestMs: 120,
    _aws: { CloudWatchMetrics: [{ Namespace: "Regulars", Dimensions: [["service", "stage"]] }] },
  });
  expect(ofEdition).toMatchObject({
    stage: "test",
    edition: "pro",
    Requests: 1,
    RequestMs: 120,
    _aws: { CloudWatchMetrics: [{ Namespace: "Regulars", Dimensions: [["service", "stage", "edition"]] }] },
  });
});

it("the next line after one of an edition is the stage's alone", () => {
  const log = cloudLog("test");
  log.info("request", { status: 200, ms: 10, edition: "enterprise" });
  written.length = 0;
  log.info("request", { status: 200, ms: 10 });
  const [, ofStage, ...others] = lines();
  expect(others).toEqual([]);
  expect(ofStage).toMatchObject({ _aws: { CloudWatchMetrics: [{ Dimensions: [["service", "stage"]] }] } });
  expect(ofStage).not.toHaveProperty("edition");
});
