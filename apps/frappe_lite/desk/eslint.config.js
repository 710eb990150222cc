import vue from "eslint-plugin-vue"
import prettier from "eslint-config-prettier"
import globals from "globals"

export default [
	{ ignores: ["node_modules/**"] },
	...vue.configs["flat/recommended"],
	prettier,
	{
		languageOptions: { globals: { ...globals.browser } },
		rules: {
			"no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
			"no-undef": "error",
			"prefer-const": "error",
			eqeqeq: ["error", "smart"],
			complexity: ["error", 15],
			"vue/multi-word-component-names": "off",
			"vue/no-v-html": "off",
			// Handles and models are objects with methods and are meant to be changed; replacing the prop itself is not.
			"vue/no-mutating-props": ["error", { shallowOnly: true }],
			"vue/require-default-prop": "off",
		},
	},
	{ files: ["tests/**"], languageOptions: { globals: { frappe: "readonly" } } },
	{ files: ["*.config.js"], languageOptions: { globals: { ...globals.node } } },
]
