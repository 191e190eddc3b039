import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { budget, precompress } from './tools/build_plugins';

// The server that `npm run dev` passes API calls on to.
const server = process.env.KANSLI_URL ?? 'http://127.0.0.1:8480';

export default defineConfig({
  plugins: [svelte(), budget(100_000), precompress()],
  build: {
    target: 'es2022',
    // The content security policy allows nothing inline, so every asset is a file of its own.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: { proxy: { '/api': server } },
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
});
