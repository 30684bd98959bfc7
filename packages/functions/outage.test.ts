import { describe, expect, it } from "vitest";
import { databaseOutage, isUnreachable } from "./outage.ts";

const named = (name: string): Error => Object.assign(new Error("no"), { name });
const coded = (code: string): Error => Object.assign(new Error("no"), { code });

describe("an outage of the database", () => {
  it("G1: is told from errors that trying again does not mend", () => {
    expect(databaseOutage(coded("ECONNREFUSED"))).toBe("the database does not answer");
    expect(databaseOutage(coded("ECONNRESET"))).toBe("the database does not answer");
    expect(databaseOutage(new AggregateError([coded("ECONNREFUSED")]))).toBe("the database does not answer");
    expect(databaseOutage(named("TimeoutError"))).toBe("the database does not answer");
    expect(databaseOutage(named("InternalServerError"))).toBe("the database cannot work now");
    expect(databaseOutage(named("ThrottlingException"))).toBe("the database is overloaded");
    expect(databaseOutage(new TypeError("x is undefined"))).toBeUndefined();
    expect(databaseOutage(coded("ENOSPC"))).toBeUndefined();
    expect(isUnreachable("ECONNREFUSED")).toBe(false);
  });
});
