// Reads a bundle's descriptions with the libraries that others use. Usage: node check.cjs FOLDER
const fs = require('fs');
const path = require('path');
const jsonld = require('jsonld');
const { ROCrate, Checker } = require('ro-crate');
const { Cite } = require('@citation-js/core');
require('@citation-js/plugin-cff');

const folder = process.argv[2];
const read = name => fs.readFileSync(path.join(folder, name), 'utf8');
const problems = [];

// A term that no context defines is dropped by expansion.
async function expands(name, document, documentLoader) {
  const expanded = await jsonld.expand(document, { documentLoader, safe: true, base: 'https://example.org/bundle/' });
  if (expanded.length === 0) problems.push(`${name}: nothing is left of it`);
}

async function main() {
  const crate = JSON.parse(read('ro-crate-metadata.json'));
  const context = require('ro-crate/lib/context.json');
  await expands('ro-crate-metadata.json', crate, async url => {
    if (url !== 'https://w3id.org/ro/crate/1.1/context') throw new Error(`another context: ${url}`);
    return { documentUrl: url, document: context };
  });
  const checker = new Checker(new ROCrate(crate, { array: true, link: true }));
  await checker.check();
  // It would fetch the context, which was looked at above.
  for (const item of checker.checklist)
    if (!item.status && item.name !== 'Has @context') problems.push(`ro-crate-metadata.json: ${item.name}: no`);
  for (const name of fs.readdirSync(path.join(folder, 'datasets')))
    await expands(name, JSON.parse(read(`datasets/${name}`)), async url => {
      throw new Error(`another context: ${url}`);
    });
  const [cited] = new Cite(read('CITATION.cff')).data;
  console.log(JSON.stringify({ problems, title: cited.title, authors: cited.author, issued: cited.issued['date-parts'][0], type: cited.type }));
}

main().catch(error => {
  console.error(error.message, error.details ? JSON.stringify(error.details) : '');
  process.exit(1);
});
