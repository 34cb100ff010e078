"""The applications of the second call: two sent (of one an integration is asked), one ready, five drafts with one error and one with five.

`spoil` changes a correct application: `set` replaces fields, `extend_end` moves the end by so many days,
`to_be_signed` says that the partnership agreement is; `confirmed_by` is who confirmed for the first partner.
`leave_out` names documents that are not attached, `refuse` declarations that are not accepted. `breaks` names
the rules that then have something to say.
"""

from rtc_conciliation.setup.demo.data.users import AMBITO, CONSORTIUM

APPLICATIONS = {
	"pendolari-leggeri": {
		"applicant": AMBITO,
		"title": "Pendolari leggeri",
		"acronym": "LEGGERI",
		"abstract": "Navette e biciclette per i turni di notte, voucher per il baby-sitting quando i servizi sono"
		" chiusi.",
		"context_needs": "Nei poli logistici dell'Ambito lavorano di notte oltre duemila persone; l'ultima corsa"
		" passa alle 21.10 e nessun servizio per l'infanzia è aperto.",
		"objectives": "Centocinquanta turnisti senza auto e cento voucher spesi.",
		"innovation": "Le corse si decidono ogni mese sui turni che le imprese comunicano.",
		"sent_after_days": 3,
		"end": "Integration Requested",
		"asked": [
			{
				"what": "Copia leggibile dell'accordo di partenariato",
				"why": "La seconda pagina del file allegato è tagliata e non si leggono le quote dei partner",
				"kind": "File",
			},
			{
				"what": "Quante corse notturne sono previste nei mesi di agosto e dicembre",
				"why": "L'azione 1 indica un servizio continuativo, il budget dieci mesi",
				"kind": "Text",
			},
		],
	},
	"partita-in-due": {
		"applicant": CONSORTIUM,
		"title": "Partita in due",
		"acronym": "PARTITA2",
		"abstract": "Sostituzioni, co-working con spazio bambini, sportello e baby-sitting di emergenza per chi"
		" lavora con partita IVA.",
		"context_needs": "Chi lavora in proprio non ha congedi né permessi: un ricovero o una malattia dei figli"
		" significa perdere il cliente.",
		"objectives": "Sessanta sostituzioni e 1.200 giornate di co-working in due anni.",
		"innovation": "Le sostituzioni sono fra pari: chi oggi è sostituita domani sostituisce.",
		"sent_after_days": 5,
		"end": "Submitted",
	},
	"orari-amici": {
		"applicant": CONSORTIUM,
		"shared_with": AMBITO,
		"title": "Orari amici in Valle Brembana",
		"acronym": "ORARIAMICI",
		"abstract": "Assistenza domiciliare leggera, trasporto a chiamata e sostituzioni in bottega nei Comuni della"
		" media e alta valle.",
		"context_needs": "Nove lavoratori su dieci escono dalla valle; chi resta, spesso artigiano, non può chiudere"
		" per accompagnare un familiare.",
		"objectives": "Cinquemila corse, quaranta anziani seguiti a casa, quaranta sostituzioni in bottega.",
		"innovation": "Un centralino unico per corse, assistenza e sostituzioni, gestito con le botteghe.",
		"breaks": [],
		"to_be_signed": True,
		"confirmed_by": ("Legale rappresentante", "Presidente"),
	},
	"turni-di-casa": {
		"applicant": CONSORTIUM,
		"title": "Turni di casa",
		"acronym": "TURNICASA",
		"abstract": "Il nido aziendale si apre al territorio e la stireria arriva al cambio turno.",
		"context_needs": "La zona industriale di Nembro occupa molte madri turniste e il nido comunale è completo.",
		"objectives": "Venti posti nido per famiglie non dipendenti dell'azienda.",
		"innovation": "Un'impresa mette a disposizione i propri locali oltre l'orario.",
		"breaks": ["partnership"],
	},
	"compiti-e-merende": {
		"applicant": CONSORTIUM,
		"title": "Compiti e merende",
		"acronym": "COMPITI",
		"abstract": "Doposcuola, centri estivi e una banca del tempo dei nonni nell'Ambito di Grumello.",
		"context_needs": "Il tempo pieno copre un terzo delle classi e molte famiglie lavorano nella ristorazione.",
		"objectives": "Settanta bambini seguiti e dieci settimane estive.",
		"innovation": "La merenda la preparano i nonni della banca del tempo.",
		"breaks": ["areas"],
	},
	"commissioni-in-rete": {
		"applicant": CONSORTIUM,
		"title": "Commissioni in rete",
		"acronym": "COMMISSIONI",
		"abstract": "Un maggiordomo condiviso e una navetta per dodici piccole imprese della città.",
		"context_needs": "Da sole le piccole imprese non possono offrire servizi di welfare ai dipendenti.",
		"objectives": "Dodici punti di ritiro e duecento giornate di navetta.",
		"innovation": "Un accordo interaziendale fra imprese sotto i quindici dipendenti.",
		"breaks": ["cofinancing"],
	},
	"corse-a-chiamata": {
		"applicant": AMBITO,
		"title": "Corse a chiamata",
		"acronym": "CORSE",
		"abstract": "Trasporto prenotato fra lago e valle e centro diurno nelle ore di lavoro.",
		"context_needs": "Le corriere seguono l'orario scolastico e in estate, quando si lavora di più, spariscono.",
		"objectives": "Cinquecento corse in coincidenza con i turni.",
		"innovation": "Prenotazione per telefono o con l'applicazione del Comune.",
		"breaks": ["period"],
		"spoil": {"extend_end": 60},
	},
	"ufficio-del-tempo": {
		"applicant": AMBITO,
		"title": "Ufficio del tempo",
		"acronym": "UFFTEMPO",
		"abstract": "Uno sportello in pausa pranzo e la sera, sostegno alle partite IVA e una banca del tempo.",
		"context_needs": "A Romano gli sportelli chiudono alle 12.30 e le nuove partite IVA crescono ogni anno.",
		"objectives": "Tremila accessi su appuntamento.",
		"innovation": "Lo sportello prende in carico la pratica e richiama.",
		"breaks": ["declarations"],
		"spoil": {"refuse": ["Regolarità contributiva (DURC)"]},
	},
	"tutto-insieme": {
		"applicant": AMBITO,
		"title": "Tutto insieme",
		"acronym": "TUTTO",
		"abstract": "Doposcuola fino alle 19 e nido aperto il sabato.",
		"context_needs": "Chi lavora nel commercio non ha servizi il sabato e nel tardo pomeriggio.",
		"objectives": "Ottanta bambini accolti dopo le 17.",
		"innovation": "Orari concordati con le gallerie commerciali.",
		"breaks": ["lead", "areas", "recipients", "budget", "agreement"],
		"spoil": {"set": {"pec": ""}, "leave_out": ["Accordo di partenariato o lettera di intenti"]},
	},
}
