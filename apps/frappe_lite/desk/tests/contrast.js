import { readFileSync } from "node:fs"
import { join } from "node:path"

/** Colours of a theme by token; the dark ones lie over the light ones. */
export function readTokens(theme) {
	const css = readFileSync(join(import.meta.dirname, "../src/theme/tokens.css"), "utf8")
	const [light, dark] = css.split(':root[data-theme="dark"]')
	const read = (text) =>
		Object.fromEntries(
			[...text.matchAll(/(--[\w-]+):\s*(#[0-9a-f]{6})/gi)].map(([, name, value]) => [name, value]),
		)
	return theme === "dark" ? { ...read(light), ...read(dark) } : read(light)
}

function luminance(hex) {
	const [r, g, b] = [1, 3, 5]
		.map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)
		.map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
	return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

/** Contrast ratio of WCAG 2, from 1 to 21. */
export function contrast(one, other) {
	const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a)
	return (light + 0.05) / (dark + 0.05)
}
