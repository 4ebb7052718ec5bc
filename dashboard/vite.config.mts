import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // Small assets as data: URLs would need a wider content security policy than the API sends.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
  },
  server: {
    // `npx vite dashboard` against a product started by `npm start`.
    proxy: { '/v1': { target: process.env['API_URL'] ?? 'http://127.0.0.1:3000' } },
  },
})
