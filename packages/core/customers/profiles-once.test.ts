import { describe, expect, it } from "vitest";
import { customerIdSchema } from "../platform/values.ts";
import type { Customer } from "./customer.ts";
import { profilesOnce } from "./profiles-once.ts";

const [acme, bar, gone] = ["acme", "bar", "gone"].map((id) => customerIdSchema.parse(id));

describe("profiles that are asked for once", () => {
  it("are read once, also those that nobody has, and those that are known never", async () => {
    if (acme === undefined || bar === undefined || gone === undefined) throw new Error("an id is missing");
    const asked: string[][] = [];
    const read = (ids: readonly string[]) => {
      asked.push([...ids]);
      return Promise.resolve(new Map([[bar, { customerId: bar, name: "Bar" } satisfies Customer]]));
    };
    const profiles = profilesOnce(read, new Map([[acme, { customerId: acme, name: "Acme" }]]));
    expect([...(await profiles([acme, bar, gone])).values()].map(({ name }) => name)).toEqual(["Acme", "Bar"]);
    expect([...(await profiles([gone, bar])).keys()]).toEqual(["bar"]);
    expect(await profiles([acme])).toEqual(new Map([[acme, { customerId: "acme", name: "Acme" }]]));
    expect(asked).toEqual([["bar", "gone"]]);
  });
});
