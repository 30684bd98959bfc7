import * as fc from "fast-check";
import { tenantIdSchema } from "@regulars/core/platform/values";
import { installationsOfWorkspace } from "@regulars/store/slack/keys";
import { keysOf } from "@regulars/store/keys";
import { outboxPartitions } from "@regulars/store/notifications/keys";
import { tenantsDue, tenantsWithDue } from "@regulars/store/tenants/keys";
import { describe, expect, it } from "vitest";
import { functionKeys, functions as specs } from "../../infra/functions.ts";
import { clockJobKeys } from "../../infra/job-keys.ts";
import { deploymentOf } from "./deployment.ts";
import { statementsOf } from "./faults.ts";
import { type Statement, isAllowed } from "./iam.ts";

const { tenantRole: role, functions } = await deploymentOf("test");
const tenantStatements = role.statements;

const table = "arn:aws:dynamodb:eu-central-1:111122223333:table/regulars-test-table";
const tenantRole = role.arn;
const id = (text: string) => tenantIdSchema.parse(text);

/** A DynamoDB request of a tenant's session. */
const ofTenant = (
  tenant: string,
  action: string,
  leadingKeys: readonly string[],
  resource = table,
  statements = tenantStatements,
) =>
  isAllowed(statements, {
    action: `dynamodb:${action}`,
    resource,
    context: {
      "aws:PrincipalTag/TenantId": tenant,
      ...(leadingKeys.length === 0 ? {} : { "dynamodb:LeadingKeys": leadingKeys }),
    },
  });

const ACTIONS = [
  "GetItem",
  "BatchGetItem",
  "Query",
  "PutItem",
  "UpdateItem",
  "DeleteItem",
  "BatchWriteItem",
  "ConditionCheckItem",
];

/** Every partition with keys of a tenant, of the table and its indexes. */
function partitionsOf(tenant: string): string[] {
  const keys = keysOf(id(tenant));
  const made = [
    keys.tenant(),
    keys.schedule(),
    keys.nightly(),
    keys.users(),
    keys.items(),
    keys.endedItems(),
    keys.documentId("order", "SO-1"),
    keys.itemNumbers(),
    ...Array.from({ length: 16 }, (_, shard) => keys.shard(shard)),
    keys.repFindings(undefined),
    ...outboxPartitions.flatMap((partition) => [keys.notifications(partition), keys.due(partition)]),
    keys.held(),
  ];
  return made.map((one) => (typeof one === "string" ? one : one.pk));
}

describe("a tenant's session", () => {
  it.each(ACTIONS)("may %s the tenant's own items", (action) => {
    for (const partition of partitionsOf("acme")) expect(ofTenant("acme", action, [partition])).toBe(true);
  });

  it.each(["gsi1", "gsi2"])("may query the tenant's own items by the index %s", (index) => {
    for (const partition of partitionsOf("acme"))
      expect(ofTenant("acme", "Query", [partition], `${table}/index/${index}`)).toBe(true);
  });

  it.each(ACTIONS)("may not %s another tenant's items, by the table or an index", (action) => {
    for (const resource of [table, `${table}/index/gsi1`, `${table}/index/gsi2`])
      for (const partition of partitionsOf("bolt")) expect(ofTenant("acme", action, [partition], resource)).toBe(false);
  });

  it("may not read one item of another tenant among its own", () => {
    expect(ofTenant("acme", "BatchGetItem", ["T#acme#U", "T#acme#I"])).toBe(true);
    expect(ofTenant("acme", "BatchGetItem", ["T#acme#U", "T#bolt#U"])).toBe(false);
  });

  it("is separate for tenants with a common prefix, or names that differ in case only", () => {
    for (const other of ["acme-2", "acme.", "ac", "ACME", "acm_"])
      expect(ofTenant("acme", "Query", [`T#${other}#U`])).toBe(false);
  });

  it("is the tenant's for any two tenants", () => {
    const tenants = fc.stringMatching(/^[A-Za-z0-9._-]{1,64}$/);
    fc.assert(
      fc.property(tenants, tenants, (one, other) => {
        expect(ofTenant(one, "Query", [keysOf(id(one)).users()])).toBe(true);
        expect(ofTenant(one, "Query", [keysOf(id(other)).users()])).toBe(one === other);
      }),
    );
  });

  it("may not scan, nor make any request without a leading key", () => {
    for (const action of ["Scan", "PartiQLSelect", "ExportTableToPointInTime", "DeleteTable", ...ACTIONS])
      expect(ofTenant("acme", action, [])).toBe(false);
    expect(ofTenant("acme", "Scan", ["T#acme#U"])).toBe(false);
    expect(ofTenant("acme", "PartiQLSelect", ["T#acme#U"])).toBe(false);
  });

  it("may not see the platform's own items", () => {
    expect(ofTenant("acme", "Query", [tenantsDue()], `${table}/index/gsi2`)).toBe(false);
  });

  it("may do nothing without a tenant's tag, or with a wildcard as the tag", () => {
    expect(
      isAllowed(tenantStatements, {
        action: "dynamodb:Query",
        resource: table,
        context: { "dynamodb:LeadingKeys": ["T#acme#U"] },
      }),
    ).toBe(false);
    expect(ofTenant("*", "Query", ["T#acme#U"])).toBe(false);
    expect(ofTenant("", "Query", ["T#acme#U"])).toBe(false);
  });

  it("may do nothing with another table", () => {
    expect(
      ofTenant(
        "acme",
        "Query",
        ["T#acme#U"],
        "arn:aws:dynamodb:eu-central-1:111122223333:table/regulars-production-table",
      ),
    ).toBe(false);
  });
});

describe("the policy's two conditions", () => {
  const without = (operator: string): Statement[] =>
    tenantStatements.map((one) => ({
      ...one,
      Condition: Object.fromEntries(Object.entries(one.Condition).filter(([name]) => name !== operator)),
    }));

  it("are both needed: without the Null condition a request without keys is allowed", () => {
    expect(ofTenant("acme", "Query", [], table, without("Null"))).toBe(true);
  });

  it("are both needed: without the leading keys every tenant's items are allowed", () => {
    expect(ofTenant("acme", "Query", ["T#bolt#U"], table, without("ForAllValues:StringLike"))).toBe(true);
  });
});

describe("a tenant's session is given", () => {
  const assume = (roleArn: string, tags: Readonly<Record<string, string>>, action = "sts:AssumeRole") =>
    isAllowed(role.trust, {
      action,
      resource: tenantRole,
      context: {
        "aws:PrincipalArn": roleArn,
        ...(Object.keys(tags).length === 0 ? {} : { "aws:TagKeys": Object.keys(tags) }),
        ...Object.fromEntries(Object.entries(tags).map(([name, value]) => [`aws:RequestTag/${name}`, value])),
      },
    });

  it("to every function of the stage, with the tenant's tag", () => {
    expect(functions.size).toBe(functionKeys.length);
    for (const { role: own } of functions.values())
      for (const action of ["sts:AssumeRole", "sts:TagSession"])
        expect(assume(`arn:aws:iam::111122223333:role/${own.name}`, { TenantId: "acme" }, action)).toBe(true);
  });

  it("to no other role, not without the tag, and not with further tags", () => {
    const tick = "arn:aws:iam::111122223333:role/regulars-test-tick";
    expect(assume("arn:aws:iam::111122223333:role/regulars-production-tick", { TenantId: "acme" })).toBe(false);
    expect(assume("arn:aws:iam::111122223333:role/somebody", { TenantId: "acme" })).toBe(false);
    expect(assume(tick, {})).toBe(false);
    expect(assume(tick, { TenantId: "" })).toBe(false);
    expect(assume(tick, { TenantId: "acme", Other: "x" })).toBe(false);
  });

  it("by a permission of the function's role", () => {
    for (const deployed of functions.values()) {
      const own = statementsOf(deployed);
      expect(isAllowed(own, { action: "sts:AssumeRole", resource: tenantRole, context: {} })).toBe(true);
      expect(isAllowed(own, { action: "sts:AssumeRole", resource: `${tenantRole}-2`, context: {} })).toBe(false);
    }
  });
});

describe("a function's own role", () => {
  const own = (handler: string) => {
    const deployed = functions.get(handler);
    if (deployed === undefined) throw new Error(`${handler} is not deployed`);
    return statementsOf(deployed);
  };
  const query = (
    statements: readonly Statement[],
    leadingKey: string,
    context: Readonly<Record<string, string>> = {},
  ) =>
    isAllowed(statements, {
      action: "dynamodb:Query",
      resource: `${table}/index/gsi2`,
      context: { "dynamodb:LeadingKeys": [leadingKey], ...context },
    });

  const TICK = "packages/functions/workers/tick.handler";
  /** The tick moves the next nightly run of a tenant, and can do nothing else with what is the tenant's. */
  const isClaim = (handler: string, action: string, resource: string, partition: string): boolean =>
    handler === TICK && action === "UpdateItem" && resource === table && partition === keysOf(id("acme")).schedule().pk;

  it("reads no item of any tenant, for every function; only the tick may update when nightly runs are due", () => {
    for (const handler of functions.keys())
      for (const action of [...ACTIONS, "Scan"])
        for (const resource of [table, `${table}/index/gsi1`, `${table}/index/gsi2`])
          for (const partition of partitionsOf("acme"))
            expect(
              isAllowed(own(handler), {
                action: `dynamodb:${action}`,
                resource,
                context: { "dynamodb:LeadingKeys": [partition], "dynamodb:Select": "ALL_ATTRIBUTES" },
              }),
            ).toBe(isClaim(handler, action, resource, partition));
    expect(keysOf(id("acme")).schedule().pk).not.toBe(keysOf(id("acme")).tenant().pk);
  });

  it("OP01: of the tick reads the platform's list of tenants, and which have notifications due, but none of them", () => {
    const tick = own(TICK);
    expect(query(tick, tenantsDue(), { "dynamodb:Select": "ALL_ATTRIBUTES" })).toBe(true);
    expect(query(tick, tenantsWithDue("outgoing"), { "dynamodb:Select": "ALL_ATTRIBUTES" })).toBe(true);
    expect(query(tick, tenantsWithDue("plans"))).toBe(false);
    expect(query(tick, keysOf(id("acme")).due(0), { "dynamodb:Select": "COUNT" })).toBe(false);
    expect(query(tick, keysOf(id("acme")).notifications(0), { "dynamodb:Select": "COUNT" })).toBe(false);
    expect(isAllowed(tick, { action: "dynamodb:Query", resource: `${table}/index/gsi2`, context: {} })).toBe(false);
  });

  it("of the API finds the tenant of a Slack workspace, and reads no tenant's items", () => {
    const api = own("packages/functions/api/lambda.handler");
    const asked = (partition: string, index = "gsi1"): boolean =>
      isAllowed(api, {
        action: "dynamodb:Query",
        resource: `${table}/index/${index}`,
        context: { "dynamodb:LeadingKeys": [partition], "dynamodb:Select": "ALL_ATTRIBUTES" },
      });
    expect(asked(installationsOfWorkspace("T0ACME"))).toBe(true);
    expect(asked(installationsOfWorkspace("T0ACME"), "gsi2")).toBe(false);
    expect(asked(keysOf(id("acme")).slackInstallation().pk)).toBe(false);
    expect(asked(tenantsDue())).toBe(false);
  });

  it("of the plans' tick reads the platform's list of tenants, which have work due, and no tenant's items", () => {
    const tick = own("packages/functions/workers/plans-tick.handler");
    expect(query(tick, tenantsDue(), { "dynamodb:Select": "ALL_ATTRIBUTES" })).toBe(true);
    expect(query(tick, tenantsWithDue("plans"), { "dynamodb:Select": "ALL_ATTRIBUTES" })).toBe(true);
    expect(query(tick, tenantsWithDue("outgoing"))).toBe(false);
    expect(query(tick, keysOf(id("acme")).due(0), { "dynamodb:Select": "COUNT" })).toBe(false);
  });

  it("reads nothing of the table for functions that no schedule starts", () => {
    const ticks = clockJobKeys.map((key) => specs[key].handler);
    for (const handler of functions.keys()) expect(query(own(handler), tenantsDue())).toBe(ticks.includes(handler));
  });

  it("of deliver sends from the configured sender only", () => {
    const send = (from: string) =>
      isAllowed(own("packages/functions/workers/deliver.handler"), {
        action: "ses:SendRawEmail",
        resource: "arn:aws:ses:eu-central-1:111122223333:identity/example.com",
        context: { "ses:FromAddress": from },
      });
    expect(send("regulars@example.com")).toBe(true);
    expect(send("ceo@example.com")).toBe(false);
  });
});
