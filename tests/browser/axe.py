"""axe-core in the page: one line for each element that breaks a rule."""

from axe_playwright_python.sync_playwright import Axe

AXE = Axe().axe_script
RUN = """async ([context, options]) => (await axe.run(context || document, options)).violations.flatMap((broken) =>
	broken.nodes.map((node) => `${broken.id}: ${node.target} ${node.html.slice(0, 120)}`))"""
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"], "resultTypes": ["violations"]}
