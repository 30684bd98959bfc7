#!/usr/bin/env node
import { fileURLToPath } from "node:url";
import { runWithNode } from "../../bin/with-node.mjs";

runWithNode([fileURLToPath(new URL("./main.ts", import.meta.url)), ...process.argv.slice(2)]);
