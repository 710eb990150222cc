import "./theme/tokens.css"
import "./theme/base.css"
import "./theme/element.css"
import { createApp } from "vue"
import { onServerMessages } from "@/api/client.js"
import { boot } from "@/boot/boot.js"
import { installRuntime } from "@/frm/runtime.js"
import { requireAssets } from "@/frm/utils.js"
import { isChinese } from "@/i18n/index.js"
import { applyTheme } from "@/theme/theme.js"
import { reportError, showServerMessages } from "@/ui/report.js"
import App from "./App.vue"
import { router, routeParts } from "./router.js"

boot.__received = Date.now()
applyTheme()
document.documentElement.lang = isChinese() ? "zh-CN" : "en"

installRuntime({ push: (path) => router.push(path), route: routeParts })
onServerMessages(showServerMessages)
window.addEventListener("unhandledrejection", (event) => {
	event.preventDefault()
	reportError(event.reason)
})

const app = createApp(App)
app.config.errorHandler = (error) => {
	if (!error?.isHandled) console.error(error)
	reportError(error)
}
app.use(router)

/** Apps' own scripts come first: their pages and field views must be known before the first form opens. */
const assets = [...(boot.app_include_css || []), ...(boot.app_include_js || [])]
requireAssets(boot.user.name === "Guest" ? [] : assets)
	.catch((error) => console.error(error))
	.finally(() => app.mount("#app"))
