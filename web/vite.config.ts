import { readFileSync } from 'node:fs';
import react from '@vitejs/plugin-react';
import presetMantine from 'postcss-preset-mantine';
import { defineConfig, type Plugin } from 'vite';

/** `npm start` serves the built app; `npx vite web` serves it from source, with API and media from the running site. */
const site = 'http://127.0.0.1:4700';

/** The API takes writes from the site itself only, so a request of the development server says it comes from there. */
const throughTheSite = { target: site, changeOrigin: true, headers: { origin: site } };

/** The API's description is served beside the app, at /openapi.json. */
const openApiDocument = (): Plugin => ({
  name: 'openapi-document',
  generateBundle() {
    const source = readFileSync(new URL('../docs/api/openapi.json', import.meta.url), 'utf8');
    this.emitFile({ type: 'asset', fileName: 'openapi.json', source });
  },
});

export default defineConfig({
  plugins: [react(), openApiDocument()],
  css: { postcss: { plugins: [presetMantine()] } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    // Shaka Player is one file of half a megabyte by nature; it is loaded on the watch page only.
    chunkSizeWarningLimit: 600,
  },
  server: {
    host: '127.0.0.1',
    proxy: { '/api': throughTheSite, '/media': throughTheSite },
  },
});
