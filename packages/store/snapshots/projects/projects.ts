import type { ProjectView } from "@regulars/core/snapshots/project-view";
import { UNDATED } from "../../customers/customer-documents.ts";
import type { Projection } from "../projection.ts";
import { encodeProjects } from "./projects-chunk.ts";

/** Projects have no day: all of a customer's are in one chunk, of the year of records without a day. */
const YEAR = Number(UNDATED.slice(0, 4));

/** Projects with their revenue and cost. They alone make no customer. */
export const projects: Projection = {
  name: "projects",
  letters: { marker: "J", chunk: "K" },
  event: "project-changed",
  makesCustomer: false,
  yearsOf: async (sources, customerId) => {
    const { done } = await sources.projects.of(customerId).next();
    return done === true ? [] : [YEAR];
  },
  pack: async (sources, customerId) => {
    const views: ProjectView[] = [];
    for await (const { customerId: _owner, ...view } of sources.projects.of(customerId)) views.push(view);
    return { bytes: encodeProjects(views, sources.base) };
  },
};
