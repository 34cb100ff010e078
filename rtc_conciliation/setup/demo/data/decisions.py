"""Why one adhesion was refused, and when another one ended."""

REJECTION = (
	"L'associazione svolge attività ricreative riservate ai soci e dalla documentazione, richiesta il 15/06/2026"
	" e non integrata, non risultano attività legate alla conciliazione dei tempi di vita e di lavoro."
)
LEFT_ON = "2026-07-31"
