// Builds wwwroot from Styles, Scripts and Images: one style sheet, one script, and only those images and fonts that are used.
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

async function buildStyles() {
  const { css } = await sass.compileAsync("Styles/cardea.scss", {
    loadPaths: ["node_modules/@uswds/uswds/packages"],
    quietDeps: true,
  });
  await esbuild.build({
    ...bundle,
    // The compiled style sheet names its images and fonts relative to this folder; esbuild copies each one it meets.
    stdin: { contents: css, loader: "css", resolveDir: import.meta.dirname },
    loader: { ".svg": "copy", ".woff2": "copy" },
    assetNames: "../assets/[name]",
    outfile: "wwwroot/css/cardea.css",
  });
}

async function buildScripts() {
  await esbuild.build({ ...bundle, entryPoints: ["Scripts/cardea.js"], format: "esm", outfile: "wwwroot/js/cardea.js" });
}

async function copyImages() {
  await cp("Images", "wwwroot/images", { recursive: true });
}

process.chdir(import.meta.dirname);
await rm("wwwroot", { recursive: true, force: true });
await mkdir("wwwroot");
await Promise.all([buildStyles(), buildScripts(), copyImages()]);
