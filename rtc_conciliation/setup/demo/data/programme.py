"""The programme as the press release of 6 May 2026 tells it; the split by year and the act are invented."""

TITLE = "RTC 2025-2027 ATS Bergamo"

#: who the ATS is, for RTC Settings; contacts are invented
SETTINGS = {
	"ats_name": "ATS Bergamo",
	"heading": "Dipartimento per la programmazione e l'integrazione\ndelle prestazioni sociosanitarie",
	"address": "Via Gallicciolli 4\n24121 Bergamo",
	"pec": "protocollo@pec-ats.example.org",
	"email": "conciliazione@ats-bg.it",
	"dpo_name": "Responsabile della protezione dei dati (dato dimostrativo)",
	"dpo_email": "dpo@ats.example.org",
}

PROGRAMME = {
	"title": TITLE,
	"status": "Active",
	"start_date": "2025-12-09",
	"end_date": "2028-12-31",
	"ats_name": "ATS Bergamo",
	"office": "Ufficio Conciliazione vita-lavoro",
	"province": "Bergamo",
	"office_email": "conciliazione@ats-bg.it",
	"office_pec": "protocollo@pec-ats.example.org",
	"procedure_officer": "dott.ssa Elena Esempio (dato dimostrativo)",
	"ipa_code": "dato_dimostrativo",
	"website": "https://www.ats-bg.it",
	"legal_basis": "DGR XII/5464 del 9/12/2025",
	"ats_act": "Deliberazione n. 0/2026 (dato dimostrativo)",
	"ats_act_date": "2026-02-10",
	"ats_act_url": "https://www.ats-bg.it",
	"privacy_notice_version": "1",
	"calls_deadline": "2026-07-01",
	"plan_deadline": "2026-10-08",
	"project_start": "2026-11-01",
	"project_end": "2028-11-01",
	"endowment": 872000,
	"budget_years": [
		{"year": 2025, "amount": 174400},
		{"year": 2026, "amount": 348800},
		{"year": 2027, "amount": 348800},
	],
	"min_partners": 3,
	"min_areas": 2,
	"min_cofinancing_percent": 30,
	"description": (
		"<p>Rete Territoriale di Conciliazione dei tempi di vita e di lavoro della provincia di Bergamo, avviata"
		" con l'incontro del 6 maggio 2026. ATS Bergamo, ente capofila, finanzia attività per:</p>"
		"<ul><li>attivare interventi di conciliazione vita-lavoro;</li>"
		"<li>rafforzare integrazione e complementarità tra servizi sociali, sociosanitari e politiche del"
		" lavoro;</li>"
		"<li>promuovere welfare proattivo: prevenzione, prossimità, accessibilità;</li>"
		"<li>coinvolgere in modo strutturato imprese e attori territoriali, attraverso reti stabili.</li></ul>"
	),
}

#: added to the description when the demo is loaded so late that its dates had to move
SHIFTED = (
	"<p><em>Dati dimostrativi: i termini del programma sono spostati perché una manifestazione di interesse"
	" risulti aperta oggi.</em></p>"
)
