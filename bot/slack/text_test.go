package slack

import "testing"

func TestAddressed(t *testing.T) {
	for text, want := range map[string][2]string{
		"<@U0BOT> who attended?":                        {"ask", "who attended?"},
		"<@U0BOT|bot> who attended?":                    {"ask", "who attended?"},
		"hey <@U0BOT>, who?":                            {"ask", "hey  , who?"},
		"who attended?":                                 {"ask", "who attended?"},
		"<@U0BOT>":                                      {"help", ""},
		" <@U0BOT> \n ":                                 {"help", ""},
		"":                                              {"help", ""},
		"<@U0BOT> latest":                               {"latest", ""},
		"<@U0BOT> Latest 3":                             {"latest", "3"},
		"<@U0BOT> /takeaways The Hague":                 {"takeaways", "The Hague"},
		"<@U0BOT> ask  who?":                            {"ask", "who?"},
		"<@U0BOT> latestnews":                           {"ask", "latestnews"},
		"<@U0BOT> R&amp;D &lt;b&gt; &amp;lt;":           {"ask", "R&D <b> &lt;"},
		"<@U0BOT> what did <@U1> say of <@U2|ann>":      {"ask", "what did @U1 say of @ann"},
		"<@U0BOT> in <#C1|general> and <#C2>":           {"ask", "in #general and #C2"},
		"<@U0BOT> see <http://a.example/x?a=1&amp;b=2>": {"ask", "see http://a.example/x?a=1&b=2"},
		"<@U0BOT> see <http://a.example|a.example>":     {"ask", "see a.example"},
		"<@U0BOT> <mailto:a@b.example|a@b.example>":     {"ask", "a@b.example"},
		"<@U0BOT> <!here> <!subteam^S1|@all>":           {"ask", "@here @all"},
		"<@U0BOT> <!date^0^{date}|today>":               {"ask", "today"},
		"<@U0BOT> a < b <> c":                           {"ask", "a < b <> c"},
	} {
		if name, args := addressed(text, "U0BOT"); name != want[0] || args != want[1] {
			t.Errorf("%q: %s %q, want %s %q", text, name, args, want[0], want[1])
		}
	}
}

func TestTypedKeepsBrackets(t *testing.T) {
	if got, want := typed("&lt;b&gt; <c> &amp;amp;"), "<b> <c> &amp;"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
