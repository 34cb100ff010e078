"""The Plan: its texts, and the acts of the version that was sent."""

TITLE = "Piano Territoriale di Conciliazione 2025-2027"
REFERENCE_DATE = "2026-09-30"
DRAFTED_ON = "2026-09-22 10:00:00"
PROPOSED_ON = "2026-09-30 17:00:00"
APPROVED_ON = "2026-10-05 12:00:00"
SENT_ON = "2026-10-07 15:20:00"
ACT = {"act_number": "188/2026 (dato dimostrativo)", "act_date": "2026-10-05"}
PROTOCOL = {"protocol_number": "0000188/2026 (dato dimostrativo)", "protocol_date": "2026-10-07"}

OUTCOME = (
	"<p>La Comunità di Pratica si è riunita il 27 maggio, il 24 giugno e il 16 settembre 2026. Esito dei lavori:</p>"
	"<ul><li>mappa condivisa dei servizi di conciliazione, aggiornata ogni semestre;</li>"
	"<li>scheda comune per rilevare i bisogni nelle imprese sotto i quindici dipendenti;</li>"
	"<li>indicatori minimi uguali per tutti i progetti: persone raggiunte, ore di servizio, gradimento;</li>"
	"<li>proposta di un calendario unico degli orari dei servizi estivi.</li></ul>"
)
NEXT_OUTCOME = (
	"<p>Dopo l'invio della prima versione la Comunità di Pratica ha avviato due gruppi di lavoro:</p>"
	"<ul><li>mobilità casa-lavoro nelle valli, con i dati della Provincia;</li>"
	"<li>sostegno ad autonomi e liberi professionisti, macrocategoria meno coperta dalla prima manifestazione.</li></ul>"
)
# texts of the sections of the standard template, by title
TEXTS = {
	"Premessa e quadro normativo": (
		"<p>Il Piano dà attuazione alla DGR XII/5464 del 9/12/2025. ATS Bergamo, ente capofila della Rete Territoriale di"
		" Conciliazione, avviata con l'incontro del 6 maggio 2026, dispone nel triennio di circa 872.000 euro.</p>"
		"<p>Le azioni attivano interventi di conciliazione vita-lavoro, rafforzano l'integrazione tra servizi sociali,"
		" sociosanitari e politiche del lavoro e promuovono un welfare di prossimità.</p>"
	),
	"Contesto territoriale: popolazione, lavoro, servizi": (
		"<p>Il territorio comprende 14 Ambiti e tre ASST, dalla pianura alle valli (dati dimostrativi). Il lavoro"
		" manifatturiero su turni convive con molte piccole imprese; i servizi di cura sono più radi nelle valli.</p>"
	),
	"Bisogni di conciliazione rilevati": (
		"<p>Dai tavoli della Rete emergono tre priorità:</p>"
		"<ul><li>orari dei servizi di cura più lunghi nelle valli e nei poli produttivi;</li>"
		"<li>sportelli accessibili a chi viaggia per lavoro;</li>"
		"<li>tutele per chi lavora in proprio e non ha permessi né congedi.</li></ul>"
	),
	"Strategia e priorità": (
		"<p>La Rete sostiene partenariati stabili tra enti pubblici, Terzo settore e imprese, e chiede a ogni progetto"
		" <b>almeno due macrocategorie</b> di intervento e un cofinanziamento del 30 %.</p>"
	),
	"Comitato di programmazione, valutazione e monitoraggio": (
		"<p>Il Comitato è presieduto da ATS e riunisce i rappresentanti di Ambiti, ASST, Provincia, parti sociali e Terzo"
		" settore. Esamina le proposte e segue l'attuazione ogni sei mesi.</p>"
	),
	"Azione di sistema": (
		"<p>ATS coordina la Rete, forma gli operatori e raccoglie i dati di monitoraggio con le schede comuni della"
		" Comunità di Pratica.</p>"
	),
	"Comunicazione": (
		"<p>Pagine pubbliche della Rete con aderenti e progetti, incontri negli Ambiti, materiali in formato accessibile.</p>"
	),
}
RECEIPT = (
	"ricevuta-consegna-pec.pdf",
	["Ricevuta di avvenuta consegna (dato dimostrativo)", "Piano Territoriale 2025-2027"],
)
