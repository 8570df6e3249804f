// Bundle the modules of the pages into api/static/vendor: one file for every page, one more for the workbench.
import { build } from "esbuild";

await build({
  entryPoints: { leerbrug: "src/leerbrug.js", werkbank: "src/werkbank.js" },
  outdir: "../static/vendor",
  bundle: true,
  format: "esm",
  minify: true,
  target: "es2022",
  legalComments: "none",
  logLevel: "warning",
});
