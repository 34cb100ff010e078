"""The applications of the first call: what they say and how they ended. Their tables are in the CSV files.

`sent` is when it was sent; `end` the last state; `score` what the reviews
come to, near enough; `cup` and `reason` what was decided; `asked` an integration, `failed` a check.
"""

from rtc_conciliation.setup.demo.data.users import AMBITO, CONSORTIUM

APPLICATIONS = {
	"tempo-di-valle": {
		"applicant": AMBITO,
		"title": "Tempo di valle",
		"acronym": "TEMPOVALLE",
		"abstract": "Doposcuola, nido in orario prolungato, uno sportello unico per chi assiste e una navetta per i"
		" turnisti: servizi di valle pensati sugli orari di chi lavora.",
		"context_needs": "In media valle sei lavoratori su dieci hanno turni o si spostano oltre mezz'ora. I nidi"
		" chiudono alle 16.30, i centri estivi coprono cinque settimane su tredici e chi assiste un genitore anziano"
		" prende in media tre permessi al mese solo per le pratiche.",
		"objectives": "Portare a 160 i bambini accolti oltre l'orario scolastico, a sette giorni il tempo di una"
		" pratica di assistenza e collegare la tramvia con la zona industriale nei tre cambi turno.",
		"innovation": "Un solo calendario di valle, condiviso da Comuni, scuole e imprese, decide insieme orari dei"
		" servizi e turni.",
		"sent": "2026-06-18 15:42:00",
		"end": "Funded",
		"score": 84.5,
		"cup": "Z11D26000010009",
	},
	"treviglio-in-orario": {
		"applicant": AMBITO,
		"title": "Treviglio in orario",
		"acronym": "INORARIO",
		"abstract": "La stazione diventa il luogo dei servizi per i pendolari: sportello dalle 6.30 alle 20,"
		" velostazione, banca del tempo e uffici aperti la sera.",
		"context_needs": "Ogni giorno novemila persone passano dalla stazione di Treviglio. Gli sportelli pubblici"
		" aprono quando sono già partite: il 41% degli intervistati ha preso ferie per una pratica.",
		"objectives": "Seimila accessi in due anni, cento pendolari che lasciano l'auto, 2.400 ore scambiate nella"
		" banca del tempo.",
		"innovation": "Lo sportello riunisce Comune, Ambito e ASST in un punto solo e prende gli appuntamenti sul"
		" treno.",
		"sent": "2026-06-25 09:17:00",
		"end": "Funded",
		"score": 81,
		"cup": "Z12D26000020009",
	},
	"isola-concilia": {
		"applicant": AMBITO,
		"title": "Isola concilia",
		"acronym": "ISOLACON",
		"abstract": "Nido aperto tredici ore, voucher per l'estate, pedibus con volontari formati e biblioteca"
		" serale nei Comuni dell'Isola.",
		"context_needs": "L'Isola è terra di logistica e di piccole imprese: turni che iniziano alle sei e pochi"
		" nonni vicini. Le richieste di anticipo scolastico sono raddoppiate in tre anni.",
		"objectives": "Tredici ore di nido al giorno, 240 alunni accompagnati a piedi, 160 settimane di centro"
		" estivo sostenute.",
		"innovation": "I volontari hanno un percorso formativo riconosciuto e turni gestiti con le scuole.",
		"sent": "2026-06-29 18:05:00",
		"end": "Funded",
		"score": 77.25,
		"cup": "Z13D26000030009",
	},
	"ore-in-citta": {
		"applicant": CONSORTIUM,
		"title": "Ore in città",
		"acronym": "OREINCITTA",
		"abstract": "Assistenti familiari a ore, sportelli serali con prenotazione sanitaria e sostituzioni per"
		" libere professioniste nel capoluogo.",
		"context_needs": "In città cresce il lavoro autonomo femminile ma una professionista su quattro riduce"
		" l'attività dopo il primo figlio. Chi assiste cerca poche ore flessibili, non un contratto.",
		"objectives": "Tremila ore di assistenza, due sportelli serali, cinquanta professioniste sostenute.",
		"innovation": "Elenco di assistenti formate, disponibili entro il giorno dopo e condivise fra quartieri.",
		"sent": "2026-06-30 11:38:00",
		"end": "Funded",
		"score": 74,
		"cup": "Z14D26000040009",
	},
	"ore-d-argento": {
		"applicant": CONSORTIUM,
		"title": "Ore d'argento",
		"acronym": "OREARGENTO",
		"abstract": "Centro diurno dalle 7 alle 20, gruppi per chi assiste e spesa a domicilio nell'Alto Sebino.",
		"context_needs": "Un residente su quattro ha più di 65 anni e il turismo impone orari lunghi: il centro"
		" diurno chiude alle 16, quando comincia il turno serale.",
		"objectives": "Venticinque anziani accolti oltre l'orario ordinario e seicento consegne in due anni.",
		"innovation": "Le fasce orarie si prenotano a settimana, secondo i turni di chi assiste.",
		"sent": "2026-06-26 16:20:00",
		"end": "Eligible Not Funded",
		"score": 71.5,
	},
	"dalmine-pedala": {
		"applicant": CONSORTIUM,
		"title": "Dalmine pedala",
		"acronym": "DALPEDALA",
		"abstract": "Biciclette in prestito, passaggi condivisi e un maggiordomo di quartiere per chi lavora a"
		" turni.",
		"context_needs": "Metà di chi lavora nei poli produttivi abita a meno di cinque chilometri e va in auto.",
		"objectives": "Sessanta biciclette in uso e cinquecento ore di piccole commissioni.",
		"innovation": "Officina mobile davanti alle aziende.",
		"sent": "2026-06-22 10:11:00",
		"end": "Below Threshold",
		"score": 52,
	},
	"passi-brevi": {
		"applicant": CONSORTIUM,
		"title": "Passi brevi",
		"acronym": "PASSIBREVI",
		"abstract": "Baby parking nelle frazioni, trasporto a chiamata e sportello itinerante in Valle Brembana.",
		"context_needs": "Le frazioni hanno perso asilo, negozio e corriera: chi lavora a fondovalle accompagna"
		" tutti, ogni giorno, da solo.",
		"objectives": "Quarantacinque bambini accolti e quattromila corse in due anni.",
		"innovation": "Le botteghe di paese diventano punti di consegna e di prenotazione.",
		"sent": "2026-06-29 21:50:00",
		"end": "Not Admissible",
		"asked": [
			{
				"what": "Delega del legale rappresentante in corso di validità alla data di invio della domanda",
				"why": "La delega allegata è scaduta il 31/05/2026 (D.P.R. 445/2000, art. 38)",
				"kind": "File",
			}
		],
		"failed": {
			"Poteri di chi firma": "Delega scaduta al momento dell'invio, integrazione non pervenuta."
		},
		"reason": "La delega del legale rappresentante allegata era scaduta al momento dell'invio. L'integrazione,"
		" chiesta con termine di dieci giorni (L. 241/1990, art. 6 c. 1 lett. b), non è pervenuta.",
	},
	"minuti-preziosi": {
		"applicant": CONSORTIUM,
		"title": "Minuti preziosi",
		"acronym": "MINUTI",
		"abstract": "Punti di ritiro e piccole commissioni in azienda, aiuto entro due ore quando un bambino è"
		" malato.",
		"context_needs": "Le piccole imprese del Seriatese non hanno un ufficio del personale: chi ha un'urgenza in"
		" famiglia usa le ferie.",
		"objectives": "Sei punti di ritiro, duecento interventi di emergenza.",
		"innovation": "Un solo numero per dodici imprese.",
		"sent": "2026-06-15 14:30:00",
		"end": "Withdrawn",
	},
}
