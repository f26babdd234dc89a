// Builds wwwroot from Styles, Scripts and Images: one style sheet and one script for everybody, one more of each for the console, and only those images and fonts that are used.
import { cp, mkdir, rm } from "node:fs/promises";
import * as esbuild from "esbuild";
import * as sass from "sass";

const bundle = {
  absWorkingDir: import.meta.dirname,
  bundle: true,
  minify: true,
  target: ["chrome111", "firefox115", "safari16.4"],
  logLevel: "warning",
};

async function buildStyle(name) {
  const { css } = await sass.compileAsync(`Styles/${name}.scss`, {
    loadPaths: ["node_modules/@uswds/uswds/packages"],
    quietDeps: true,
  });
  await esbuild.build({
    ...bundle,
    // The compiled style sheet names its images and fonts relative to this folder; esbuild copies each one it meets.
    stdin: { contents: css, loader: "css", resolveDir: import.meta.dirname },
    loader: { ".svg": "copy", ".woff2": "copy" },
    assetNames: "../assets/[name]",
    outfile: `wwwroot/css/${name}.css`,
  });
}

async function buildScripts() {
  await esbuild.build({ ...bundle, entryPoints: ["Scripts/cardea.js", "Scripts/charts.js"], format: "esm", outdir: "wwwroot/js" });
}

async function copyImages() {
  await cp("Images", "wwwroot/images", { recursive: true });
}

process.chdir(import.meta.dirname);
await rm("wwwroot", { recursive: true, force: true });
await mkdir("wwwroot");
await Promise.all([buildStyle("cardea"), buildStyle("admin"), buildScripts(), copyImages()]);
