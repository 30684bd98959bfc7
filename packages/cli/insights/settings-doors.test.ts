import { userSchema } from "@regulars/core/access/user";
import { importFields } from "@regulars/core/imports/rows";
import { settingsChangeSchema } from "@regulars/core/insights/tenant-settings";
import { newPlanSchema, salesPlanChangeSchema, salesPlanSchema } from "@regulars/core/sales-plans/sales-plan";
import { tenantSchema } from "@regulars/core/tenants/tenant";
import { describe, expect, it } from "vitest";
import { type BaseSession, createProgram } from "../program.ts";

const base: BaseSession = {
  dynamodbEndpoint: undefined,
  tableName: undefined,
  isTerminal: false,
  clock: () => 0,
  stopSignal: () => AbortSignal.abort(),
  print: () => undefined,
  note: () => undefined,
};
const { commands } = createProgram(base, () => undefined);
const optionsOf = (command: string): readonly string[] =>
  commands.find((one) => one.name() === command)?.options.map(({ long }) => long ?? "") ?? [];

/** The option of `regulars settings` for each setting of a tenant. */
const OPTIONS: Readonly<Record<string, string>> = {
  name: "--name",
  locale: "--locale",
  currency: "--currency",
  edition: "--edition",
  phoneCountry: "--phone-country",
  insights: "--insight",
  codeRed: "--code-red",
  monitors: "--monitors",
  relationships: "--relationships",
  whoKnows: "--who-knows",
  templates: "--template",
  closures: "--closure",
  maxAlertsPerRepPerDay: "--alerts-per-day",
  keepDays: "--keep-days",
  priceEditing: "--price-editing",
};

/** What is fixed when a tenant is made, with the option of `regulars tenants create`; its id is an argument. */
const FIXED: Readonly<Record<string, string | undefined>> = {
  tenantId: undefined,
  timeZone: "--time-zone",
};

const namesOf = (shape: object): string[] => Object.keys(shape).toSorted();

describe("every setting has a door", () => {
  it("D2: of a tenant: an option of the command line, and a field of PATCH /v1/tenant/settings", () => {
    expect(namesOf(tenantSchema.shape)).toEqual(namesOf({ ...OPTIONS, ...FIXED }));
    expect(Object.values(OPTIONS).filter((option) => !optionsOf("settings").includes(option))).toEqual([]);
    const fixed = Object.values(FIXED).filter((option) => option !== undefined);
    expect(fixed.filter((option) => !optionsOf("tenants").includes(option))).toEqual([]);
    // The operator alone sets the edition.
    expect(["edition", ...namesOf(settingsChangeSchema.shape)].toSorted()).toEqual(namesOf(OPTIONS));
  });

  it("D2: of a sales plan: a field of the request that makes it or changes it", () => {
    const doors = new Set([...namesOf(newPlanSchema.shape), ...namesOf(salesPlanChangeSchema.shape)]);
    const renamed: Readonly<Record<string, string>> = { averageMinor: "averageAmount" };
    const own = new Set(["planId", "version", "createdAt", "tombstones"]);
    const shut = namesOf(salesPlanSchema.shape).filter((name) => !own.has(name) && !doors.has(renamed[name] ?? name));
    expect(shut).toEqual([]);
  });

  it("D2: of a user: a column of their import, or a field of PUT /v1/users/{userId}", () => {
    const shut = namesOf(userSchema.shape).filter((name) => !(name in importFields.users));
    expect(shut).toEqual(["dealRights", "isActive"]);
  });
});
