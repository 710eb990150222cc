/** Light, dark or as the device says; the choice stays in this browser. */
const KEY = "desk-theme"

const wanted = () => {
	try {
		return localStorage.getItem(KEY) || "auto"
	} catch {
		return "auto"
	}
}

const dark = globalThis.matchMedia?.("(prefers-color-scheme: dark)")

export function applyTheme() {
	const choice = wanted()
	const isDark = choice === "dark" || (choice === "auto" && dark?.matches)
	document.documentElement.dataset.theme = isDark ? "dark" : "light"
	return choice
}

export const currentTheme = wanted

export function chooseTheme(choice) {
	localStorage.setItem(KEY, choice)
	applyTheme()
}

dark?.addEventListener?.("change", applyTheme)
