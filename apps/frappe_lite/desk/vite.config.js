import { fileURLToPath, URL } from "node:url"
import vue from "@vitejs/plugin-vue"
import { defineConfig } from "vite"

const server = process.env.DESK_SERVER || "http://127.0.0.1:8000"

export default defineConfig({
	base: "/assets/frappe/dist/",
	plugins: [vue()],
	resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
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
