#!/usr/bin/env node
import { fileURLToPath } from "node:url";
import { commandProgram } from "../../bin/command-bundle.mjs";
import { runWithNode } from "../../bin/with-node.mjs";

const { program, compiled } = await commandProgram(fileURLToPath(new URL("../../", import.meta.url)));
runWithNode([program, ...process.argv.slice(2)], compiled === undefined ? {} : { NODE_COMPILE_CACHE: compiled });
