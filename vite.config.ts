import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const API = "http://127.0.0.1:4680";

export default defineConfig({
  plugins: [react()],
  build: {
    outDir: "build/web",
    emptyOutDir: true,
    // Every page is a route loaded when it is opened; what all of them share is kept apart from what changes often.
    rolldownOptions: {
      input: { index: "index.html", "floor-worker": "src/web/floor/floor-worker.ts" },
      output: {
        // A service worker keeps its name: that is how browsers see that it changed.
        entryFileNames: ({ name }) => (name === "floor-worker" ? "[name].js" : "assets/[name]-[hash].js"),
        codeSplitting: {
          groups: [
            { name: "react", test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/ },
            { name: "router", test: /node_modules[\\/]@tanstack[\\/]/ },
            { name: "mantine", test: /node_modules[\\/]@mantine[\\/]/ },
          ],
        },
      },
    },
  },
  server: { proxy: { "/api": API } },
});
