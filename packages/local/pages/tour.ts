/** One step to try next: what it is for, and the commands that do it. */
export interface TourStep {
  readonly says: string;
  readonly commands: readonly string[];
}

const DEFAULT_FOLDER = ".regulars";

/** From one's own CSV files to one's own findings. `folder` is the data folder of the system that shows the page. */
export function ownDataTour(folder: string): readonly TourStep[] {
  const run = commandFor(folder);
  return [
    {
      says: "Export your orders as CSV, one row a line, and import them. The first import makes the tenant; the same file again changes nothing.",
      commands: [run("import orders orders.csv --tenant mine --time-zone Europe/Berlin")],
    },
    {
      says: "Add names, reps and money owed when you have them.",
      commands: ["customers", "users", "persons", "invoices", "payments"].map((kind) =>
        run(`import ${kind} ${kind}.csv --tenant mine`),
      ),
    },
    {
      says: "Run a nightly run, and load this page again. If your files end in the past, add their last day: --as-of 2026-06-30",
      commands: [run("night --tenant mine")],
    },
  ];
}

/** Runs a tenant's nightly run now. */
export const nightlyCommandLine = (folder: string, tenantId: string): string =>
  commandFor(folder)(`night --tenant ${tenantId}`);

/** What to ask of a tenant whose nightly run has run. */
export function closerTour(folder: string, tenantId: string): readonly TourStep[] {
  const run = commandFor(folder);
  return [
    {
      says: "The findings, as a table or as JSON",
      commands: [run(`insights --tenant ${tenantId}`), run(`insights --tenant ${tenantId} --json`)],
    },
    { says: "What was sent to whom", commands: [run(`deliveries --tenant ${tenantId}`)] },
    { says: "Whether everything is in order", commands: [run("doctor")] },
  ];
}

const commandFor = (folder: string) => (command: string) =>
  `npx regulars ${command}${folder === DEFAULT_FOLDER ? "" : ` --data ${quoted(folder)}`}`;

/** As a shell takes it for one word. */
const quoted = (text: string): string => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);
