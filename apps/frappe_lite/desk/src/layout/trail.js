import { reactive } from "vue"
import { boot } from "@/boot/boot.js"
import { __ } from "@/i18n/index.js"

/** Where the reader is: `[{label, path?}]`; the last step is the page itself. */
export const trail = reactive({ steps: [] })

/** Sets the trail and the window's title. Titles carry codes and kinds only, never names of persons. */
export function setTrail(steps, windowTitle) {
	trail.steps = steps
	const app = __(boot.app_name || "Desk")
	document.title = [windowTitle || steps.at(-1)?.label, app].filter(Boolean).join(" · ")
}
