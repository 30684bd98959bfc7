import process from "node:process";
import { makeDocument } from "./make-document.ts";

/** Prints the OpenAPI document, for the build of the function that serves it. */
process.stdout.write(JSON.stringify(await makeDocument()));
