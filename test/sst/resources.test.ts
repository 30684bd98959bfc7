import { describe, expect, it } from "vitest";
import { functionKeys } from "../../infra/functions.ts";
import { clockJobKeys } from "../../infra/job-keys.ts";
import { queueKeys } from "../../infra/queues.ts";
import { faultsOfResources } from "./resources.ts";

const role = (name: string, actions: readonly string[], managedPolicyArns: readonly string[] = []) => ({
  type: "aws:iam/role:Role",
  name,
  inputs: {
    name,
    managedPolicyArns,
    inlinePolicies: [{ policy: JSON.stringify({ Statement: [{ Effect: "Allow", Action: actions, Resource: "*" }] }) }],
  },
});

describe("the check of what SST would make", () => {
  it("reports everything that is missing", () => {
    const { faults } = faultsOfResources([], "ci");
    expect(faults).toContain(`there are 0 functions, not ${functionKeys.length}`);
    expect(faults).toContain(`there are 0 queue subscriptions, not ${queueKeys.length}`);
    expect(faults).toContain(`there are 0 schedules, not ${clockJobKeys.length}`);
    expect(faults).toContain("there are 0 HTTP APIs, not 1");
  });

  it("finds a role that may do more or less than it needs", () => {
    const { faults } = faultsOfResources(
      [role("regulars-ci-rebuild", ["logs:PutLogEvents", "dynamodb:*"], ["arn:aws:iam::aws:policy/Any"])],
      "ci",
    );
    expect(faults).toContain("rebuild may do dynamodb:*");
    expect(faults).toContain("rebuild may not do sts:AssumeRole");
    expect(faults).toContain("rebuild has managed policies");
  });

  it("finds a schedule of another rate", () => {
    const schedule = (rate: string) => ({
      type: "aws:scheduler/schedule:Schedule",
      name: rate,
      inputs: { scheduleExpression: `rate(${rate})` },
    });
    const { faults } = faultsOfResources([schedule("15 minutes"), schedule("15 minutes")], "ci");
    expect(faults).toContain("plansTick has no schedule of its rate");
    expect(faults).not.toContain("tick has no schedule of its rate");
  });

  it("finds an API without limits", () => {
    const stage = { type: "aws:apigatewayv2/stage:Stage", name: "HttpStage", inputs: { accessLogSettings: {} } };
    expect(faultsOfResources([stage], "ci").faults).toContain("the API is not throttled");
  });
});
