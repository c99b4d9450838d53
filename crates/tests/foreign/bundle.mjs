// Makes the bundles in vendor/, and the text of the licences of everything in them. See README.md.
import { build } from 'esbuild';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';

mkdirSync('vendor', { recursive: true });
const packages = new Set();
for (const name of ['openid-client', 'oidc-provider', 'tus-js-client']) {
  const { metafile } = await build({
    entryPoints: [name],
    outfile: `vendor/${name}.cjs`,
    bundle: true,
    minify: true,
    // Both look at the names of their classes.
    keepNames: true,
    lineLimit: 160,
    platform: 'node',
    target: 'node18',
    format: 'cjs',
    legalComments: 'none',
    metafile: true,
  });
  for (const input of Object.keys(metafile.inputs)) {
    packages.add(input.match(/^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//)[1]);
  }
}

const read = (folder, pattern) => {
  const file = readdirSync(folder).find((name) => pattern.test(name));
  return file ? readFileSync(`${folder}/${file}`, 'utf8').replace(/\r/g, '') : '';
};
// Few packages bring no file; they name the MIT licence and nothing else.
const mit = read('node_modules/koa', /^licen[sc]e$/i).match(/Permission is[^]*$/)[0].trim();
const texts = [...packages].sort().map((folder) => {
  const { name, version, author } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
  const said = read(folder, /^readme/i).match(/^## Licen[sc]e\s*\n([^]*?)(?=^#|^\[|$(?![^]))/m);
  const text = read(folder, /^licen[sc]e/i).trim() || `${author ?? ''}\n\n${said?.[1].trim() ?? ''}\n\n${mit}`.trim();
  return `== ${name} ${version}\n\n${text}\n`;
});
writeFileSync('vendor/LICENCES.txt', texts.join('\n'));
console.log(`${texts.length} packages`);
