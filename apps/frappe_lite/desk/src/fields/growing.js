import { nextTick, onMounted, ref, watch } from "vue"

/** A textarea that grows with its text, up to half the screen. */
export function useGrowing(value) {
	const area = ref(null)
	function grow() {
		const element = area.value
		if (!element?.scrollHeight) return
		element.style.height = "auto"
		element.style.height = `${Math.min(element.scrollHeight + 2, window.innerHeight / 2)}px`
	}
	onMounted(grow)
	watch(value, () => nextTick(grow))
	return { area, grow }
}
