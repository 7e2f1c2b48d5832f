package bottest

import (
	"fmt"
	"net/url"
)

// refuseEmbeds returns why Discord does not take these embeds, or nil, and
// whether they say anything.
func refuseEmbeds(embeds []DiscordEmbed) (said bool, refusal *discordError) {
	if len(embeds) > 10 {
		return false, invalidForm("embeds: must be 10 or fewer in length")
	}
	total := 0
	for i, e := range embeds {
		if why := e.refuse(); why != "" {
			return false, invalidForm(fmt.Sprintf("embeds.%d.%s", i, why))
		}
		total += e.units()
	}
	if total > 6000 {
		return false, invalidForm("embeds: embed size exceeds maximum size of 6000")
	}
	return total > 0, nil
}

// units returns the length that counts towards the sum over all embeds.
func (e *DiscordEmbed) units() int {
	n := units(e.Title) + units(e.Description)
	if e.Author != nil {
		n += units(e.Author.Name)
	}
	if e.Footer != nil {
		n += units(e.Footer.Text)
	}
	for _, f := range e.Fields {
		n += units(f.Name) + units(f.Value)
	}
	return n
}

// refuse returns why Discord does not take e, or the empty string.
func (e *DiscordEmbed) refuse() string {
	u, err := url.Parse(e.URL)
	switch {
	case units(e.Title) > 256:
		return "title: must be 256 or fewer in length"
	case units(e.Description) > 4096:
		return "description: must be 4096 or fewer in length"
	case e.URL != "" && (err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || units(e.URL) > 2048):
		return "url: not a well formed URL"
	case e.Author != nil && (e.Author.Name == "" || units(e.Author.Name) > 256):
		return "author.name: must be between 1 and 256 in length"
	case e.Footer != nil && (e.Footer.Text == "" || units(e.Footer.Text) > 2048):
		return "footer.text: must be between 1 and 2048 in length"
	case len(e.Fields) > 25:
		return "fields: must be 25 or fewer in length"
	}
	for i, f := range e.Fields {
		if f.Name == "" || f.Value == "" || units(f.Name) > 256 || units(f.Value) > 1024 {
			return fmt.Sprintf("fields.%d: name of 1 to 256, value of 1 to 1024", i)
		}
	}
	return ""
}
