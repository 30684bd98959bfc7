import { createHash, createHmac } from "node:crypto";
import { paginateScan } from "@aws-sdk/lib-dynamodb";
import { identitiesOf } from "@regulars/core/contacts/identity";
import { contactIdSchema, planIdSchema } from "@regulars/core/platform/ids";
import { customerIdSchema, instantSchema, personIdSchema } from "@regulars/core/platform/values";
import { describe, expect, it } from "vitest";
import { type TestTenant, aTenantStore } from "../../../test/fixtures/tenant.ts";

const GIVEN = { email: "olena@group.example", phone: "+31655501234" };
const ADDRESSES = [GIVEN.email, GIVEN.phone, "group.example", "eva@lead.example"];
const AT = instantSchema.parse("2026-03-02T09:00:00.000Z");

/** A person at a customer, and a lead's contact with an address of their own. */
async function saveBoth({ store }: TestTenant): Promise<void> {
  const customerId = customerIdSchema.parse("acme");
  await store.imports.savePersons([{ personId: personIdSchema.parse("P-1"), customerId, name: "Olena", ...GIVEN }]);
  const personId = contactIdSchema.parse("per_1");
  const email = "eva@lead.example";
  const newPerson = { personId, email, createdAt: AT };
  const newIdentities = identitiesOf({ email }, undefined);
  expect(await store.sales.leads.savePersons([{ personId, newPerson, newIdentities }])).toEqual(["saved"]);
}

/** The values of all key attributes of a tenant's items, of the table and of its indexes. */
async function keysStored({ tenant, table }: TestTenant): Promise<string[]> {
  const found: string[] = [];
  for await (const { Items = [] } of paginateScan({ client: table.documents }, { TableName: table.name }))
    for (const item of Items)
      if (String(item["pk"]).includes(tenant.tenantId))
        found.push(
          ...["pk", "sk", "g1p", "g1s", "g2p", "g2s"].flatMap((name) => (name in item ? [String(item[name])] : [])),
        );
  return found;
}

const identityKeys = async (testTenant: TestTenant) =>
  (await keysStored(testTenant)).filter((key) => /WHO#(email|phone|external-id)#|DOMAIN#/.test(key));

describe("addresses in keys", () => {
  it("are neither plain nor a bare hash, of whatever kind", async () => {
    const testTenant = aTenantStore();
    await saveBoth(testTenant);
    const keys = (await keysStored(testTenant)).join("\n");
    expect(keys).toContain("WHO#email#");
    for (const address of ADDRESSES)
      for (const text of [address, address.toUpperCase()]) {
        expect(keys).not.toContain(text);
        for (const algorithm of ["sha256", "sha1", "md5"])
          for (const encoding of ["base64url", "base64", "hex"] as const)
            expect(keys).not.toContain(createHash(algorithm).update(text).digest(encoding));
      }
  });

  it("are HMACs under a secret of the tenant's own: two tenants have none in common", async () => {
    const [one, other] = [aTenantStore(), aTenantStore()];
    await saveBoth(one);
    await saveBoth(other);
    const strip = (keys: readonly string[]) => keys.map((key) => key.replace(/^.*(WHO|DOMAIN)#/, ""));
    const [ofOne, ofOther] = [strip(await identityKeys(one)), strip(await identityKeys(other))];
    expect(ofOne).toHaveLength(5);
    expect(ofOne.filter((key) => ofOther.includes(key))).toEqual([]);
    const { secret } = (await one.item(one.keys.addressSecret())) ?? {};
    const hmac = createHmac("sha256", Buffer.from(String(secret), "base64url"))
      .update(GIVEN.email)
      .digest("base64url");
    expect(ofOne).toContain(`email#${hmac}`);
  });

  it("find the same contact from another process", async () => {
    const testTenant = aTenantStore();
    await saveBoth(testTenant);
    const identities = identitiesOf({ email: "Eva@Lead.example" }, undefined);
    const sought = [{ identities }];
    const { found } = await testTenant.another().store.sales.leads.findMany(planIdSchema.parse("pln_1"), sought);
    expect(found[0]?.owners).toEqual(["per_1"]);
  });

  it("are under one secret when many index at once", async () => {
    const testTenant = aTenantStore();
    const emails = Array.from({ length: 6 }, (_, i) => `p${i}@shop${i}.example`);
    await Promise.all(
      emails.map((email, i) =>
        testTenant
          .another()
          .store.imports.savePersons([
            { personId: personIdSchema.parse(`P-${i}`), customerId: customerIdSchema.parse(`c${i}`), name: "P", email },
          ]),
      ),
    );
    const sought = emails.map((email) => ({ identities: identitiesOf({ email }, undefined) }));
    const { found } = await testTenant.store.sales.leads.findMany(planIdSchema.parse("pln_1"), sought);
    expect(found.map(({ owners }) => owners[0] !== undefined)).toEqual(emails.map(() => true));
  });
});
