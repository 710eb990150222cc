import { onBeforeUnmount, ref } from "vue"

function useQuery(query) {
	const list = window.matchMedia?.(query)
	const matches = ref(Boolean(list?.matches))
	const update = (event) => (matches.value = event.matches)
	list?.addEventListener?.("change", update)
	onBeforeUnmount(() => list?.removeEventListener?.("change", update))
	return matches
}

export const useTouch = () => useQuery("(pointer: coarse)")
export const usePhone = () => useQuery("(max-width: 640px)")
/** Too narrow for the form's side panel. */
export const useNarrow = () => useQuery("(max-width: 899px)")
