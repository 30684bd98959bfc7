import { currencySchema, minor, projectIdSchema } from "@regulars/core/platform/values";
import type { ProjectView } from "@regulars/core/snapshots/project-view";
import { describe, expect, it } from "vitest";
import { decodeProjects, encodeProjects } from "./projects-chunk.ts";

const EUR = currencySchema.parse("EUR");
const USD = currencySchema.parse("USD");

/** Every combination of the optional fields. */
const projects: readonly ProjectView[] = Array.from({ length: 64 }, (_, i) => ({
  projectId: projectIdSchema.parse(`pr-${String(i).padStart(2, "0")}`),
  ...((i & 1) === 0 ? {} : { name: `Nyt køkken nr. ${i}, with a name that is longer than fifteen characters` }),
  ...((i & 2) === 0 ? {} : { status: "ongoing" }),
  ...((i & 4) === 0 ? {} : { revenue: { minor: minor(i * 100), currency: (i & 16) === 0 ? EUR : USD } }),
  ...((i & 8) === 0 ? {} : { cost: { minor: minor(-i), currency: (i & 32) === 0 ? EUR : USD } }),
}));

describe("a projects chunk", () => {
  it("decodes projects with and without each field, in the order of their ids", () => {
    expect(decodeProjects(encodeProjects(projects.toReversed(), EUR), EUR)).toEqual(projects);
  });
});
