import type { Project } from "../customers/project.ts";

/** A project as a snapshot of its customer holds it. */
export type ProjectView = Omit<Project, "customerId">;
