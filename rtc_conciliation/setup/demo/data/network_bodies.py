"""The Comitato and the Comunità di Pratica: their seats and two meetings each has held or will hold."""

ESTABLISHED = "2026-05-20"
ACT = {"act_number": "97/2026 (dato dimostrativo)", "act_date": ESTABLISHED}
COMITATO, COMMUNITY_TITLE = "Comitato di programmazione, valutazione e monitoraggio", "Comunità di Pratica"

# key of the member (empty: the ATS), person (invented), office, from, to
COMITATO_SEATS = [
	("", "Adele Provetti", "President", ESTABLISHED, None),
	("", "Lucia Esempi", "Secretary", ESTABLISHED, None),
	("bergamo", "Ivo Congetture", "Member", ESTABLISHED, None),
	("ambito_dalmine", "Nora Ipotesi", "Member", ESTABLISHED, None),
	("asst_papa", "Dino Verosimile", "Member", ESTABLISHED, "2026-09-15"),
	("asst_papa", "Sara Plausibile", "Member", "2026-09-16", None),
	("orologio", "Ornella Fittizi", "Member", ESTABLISHED, None),
	("imprese", "Aldo Verosimili", "Member", ESTABLISHED, None),
	("sindacato", "Lina Astratti", "Member", ESTABLISHED, None),
]
COMMUNITY_SEATS = [
	("ambito_seriana", "Bianca Immaginari", "President", ESTABLISHED, None),
	("asst_est", "Renzo Esempiati", "Secretary", ESTABLISHED, None),
	("tempi", "Piera Dimostri", "Member", ESTABLISHED, None),
	("provincia", "Guido Supponenti", "Member", ESTABLISHED, None),
	("imprese", "Aldo Verosimili", "Member", ESTABLISHED, None),
	("sindacato", "Lina Astratti", "Member", ESTABLISHED, None),
]
SEATS = {COMITATO: ("Comitato", COMITATO_SEATS), COMMUNITY_TITLE: ("Comunità di Pratica", COMMUNITY_SEATS)}

MEETINGS = [
	{
		"body": COMITATO,
		"title": "Esame della bozza del Piano",
		"starts_on": "2026-09-30 15:00:00",
		"ends_on": "2026-09-30 17:00:00",
		"place": "Sala riunioni della ATS, secondo piano",
		"agenda": ["Adesioni ricevute dopo l'estate", "Bozza del Piano Territoriale", "Varie"],
		"absent": ["Aldo Verosimili"],
		"outcome": "<p>Parere favorevole sulla bozza del Piano, con la richiesta di seguire ogni sei mesi la spesa dei progetti.</p>",
		"minutes": "<p>Alle 15.05, verificata la presenza dei componenti, si apre la seduta. La bozza è illustrata e approvata all'unanimità.</p>",
		"approved": "2026-10-02 10:00:00",
	},
	{
		"body": COMMUNITY_TITLE,
		"title": "Indicatori comuni dei progetti",
		"starts_on": "2026-09-16 09:30:00",
		"ends_on": "2026-09-16 12:30:00",
		"place": "Casa delle Ore, Lovere",
		"agenda": ["Mappa dei servizi", "Indicatori minimi uguali per tutti", "Orari dei servizi estivi"],
		"absent": [],
		"guests": [("Silvia Esemplari", "Fondazione Casa delle Ore ETS")],
		"outcome": "<p>Indicatori minimi uguali per tutti i progetti: persone raggiunte, ore di servizio, gradimento.</p>",
		"minutes": "",
		"approved": None,
	},
]
#: the meeting to come: so many days after the day of loading
NEXT = {
	"body": COMMUNITY_TITLE,
	"title": "Mobilità casa-lavoro nelle valli",
	"days": 21,
	"place": "Sala riunioni della ATS, secondo piano",
	"link": "https://incontri.example.org/comunita-di-pratica",
	"agenda": ["Dati della Provincia sugli spostamenti", "Trasporto a chiamata: esperienze a confronto"],
}
