"""The two calls. The second one's dates follow the day of loading (`demo.calendar`)."""

FIRST = {
	"title": "Manifestazione di interesse per progetti di conciliazione vita-lavoro 2026-2028",
	"opening": "2026-05-11 09:00:00",
	"closing": "2026-06-30 12:00:00",
	"endowment": 400000,
	"description": (
		"<p>ATS Bergamo raccoglie la candidatura di progetti biennali di conciliazione dei tempi di vita e di"
		" lavoro, promossi da partenariati di enti pubblici, enti del Terzo settore e cooperative sociali.</p>"
		"<p>Il progetto riguarda almeno due macrocategorie tra accesso ai servizi di cura e assistenza, time"
		" saving, mobilità casa-lavoro e sostegno ad autonomi e liberi professionisti; il cofinanziamento è di"
		" almeno il 30% del costo.</p>"
	),
}
FIRST_ACT = {"act_number": "101/2026 (dato dimostrativo)", "act_date": "2026-05-08"}

SECOND = {
	"title": "Seconda manifestazione di interesse per progetti di conciliazione vita-lavoro",
	"endowment": 350000,
	"max_contribution": 120000,
	"description": (
		"<p>Con le risorse residue del programma ATS Bergamo apre una seconda manifestazione di interesse, con"
		" attenzione ai territori e alle macrocategorie meno coperti dai progetti già finanziati: valli,"
		" mobilità casa-lavoro, lavoratori autonomi e liberi professionisti.</p>"
	),
}
SECOND_ACT_NUMBER = "214/2026 (dato dimostrativo)"

# When the steps of the first call were taken.
DRAFTED_ON = "2026-04-27 10:00:00"
APPROVED_ON = "2026-05-07 16:00:00"
PUBLISHED_ON = "2026-05-08 12:00:00"
CLOSED_ON = "2026-06-30 12:05:00"
CHECKED_ON = "2026-07-14 10:00:00"
EVALUATED_ON = "2026-07-29 15:00:00"
RANKED_ON = "2026-09-03 15:00:00"
DECIDED_ON = "2026-09-10 11:00:00"
RANKING_ACT = {"act_number": "187/2026 (dato dimostrativo)", "act_date": "2026-09-10"}
RANKING_PUBLISHED_ON = "2026-09-11 09:00:00"
ACCEPTED_ON = "2026-09-17 10:20:00"
ACCEPTED_BY_PEC_ON = "2026-09-21 09:05:00"
PEC_OF_ACCEPTANCE = "PEC prot. n. 4712/2026 (dato dimostrativo)"
CONCLUDED_ON = "2026-09-21 09:30:00"

#: about the second call; `after_days` from its opening
QUESTIONS = (
	{
		"after_days": 2,
		"subject": "Cofinanziamento in natura",
		"question": "Il lavoro del personale comunale già in servizio può valere come cofinanziamento?",
		"answer": "Sì, se le ore sono dedicate al progetto, documentate con un registro e valorizzate al costo"
		" effettivo. Vanno indicate come cofinanziamento in natura del partner che le mette a disposizione.",
	},
	{
		"after_days": 4,
		"subject": "Un Comune in due partenariati",
		"question": "Lo stesso Comune può essere partner di due domande diverse?",
		"answer": "Sì, come partner. Le stesse spese non possono però essere coperte da due contributi.",
	},
	{
		"after_days": 8,
		"subject": "Firma dell'accordo dopo la chiusura",
		"question": "L'accordo di partenariato può essere firmato dopo la chiusura della manifestazione?",
	},
)
