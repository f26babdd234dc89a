// Prints the software bill of materials (CycloneDX 1.6) of a published folder: what the server runs on, as its deps.json names it,
// and what its pages are made of. Tools that only build or test are not in the folder, so they are not in the list.
// Usage: node packaging/sbom.mjs FOLDER >sbom.cdx.json
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const source = join(import.meta.dirname, "../src/Cardea");
const read = (...path) => readFileSync(join(...path), "utf8");
const readJson = (...path) => JSON.parse(read(...path));

const deps = readJson(process.argv[2], "cardea.deps.json");
const resolved = deps.targets[deps.runtimeTarget.name];
const [packageCache] = Object.keys(readJson(source, "obj/project.assets.json").packageFolders);

const isOurs = (key) => deps.libraries[key].type === "project";
const ours = Object.keys(deps.libraries).filter(isOurs);
const packages = Object.keys(deps.libraries).filter((key) => !isOurs(key));
const partsOfPages = [...Object.keys(readJson(source, "package.json").dependencies).flatMap(withWhatItBundles).map(fromNpm), font()];

console.log(JSON.stringify({
  $schema: "http://cyclonedx.org/schema/bom-1.6.schema.json",
  bomFormat: "CycloneDX",
  specVersion: "1.6",
  version: 1,
  metadata: {
    component: { type: "application", "bom-ref": "cardea", name: "Cardea", version: versionOf(ours.find((key) => key.startsWith("cardea/"))) },
  },
  components: [...packages.map(fromNuGet), ...partsOfPages],
  dependencies: [
    { ref: "cardea", dependsOn: [...ours.flatMap(dependenciesOf), ...partsOfPages.map((part) => part["bom-ref"])] },
    ...packages.map((key) => ({ ref: addressOf(key), dependsOn: dependenciesOf(key) })),
  ],
}, null, 2));

function fromNuGet(key) {
  const [name, version] = [nameOf(key), versionOf(key)];
  const id = name.toLowerCase();
  const folder = join(packageCache, id, version);
  return {
    type: deps.libraries[key].type === "runtimepack" ? "framework" : "library",
    "bom-ref": addressOf(key),
    name,
    version,
    hashes: [sha512(read(folder, `${id}.${version}.nupkg.sha512`))],
    licenses: [licenseIn(read(folder, `${id}.nuspec`))],
    purl: addressOf(key),
  };
}

// Of the design system's own dependencies nothing is in the product: they belong to web components, and Cardea takes only styles and icons.
function withWhatItBundles(name) {
  const { dependencies = {} } = readJson(source, "package-lock.json").packages[`node_modules/${name}`];
  return name === "@uswds/uswds" ? [name] : [name, ...Object.keys(dependencies)];
}

function fromNpm(name) {
  const { version, integrity, license } = readJson(source, "package-lock.json").packages[`node_modules/${name}`];
  const purl = `pkg:npm/${name.replace("@", "%40")}@${version}`;
  return { type: "library", "bom-ref": purl, name, version, hashes: [sha512(integrity.replace("sha512-", ""))], licenses: [{ license: { name: license } }], purl };
}

function font() {
  const content = readFileSync(join(source, "Styles/Fonts/AtkinsonHyperlegibleNext.woff2"));
  return {
    type: "library",
    "bom-ref": "atkinson-hyperlegible-next",
    name: "Atkinson Hyperlegible Next",
    hashes: [sha512(createHash("sha512").update(content).digest("base64"))],
    licenses: [{ expression: "OFL-1.1" }],
  };
}

// A framework stands in deps.json as "runtimepack.", but is a package like any other.
function nameOf(key) {
  return key.split("/")[0].replace("runtimepack.", "");
}

function versionOf(key) {
  return key.split("/")[1];
}

function addressOf(key) {
  return `pkg:nuget/${nameOf(key)}@${versionOf(key)}`;
}

function dependenciesOf(key) {
  return Object.entries(resolved[key].dependencies ?? {})
    .map(([name, version]) => `${name}/${version}`)
    .filter((dependency) => !isOurs(dependency))
    .map(addressOf);
}

function sha512(base64) {
  return { alg: "SHA-512", content: Buffer.from(base64, "base64").toString("hex") };
}

function licenseIn(nuspec) {
  const [, expression] = /<license type="expression">([^<]+)/.exec(nuspec) ?? [];
  const [, url] = /<licenseUrl>([^<]+)/.exec(nuspec) ?? [];
  return expression ? { expression } : { license: { name: "named by the package", url } };
}
