/** The button of the print view; `data-print` prints as soon as the page has loaded. */
document.getElementById("print").addEventListener("click", () => window.print())
if (document.body.dataset.print === "1") window.addEventListener("load", () => window.print())
