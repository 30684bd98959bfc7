import type { PageTextId } from "@regulars/render/texts/page-words";

/** One step to try next: its purpose and its commands. */
export interface TourStep {
  readonly says: PageTextId;
  readonly commands: readonly string[];
}

const DEFAULT_FOLDER = ".regulars";

/** Steps from the reader's CSV files to findings. `folder` is the data folder of the running system. */
export function ownDataTour(folder: string): readonly TourStep[] {
  const run = commandFor(folder);
  return [
    {
      says: "tour.import",
      commands: [run("import orders orders.csv --tenant mine --time-zone Europe/Berlin")],
    },
    {
      says: "tour.more",
      commands: ["customers", "users", "persons", "invoices", "payments"].map((kind) =>
        run(`import ${kind} ${kind}.csv --tenant mine`),
      ),
    },
    {
      says: "tour.past",
      commands: [run("insights --tenant mine --as-of 2026-06-30")],
    },
    {
      says: "tour.night",
      commands: [run("night --tenant mine")],
    },
  ];
}

/** The command that starts a tenant's nightly run now. */
export const nightlyCommandLine = (folder: string, tenantId: string): string =>
  commandFor(folder)(`night --tenant ${tenantId}`);

/** The command that begins with a status of a preset. */
export const statusCommandLine = (folder: string, tenantId: string): string =>
  commandFor(folder)(`status create sleeping --preset sleeping --tenant ${tenantId}`);

/** Commands that show the results of a tenant's nightly run. */
export function closerTour(folder: string, tenantId: string): readonly TourStep[] {
  const run = commandFor(folder);
  return [
    {
      says: "tour.findings",
      commands: [run(`insights --tenant ${tenantId}`), run(`insights --tenant ${tenantId} --json`)],
    },
    { says: "tour.sent", commands: [run(`deliveries --tenant ${tenantId}`)] },
    { says: "tour.inOrder", commands: [run("doctor")] },
  ];
}

const commandFor = (folder: string) => (command: string) =>
  `npx regulars ${command}${folder === DEFAULT_FOLDER ? "" : ` --data ${quoted(folder)}`}`;

/** Quoted so that a shell reads it as one word. */
const quoted = (text: string): string => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);
