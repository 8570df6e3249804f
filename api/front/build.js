// Bundle the modules of the pages into api/static/vendor: one file for every page, one more for the workbench; and the typeface.
import { copyFile } from "node:fs/promises";
import { build } from "esbuild";

const vendor = "../static/vendor";

await build({
  entryPoints: { leerbrug: "src/leerbrug.js", werkbank: "src/werkbank.js" },
  outdir: vendor,
  bundle: true,
  format: "esm",
  minify: true,
  target: "es2022",
  legalComments: "none",
  logLevel: "warning",
});
await copyFile("node_modules/@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2", `${vendor}/source-sans-3.woff2`);
