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
			complexity: ["error", 12],
			"vue/multi-word-component-names": "off",
			"vue/no-v-html": "off",
			"vue/require-default-prop": "off",
		},
	},
	{ files: ["*.config.js"], languageOptions: { globals: { ...globals.node } } },
]
