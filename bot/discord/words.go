package discord

// A language is one that the commands are explained in. What they answer stays
// in its own.
type language int

const (
	english language = iota
	german
	french
	spanish
	italian
	languages
)

// locales are what Discord calls the languages. It shows English where it has no
// other, and the Spanish of Spain in Latin America too.
var locales = [languages]string{german: "de", french: "fr", spanish: "es-ES", italian: "it"}

// A wording is what something is called and said about, by language. An English
// name stands where there is none, since Discord knows that already.
type wording [languages]struct{ name, about string }

// names returns the names other than English, by locale.
func (w wording) names() map[string]string { return w.by(func(l language) string { return w[l].name }) }

// about returns what is said other than in English, by locale.
func (w wording) about() map[string]string {
	return w.by(func(l language) string { return w[l].about })
}

func (w wording) by(words func(language) string) map[string]string {
	all := map[string]string{}
	for l := german; l < languages; l++ {
		all[locales[l]] = words(l)
	}
	return all
}

// about is the command in the menu of a message.
const about = "Ask about this"

// commandWords are the words for the commands, by their names.
var commandWords = map[string]wording{
	"ask": {
		{"ask", "What do the publications say? Answered with quotes, word for word."},
		{"fragen", "Was sagen die Publikationen? Die Antwort sind wörtliche Zitate."},
		{"demander", "Que disent les publications ? La réponse cite mot pour mot."},
		{"preguntar", "¿Qué dicen las publicaciones? La respuesta cita palabra por palabra."},
		{"chiedi", "Che cosa dicono le pubblicazioni? La risposta cita parola per parola."},
	},
	"latest": {
		{"latest", "The newest publications"},
		{"neueste", "Die neuesten Publikationen"},
		{"nouveautés", "Les publications les plus récentes"},
		{"novedades", "Las publicaciones más recientes"},
		{"novità", "Le pubblicazioni più recenti"},
	},
	"takeaways": {
		{"takeaways", "The key takeaways of one publication"},
		{"kernaussagen", "Die Kernaussagen einer Publikation"},
		{"points-clés", "Les points clés d’une publication"},
		{"ideas-clave", "Las ideas clave de una publicación"},
		{"punti-chiave", "I punti chiave di una pubblicazione"},
	},
	"help": {
		{"help", "What I can do"},
		{"hilfe", "Was ich kann"},
		{"aide", "Ce que je sais faire"},
		{"ayuda", "Lo que sé hacer"},
		{"aiuto", "Che cosa so fare"},
	},
	"subscribe": {
		{"subscribe", "Post new publications in a channel"},
		{"abonnieren", "Neue Publikationen in einem Kanal ankündigen"},
		{"abonner", "Annoncer les nouvelles publications dans un salon"},
		{"suscribir", "Anunciar las nuevas publicaciones en un canal"},
		{"iscrivi", "Annunciare le nuove pubblicazioni in un canale"},
	},
	"unsubscribe": {
		{"unsubscribe", "Post new publications in a channel no more"},
		{"abbestellen", "Neue Publikationen in einem Kanal nicht mehr ankündigen"},
		{"désabonner", "Ne plus annoncer les nouvelles publications dans un salon"},
		{"cancelar-suscripción", "Dejar de anunciar las nuevas publicaciones en un canal"},
		{"disiscrivi", "Non annunciare più le nuove pubblicazioni in un canale"},
	},
	"subscriptions": {
		{"subscriptions", "Which channel follows what"},
		{"abonnements", "Welcher Kanal was abonniert hat"},
		{"abonnements", "Ce que suit chaque salon"},
		{"suscripciones", "Qué sigue cada canal"},
		{"iscrizioni", "Che cosa segue ogni canale"},
	},
	"status": {
		{"status", "How the sources are"},
		{"status", "Wie es um die Quellen steht"},
		{"état", "L’état des sources"},
		{"estado", "El estado de las fuentes"},
		{"stato", "Lo stato delle fonti"},
	},
	about: {
		{about, ""},
		{"Dazu nachschlagen", ""},
		{"Chercher à ce sujet", ""},
		{"Preguntar sobre esto", ""},
		{"Chiedi su questo", ""},
	},
}

// optionWords are the words for the options of commands. "title" is the
// publication of /takeaways.
var optionWords = map[string]wording{
	"question": {
		{"question", "What would you like to know?"},
		{"frage", "Was sollen die Publikationen beantworten?"},
		{"question", "La question à poser aux publications"},
		{"pregunta", "La pregunta para las publicaciones"},
		{"domanda", "La domanda da porre alle pubblicazioni"},
	},
	"publication": {
		{"publication", "Look in this one only; type words of its title"},
		{"publikation", "Nur darin suchen; Wörter des Titels eingeben"},
		{"publication", "Chercher dans celle-ci seulement ; saisir des mots du titre"},
		{"publicación", "Buscar solo en esta; escribir palabras del título"},
		{"pubblicazione", "Cercare solo in questa; scrivere parole del titolo"},
	},
	"title": {
		{"publication", "Words of its title; the newest one if you leave it out"},
		{"publikation", "Wörter des Titels; ohne Angabe die neueste"},
		{"publication", "Des mots du titre ; par défaut, la plus récente"},
		{"publicación", "Palabras del título; por defecto, la más reciente"},
		{"pubblicazione", "Parole del titolo; se manca, la più recente"},
	},
	"private": {
		{"private", "Only you see the answer, unless you choose False: then all here do"},
		{"privat", "Nur wer fragt, sieht die Antwort; bei False sehen sie alle hier"},
		{"privé", "La réponse n’est visible que de qui demande ; avec False, tout le monde ici la voit"},
		{"privado", "Solo quien pregunta ve la respuesta; con False la ven todos aquí"},
		{"privato", "Solo chi chiede vede la risposta; con False la vedono tutti qui"},
	},
	"count": {
		{"count", "How many, from 1 to 5"},
		{"anzahl", "Wie viele, von 1 bis 5"},
		{"nombre", "Combien, de 1 à 5"},
		{"cantidad", "Cuántas, de 1 a 5"},
		{"numero", "Quante, da 1 a 5"},
	},
	"channel": {
		{"channel", "Where; this channel if you leave it out"},
		{"kanal", "Wo; ohne Angabe in diesem Kanal"},
		{"salon", "Où ; par défaut, dans ce salon"},
		{"canal", "Dónde; por defecto, en este canal"},
		{"canale", "Dove; se manca, in questo canale"},
	},
	"source": {
		{"source", "One source only; all of them if you leave it out"},
		{"quelle", "Nur eine Quelle; ohne Angabe alle"},
		{"source", "Une seule source ; par défaut, toutes"},
		{"fuente", "Una sola fuente; por defecto, todas"},
		{"fonte", "Una sola fonte; se manca, tutte"},
	},
	"role": {
		{"role", "A role to notify of each publication"},
		{"rolle", "Eine Rolle, die bei jeder Publikation benachrichtigt wird"},
		{"rôle", "Un rôle à notifier à chaque publication"},
		{"rol", "Un rol al que avisar de cada publicación"},
		{"ruolo", "Un ruolo da avvisare a ogni pubblicazione"},
	},
}
