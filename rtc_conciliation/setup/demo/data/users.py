"""Who works in the demo: invented people, one for each role and two applicants."""

PASSWORD = "conciliazione"
#: how the site calls itself where people log in
SITE = "Rete di conciliazione"

ADMINISTRATION = "amministrazione@ats.example.org"
OFFICER = "istruttoria@ats.example.org"
MANAGER = "responsabile@ats.example.org"
DIRECTOR = "direzione@ats.example.org"
EVALUATOR = "commissione@ats.example.org"
SECOND_EVALUATOR = "esperta@welfare.example.org"
THIRD_EVALUATOR = "esperto@mobilita.example.org"
SUBSTITUTE = "supplente@ats.example.org"
AUDITOR = "controllo@ats.example.org"
CONSORTIUM = "progetti@tempi-comuni.example.org"
AMBITO = "bandi@ambiti.example.org"

# e-mail: (name, surname, role, what the login is for)
# The administrator first: core makes a site's first desk user a System Manager whatever its role.
USERS = {
	ADMINISTRATION: (
		"Sandro",
		"Campioni",
		"System Manager",
		"amministrazione del sito: utenti, ruoli, impostazioni",
	),
	OFFICER: (
		"Lucia",
		"Esempi",
		"RTC Officer",
		"istruttoria: adesioni, manifestazioni di interesse, controllo formale, bozza del Piano",
	),
	MANAGER: (
		"Marco",
		"Fintoni",
		"RTC Manager",
		"responsabile del procedimento: ammette gli aderenti, pubblica, decide l'ammissibilità",
	),
	DIRECTOR: (
		"Adele",
		"Provetti",
		"RTC Director",
		"direzione: approva le manifestazioni di interesse, il Piano e i finanziamenti",
	),
	EVALUATOR: (
		"Tullio",
		"Simulati",
		"RTC Evaluator",
		"presidente della commissione: dichiara i conflitti e valuta le domande",
	),
	SECOND_EVALUATOR: ("Bice", "Ipotesi", "RTC Evaluator", "componente della commissione"),
	THIRD_EVALUATOR: ("Ivo", "Supposti", "RTC Evaluator", "componente della commissione"),
	SUBSTITUTE: ("Clara", "Riserve", "RTC Evaluator", "supplente della commissione"),
	AUDITOR: ("Irene", "Inventati", "RTC Auditor", "controllo: legge tutto, non modifica nulla"),
	CONSORTIUM: (
		"Piera",
		"Dimostri",
		"RTC Applicant",
		"progettista di un consorzio di cooperative: bozze con errori da correggere e una pronta per l'invio",
	),
	AMBITO: (
		"Dario",
		"Figuranti",
		"RTC Applicant",
		"ufficio progetti di un Ambito: domande inviate, finanziate e una bozza con cinque errori",
	),
}
