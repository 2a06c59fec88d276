// Builds the page of a framework, as that framework's own tools would, and prints the script.
"use strict";
const { readFile } = require("node:fs/promises");
const { join } = require("node:path");
const esbuild = require("esbuild");

// Each compiler is loaded when it is wanted, for they are large.
const compilers = {
  svelte(source, path) {
    const { compile } = require("svelte/compiler");
    return compile(source, { filename: path, generate: "client" }).js.code;
  },
  vue(source, path) {
    const { compileScript, parse } = require("vue/compiler-sfc");
    const { descriptor } = parse(source, { filename: path });
    return compileScript(descriptor, { id: path, inlineTemplate: true }).content;
  },
};

const compile = {
  name: "compile",
  setup(build) {
    build.onLoad({ filter: /\.(svelte|vue)$/ }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      return { contents: compilers[path.split(".").pop()](source, path) };
    });
  },
};

const [framework] = process.argv.slice(2);
const main = join(__dirname, framework, framework === "react" ? "main.jsx" : "main.js");
esbuild
  .build({
    entryPoints: [main],
    alias: { "handrail-widget": join(__dirname, "../../npm/index.js") },
    bundle: true,
    conditions: ["svelte", "browser"],
    // Its development build tells of mistakes on the console, where the tests look.
    define: {
      "process.env.NODE_ENV": '"development"',
      __VUE_OPTIONS_API__: "false",
      __VUE_PROD_DEVTOOLS__: "false",
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "false",
    },
    format: "iife",
    jsx: "automatic",
    logLevel: "error",
    nodePaths: [process.env.NODE_PATH],
    plugins: [compile],
    target: "es2022",
    write: false,
  })
  .then(({ outputFiles }) => process.stdout.write(outputFiles[0].contents))
  .catch(() => process.exit(1));
