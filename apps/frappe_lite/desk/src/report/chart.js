/** Draws a chart with frappe-charts in the colours of the desk. */

const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim()

const COLOURS = ["--accent", "--blue", "--orange", "--purple", "--green", "--red", "--gray"]

/** @param {{type?: string, data: {labels: string[], datasets: object[]}, height?: number}} options as frappe-charts */
export async function drawChart(element, options) {
	const { Chart } = await import("frappe-charts")
	const type =
		options.type === "donut" && options.data.datasets[0]?.values.length < 2
			? "bar"
			: options.type || options.data?.type || "bar"
	return new Chart(element, {
		height: 220,
		animate: 0,
		axisOptions: { xIsSeries: type === "line", shortenYAxisNumbers: 1 },
		...options,
		type,
		colors: options.colors?.length ? options.colors : COLOURS.map(token),
	})
}
