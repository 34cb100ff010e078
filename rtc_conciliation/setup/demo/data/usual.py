"""What every application of the demo says in much the same words, and the names behind the keys of the CSVs."""

# {lead}: name of the lead body; {where}: Ambito of the first action; {bodies}: how many partners.
TEXTS = {
	"needs_survey": "Questionario a lavoratrici e lavoratori dell'Ambito {where}, due incontri con le imprese e con le"
	" organizzazioni sindacali, dati dei servizi sociali e sociosanitari dell'ultimo triennio.",
	"continuity": "Prosegue quanto avviato con la programmazione precedente: i servizi che hanno funzionato sono"
	" estesi, quelli poco usati non vengono riproposti.",
	"local_ties": "Raccordo con il Piano di Zona dell'Ambito {where}, con i piani territoriali degli orari dei Comuni"
	" e con gli accordi aziendali dei partner.",
	"governance": "{lead} coordina; una cabina di regia con un referente per ciascuno dei {bodies} enti si riunisce"
	" ogni due mesi. Le decisioni di spesa sono verbalizzate.",
	"communication_plan": "Pagina dedicata, locandine nei luoghi di lavoro, incontri di avvio e di restituzione. Ogni"
	" materiale riporta il contributo di ATS Bergamo e di Regione Lombardia.",
	"timeline": "Primo trimestre: avvio e accordi. Dal secondo: servizi a regime. Verifica intermedia a metà percorso,"
	" rendicontazione finale nell'ultimo trimestre.",
	"risks": "Poche adesioni nei primi mesi: promozione con le imprese. Difficoltà a trovare personale: elenco"
	" condiviso fra i partner. Ritardi negli accordi: avvio per sedi successive.",
	"sustainability": "I Comuni e gli enti partner confermano sedi e coordinamento oltre il biennio; le tariffe"
	" coprono una parte dei costi e le imprese rinnovano gli accordi di welfare.",
}
POWERS = "Statuto e atto di nomina"

AREAS = {
	"cura": "Accesso ai servizi di cura e assistenza",
	"time_saving": "Time saving",
	"mobilita": "Mobilità casa-lavoro",
	"autonomi": "Sostegno ad autonomi e liberi professionisti",
	"citta": "Tempi delle città (L.R. 28/2004)",
}
CATEGORIES = {
	"dipendenti": "Lavoratori dipendenti a tempo determinato e indeterminato",
	"soci": "Soci lavoratori delle società cooperative",
	"somministrati": "Lavoratori con contratti di somministrazione",
	"imprenditori": "Imprenditori (art. 2082 e ss. c.c.)",
	"autonomi": "Lavoratori autonomi (art. 2222 e ss. c.c.)",
	"professionisti": "Liberi professionisti (art. 2229 e ss. c.c.)",
	"senz_albo": "Liberi professionisti senz'albo iscritti ad associazioni professionali",
	"gestione_separata": "Collaboratori autonomi con partita IVA in gestione separata INPS",
}
COSTS = {
	"dipendenti": "Personale dipendente",
	"esterni": "Personale esterno",
	"servizi": "Acquisto di servizi di conciliazione",
	"voucher": "Voucher ai destinatari",
	"coordinamento": "Coordinamento",
	"comunicazione": "Comunicazione",
	"formazione": "Formazione",
	"beni": "Beni e attrezzature",
}
# who pays a cost row: the Select's option, and the field of the partner that grows by it
PAID = {
	"contributo": ("Contribution", None),
	"denaro": ("Co-financing", "cofinancing_cash"),
	"natura": ("Co-financing", "cofinancing_in_kind"),
}
