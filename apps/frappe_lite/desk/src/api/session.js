import { adoptBoot, boot, fetchBoot } from "@/boot/boot.js"
import { request } from "./client.js"

/**
 * Signs in; the server sets the session cookie.
 * @returns {Promise<object>} `{message, home_page, full_name, verification?}`
 * @throws {ServerError} 401 on wrong credentials
 */
export function signIn(usr, pwd, extra = {}) {
	return request("/api/method/login", {
		method: "POST",
		form: { usr, pwd, ...extra },
		noRetry: true,
		silent: true,
	})
}

/** Signs the same person in again inside the open page and takes over the new CSRF token. */
export async function signInAgain(pwd) {
	const before = boot.user.name
	await signIn(before, pwd)
	const fresh = await fetchBoot()
	adoptBoot({ csrf_token: fresh.csrf_token })
}

export async function signOut() {
	await request("/api/method/logout", { method: "POST", form: {}, noRetry: true, silent: true })
	window.location.assign("/login")
}
