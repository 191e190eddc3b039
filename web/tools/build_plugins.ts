import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { constants, gzipSync } from 'node:zlib';
import type { Plugin, ResolvedConfig } from 'vite';

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

// Fails the build when scripts and styles together outgrow the budget, counted as they are sent.
export function budget(limit: number): Plugin {
  return {
    name: 'kansli-budget',
    apply: 'build',
    generateBundle(_options, bundle) {
      let total = 0;
      for (const item of Object.values(bundle)) {
        const source = item.type === 'chunk' ? item.code : item.source;
        if (!/\.(js|css)$/.test(item.fileName)) continue;
        const size = compress(Buffer.from(source)).length;
        total += size;
        this.info(`${relative('.', item.fileName)}: ${size} bytes gzip`);
      }
      this.info(`all scripts and styles: ${total} of ${limit} bytes gzip`);
      if (total > limit) this.error(`scripts and styles are ${total} bytes gzip; the budget is ${limit}`);
    },
  };
}
