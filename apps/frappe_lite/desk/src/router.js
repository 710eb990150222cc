import { createRouter, createWebHistory } from "vue-router"
import { boot, isGuest } from "@/boot/boot.js"
import Login from "@/views/Login.vue"
import { doctypeOf, workspaceOf } from "@/model/routes.js"

const routes = [
	{ path: "/login", name: "login", component: Login, meta: { bare: true } },
	{ path: "/", redirect: "/app" },
	{ path: "/app", name: "home", component: () => import("@/views/Workspace.vue") },
	{ path: "/app/query-report/:name", name: "report", component: () => import("@/views/Report.vue") },
	{ path: "/app/print/:doctype/:name", name: "print", component: () => import("@/views/NotFound.vue") },
	{ path: "/app/:slug", name: "slug", component: () => import("@/views/Resolve.vue") },
	{ path: "/app/:slug/view/:view?", name: "view", component: () => import("@/views/List.vue") },
	{ path: "/app/:slug/:name", name: "form", component: () => import("@/views/Form.vue") },
	{ path: "/:rest(.*)*", name: "missing", component: () => import("@/views/NotFound.vue") },
]

export const router = createRouter({
	history: createWebHistory("/"),
	routes,
	scrollBehavior: (_to, _from, saved) => saved || { top: 0 },
})

router.beforeEach((to) => {
	globalThis.cur_dialog?.hide?.()
	if (isGuest() && to.name !== "login") return { name: "login", query: { "redirect-to": to.fullPath } }
	if (!isGuest() && to.name === "login") return safeTarget(to.query["redirect-to"])
	return true
})

/** Only paths of this site: never an address elsewhere. */
export const safeTarget = (target) =>
	typeof target === "string" && target.startsWith("/") && !target.startsWith("//") && !target.includes("\\")
		? target
		: "/app"

/** The current place as Frappe's route list. */
export function routeParts() {
	const { name, params } = router.currentRoute.value
	if (name === "form") return ["Form", doctypeOf(params.slug), params.name]
	if (name === "report") return ["query-report", params.name]
	if (name === "view") return ["List", doctypeOf(params.slug), params.view || "List"]
	if (name === "slug")
		return workspaceOf(params.slug)
			? ["Workspaces", workspaceOf(params.slug).name]
			: ["List", doctypeOf(params.slug), "List"]
	return ["Workspaces", boot.workspaces?.pages?.[0]?.name]
}
