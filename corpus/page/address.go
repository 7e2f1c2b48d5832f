package page

import (
	"net/url"
	"path"
	"strings"

	"golang.org/x/net/publicsuffix"
)

// canonical returns the first of the addresses that the page gives as its own
// which can be believed, and else where it was found. It is resolved and has
// neither a fragment nor marks of where the reader came from.
func canonical(found *url.URL, own []string) *url.URL {
	for _, raw := range own {
		u, err := found.Parse(strings.TrimSpace(raw))
		if err == nil && believable(found, u) {
			return bare(u)
		}
	}
	return bare(found)
}

// believable reports whether a page at found may have the address own: on the
// same site, or under the same name elsewhere as after a move, but never the
// front page of a site. Of a page without an address any is believed.
func believable(found, own *url.URL) bool {
	if own.Scheme != "http" && own.Scheme != "https" || own.Host == "" || own.User != nil {
		return false
	}
	if !isWeb(found) {
		return true
	}
	if front(own) && !front(found) {
		return false
	}
	return sameSite(found, own) || len(path.Base(own.Path)) > minSlug && path.Base(own.Path) == path.Base(found.Path)
}

// minSlug is the number of bytes up to which two pages may well have the same
// name by chance, such as "article.html".
const minSlug = 14

func isWeb(u *url.URL) bool { return u.Scheme == "http" || u.Scheme == "https" }

// front reports whether u is the first page of a site.
func front(u *url.URL) bool { return strings.Trim(u.Path, "/") == "" && u.RawQuery == "" }

// sameSite reports whether the hosts belong to the same owner.
func sameSite(a, b *url.URL) bool {
	return strings.EqualFold(a.Hostname(), b.Hostname()) || owner(a) == owner(b)
}

// owner returns the part of the host that somebody registered.
func owner(u *url.URL) string {
	host := strings.ToLower(u.Hostname())
	if domain, err := publicsuffix.EffectiveTLDPlusOne(host); err == nil {
		return domain
	}
	return host
}

// bare returns u without its fragment and the marks of campaigns.
func bare(u *url.URL) *url.URL {
	u = u.JoinPath()
	u.Fragment, u.RawFragment = "", ""
	if u.RawQuery == "" {
		return u
	}
	var kept []string
	for part := range strings.SplitSeq(u.RawQuery, "&") {
		key, _, _ := strings.Cut(strings.ToLower(part), "=")
		if !strings.HasPrefix(key, "utm_") && !campaigns[key] {
			kept = append(kept, part)
		}
	}
	u.RawQuery = strings.Join(kept, "&")
	return u
}

var campaigns = set("fbclid gclid mc_cid mc_eid ref_src igshid msclkid mkt_tok _hsenc _hsmi")
