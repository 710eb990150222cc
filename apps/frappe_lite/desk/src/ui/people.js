import { boot } from "@/boot/boot.js"
import { knownTitle, wantTitle } from "@/model/titles.js"

/** The name of a user: from the document's answer, the page's start, or asked for once. */
export function fullName(user, info = {}) {
	const known = boot.user_info?.[user]?.fullname || info.user_info?.[user]?.fullname
	if (known) return known
	wantTitle("User", user)
	return knownTitle("User", user) || user
}
