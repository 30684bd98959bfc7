#!/usr/bin/env node
import { fileURLToPath } from "node:url";
import { commandProgram } from "../../bin/command-bundle.mjs";
import { heapOptionsOf } from "../../bin/heap-options.mjs";
import { runWithNode } from "../../bin/with-node.mjs";

const { program, compiled } = await commandProgram(fileURLToPath(new URL("../../", import.meta.url)));
const args = process.argv.slice(2);
runWithNode([...heapOptionsOf(args), program, ...args], compiled === undefined ? {} : { NODE_COMPILE_CACHE: compiled });
