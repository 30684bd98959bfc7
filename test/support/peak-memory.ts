import { writeFileSync } from "node:fs";

/** Loaded before a program: at its end it writes the most memory it ever held, in bytes, to the file PEAK_MEMORY_FILE. */
process.on("exit", () => {
  const file = process.env["PEAK_MEMORY_FILE"];
  if (file !== undefined) writeFileSync(file, String(process.resourceUsage().maxRSS * 1024));
});
