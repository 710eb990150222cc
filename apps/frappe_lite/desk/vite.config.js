import { fileURLToPath, URL } from "node:url"
import vue from "@vitejs/plugin-vue"
import { defineConfig } from "vite"

const server = process.env.DESK_SERVER || "http://127.0.0.1:8000"

export default defineConfig({
	base: "/assets/frappe/dist/",
	plugins: [vue()],
	resolve: {
		alias: [
			{ find: "@", replacement: fileURLToPath(new URL("./src", import.meta.url)) },
			// frappe-datatable requires it; its module form has no call-compatible default.
			{ find: /^sortablejs$/, replacement: "sortablejs/Sortable.js" },
		],
	},
	build: {
		outDir: "../frappe/public/dist",
		emptyOutDir: true,
		target: "es2022",
		reportCompressedSize: false,
		chunkSizeWarningLimit: 900,
	},
	server: {
		proxy: Object.fromEntries(["/api", "/files", "/private"].map((path) => [path, server])),
	},
	test: {
		environment: "jsdom",
		include: ["tests/**/*.test.js"],
		server: { deps: { inline: ["element-plus"] } },
	},
})
