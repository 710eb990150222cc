/** The page's start-up facts, written into the page by the server (Frappe's bootinfo). */

const GUEST = {
	lang: "zh",
	__messages: {},
	sysdefaults: {},
	user: { name: "Guest", roles: ["Guest"], can_read: [], defaults: {} },
	user_info: {},
	workspaces: { pages: [] },
}

/** Reads the JSON of `<script id="frappe-boot">`; a page without it is a guest's. */
export function parseBoot(root = document) {
	const element = root.getElementById
		? root.getElementById("frappe-boot")
		: root.querySelector("#frappe-boot")
	if (!element?.textContent) return { ...GUEST }
	const parsed = JSON.parse(element.textContent)
	return { ...GUEST, ...parsed, user: normalUser(parsed.user) }
}

function normalUser(user) {
	if (!user) return { ...GUEST.user }
	return typeof user === "string" ? { ...GUEST.user, name: user } : { ...GUEST.user, ...user }
}

export const boot = inOurLanguage(parseBoot())

/** Chinese first: a guest's browser language does not decide, his own switch (the cookie) does. */
function inOurLanguage(found) {
	const chosen = /(?:^|;\s*)preferred_language=(\w+)/.exec(document.cookie)?.[1]
	return found.user.name === "Guest" ? { ...found, lang: chosen || "zh" } : found
}

export const isGuest = () => boot.user.name === "Guest"

/** Takes over a newer boot (after signing in again) without losing the object other modules hold. */
export function adoptBoot(next) {
	Object.assign(boot, next)
}

/** Fetches the desk page again and returns its boot: the way to a fresh CSRF token. */
export async function fetchBoot() {
	const response = await fetch("/app", { headers: { Accept: "text/html" }, credentials: "same-origin" })
	const page = new DOMParser().parseFromString(await response.text(), "text/html")
	return parseBoot(page)
}
