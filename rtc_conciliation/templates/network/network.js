// Filters what is already on the page; without it the form asks the server.
(function () {
	const form = document.querySelector(".search"), words = form.q, ambito = form.ambito;
	const found = document.getElementById("found");
	const groups = [].slice.call(document.querySelectorAll(".group"));
	function plain(text) {
		return text.replace(/['’‘`´ʼʹ′＇\u00ad\u200b-\u200f\ufeff]/g, "").toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "");
	}
	function filter() {
		const wanted = plain(words.value).split(/\s+/).filter(Boolean);
		let shown = 0;
		groups.forEach(function (group) {
			let here = 0;
			[].forEach.call(group.querySelectorAll("li"), function (row) {
				const fits = (!ambito.value || row.dataset.ambito === ambito.value) &&
					wanted.every(function (word) { return row.dataset.text.indexOf(word) >= 0; });
				row.hidden = !fits;
				here += fits;
			});
			group.hidden = !here;
			group.querySelector("h3 span").textContent = "(" + here + ")";
			shown += here;
		});
		const text = !shown ? found.dataset.none : wanted.length || ambito.value ? found.dataset.some : found.dataset.all;
		found.textContent = text.replace("{0}", shown);
		[].forEach.call(document.querySelectorAll(".map a"), function (tile) {
			if (ambito.value && tile.dataset.ambito === ambito.value) tile.setAttribute("aria-current", "true");
			else tile.removeAttribute("aria-current");
		});
	}
	form.addEventListener("submit", function (event) { event.preventDefault(); filter(); });
	words.addEventListener("input", filter);
	ambito.addEventListener("change", filter);
	document.addEventListener("click", function (event) {
		const link = event.target.closest("a[data-ambito]");
		if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
		event.preventDefault();
		ambito.value = link.dataset.ambito;
		filter();
		document.getElementById("members").scrollIntoView();
		ambito.focus({ preventScroll: true });
	});
})();
