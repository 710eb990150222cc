/** `frappe.user`, `frappe.session`, `frappe.defaults`, `frappe.user_info`. */
import { boot } from "@/boot/boot.js"
import { hasRole } from "@/model/perm.js"

const info = (user = boot.user.name) =>
	boot.user_info?.[user] || {
		fullname: user === boot.user.name ? boot.user.full_name || user : user,
		image: null,
		abbr: user?.[0],
	}

export const userInfo = info

export const user = {
	get name() {
		return boot.user.name
	},
	has_role: hasRole,
	full_name: (name) => info(name).fullname,
	image: (name) => info(name).image,
	abbr: (name) => info(name).abbr,
	get_emails: () => [boot.user.email || boot.user.name],
	is_report_manager: () => hasRole(["Administrator", "System Manager", "Report Manager"]),
	toString: () => boot.user.name,
}

export const session = {
	get user() {
		return boot.user.name
	},
	get user_fullname() {
		return info().fullname
	},
	get user_email() {
		return boot.user.email || boot.user.name
	},
}

const lookup = (source, key) => source?.[key] ?? source?.[String(key).toLowerCase().replace(/ /g, "_")]

export const defaults = {
	get_user_default(key) {
		const value = lookup(boot.user.defaults, key) ?? lookup(boot.sysdefaults, key)
		return Array.isArray(value) ? value[0] : value
	},
	get_user_defaults: (key) => [].concat(lookup(boot.user.defaults, key) ?? []),
	get_default: (key) => defaults.get_user_default(key),
	get_global_default: (key) => lookup(boot.sysdefaults, key),
	set_default: () => {},
	get_user_permissions: () => boot.user_permissions || {},
}

export const roles = () => boot.user.roles || []
