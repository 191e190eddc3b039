import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { constants, gzipSync } from 'node:zlib';
import type { Plugin, ResolvedConfig, Rollup } from 'vite';

const compressible = /\.(js|css|html|svg|json|txt)$/;

function filesUnder(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesUnder(path) : [path];
  });
}

function compress(bytes: Buffer): Buffer {
  return gzipSync(bytes, { level: constants.Z_BEST_COMPRESSION });
}

// Writes `x.gz` beside every text file, so that the server never compresses while somebody waits.
export function precompress(): Plugin {
  let config: ResolvedConfig;
  return {
    name: 'kansli-precompress',
    apply: 'build',
    configResolved(resolved) {
      config = resolved;
    },
    closeBundle() {
      const folder = join(config.root, config.build.outDir);
      for (const path of filesUnder(folder).filter((file) => compressible.test(file))) {
        const bytes = readFileSync(path);
        const packed = compress(bytes);
        if (packed.length < bytes.length) writeFileSync(`${path}.gz`, packed);
      }
    },
  };
}

// The files that the first page waits for: the entry, what it imports, and their styles.
function neededFirst(bundle: Rollup.OutputBundle): Set<string> {
  const needed = new Set<string>();
  const add = (name: string) => {
    const item = bundle[name];
    if (needed.has(name) || !item) return;
    needed.add(name);
    if (item.type !== 'chunk') return;
    item.imports.forEach(add);
    item.viteMetadata?.importedCss.forEach(add);
  };
  for (const item of Object.values(bundle)) if (item.type === 'chunk' && item.isEntry) add(item.fileName);
  return needed;
}

// Fails the build when the scripts and styles that the first page waits for outgrow the budget, counted as they are sent.
export function budget(limit: number): Plugin {
  return {
    name: 'kansli-budget',
    apply: 'build',
    generateBundle(_options, bundle) {
      let total = 0;
      for (const name of neededFirst(bundle)) {
        const item = bundle[name];
        if (!item || !/\.(js|css)$/.test(name)) continue;
        const size = compress(Buffer.from(item.type === 'chunk' ? item.code : item.source)).length;
        total += size;
        this.info(`${relative('.', name)}: ${size} bytes gzip`);
      }
      this.info(`what the first page waits for: ${total} of ${limit} bytes gzip`);
      if (total > limit) this.error(`scripts and styles of the first page are ${total} bytes gzip; the budget is ${limit}`);
    },
  };
}
