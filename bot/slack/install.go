package slack

import (
	"cmp"
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"rapporteur/bot"
)

// Installs keeps what lets the bot into each workspace, encrypted.
type Installs interface {
	// KeepInstall keeps sealed for a workspace, in place of what was kept.
	KeepInstall(ctx context.Context, platform, workspace string, sealed []byte) error

	// Install returns what is kept for a workspace, nil if nothing is.
	Install(ctx context.Context, platform, workspace string) (sealed []byte, err error)

	// DropInstall forgets a workspace.
	DropInstall(ctx context.Context, platform, workspace string) error
}

// stateTime is how long somebody may take to agree to an installation.
const stateTime = 10 * time.Minute

// stateCookie binds an installation to the browser in which it began.
const stateCookie = "rapporteur_state"

// errNotInstalled is the error of a workspace that has not installed the app,
// or has removed it.
var errNotInstalled = errors.New("the app is not installed in this workspace")

// install sends a person to Slack, to choose the workspace and agree.
func (s *Slack) install(w http.ResponseWriter, r *http.Request) {
	state := s.newState()
	http.SetCookie(w, &http.Cookie{Name: stateCookie, Value: state, Path: oauthPath, MaxAge: int(stateTime.Seconds()),
		HttpOnly: true, Secure: strings.HasPrefix(s.config.URL, "https:"), SameSite: http.SameSiteLaxMode})
	ask := url.Values{"client_id": {s.config.ClientID}, "scope": {strings.Join(scopes(), ",")},
		"redirect_uri": {s.config.URL + oauthPath}, "state": {state}}
	http.Redirect(w, r, s.authorizeURL()+"?"+ask.Encode(), http.StatusFound)
}

// authorizeURL returns where people agree: beside the Web API.
func (s *Slack) authorizeURL() string {
	return strings.TrimSuffix(s.config.APIURL, "api/") + "oauth/v2/authorize"
}

// newState returns a word that only this program can have made, and when.
func (s *Slack) newState() string {
	body := fmt.Sprintf("%s.%d", rand.Text(), s.now().Unix())
	return body + "." + s.stateMAC(body)
}

func (s *Slack) stateMAC(body string) string {
	mac := hmac.New(sha256.New, s.config.Key)
	mac.Write([]byte("state " + body))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

// checkState returns why somebody who comes back from Slack did not begin here
// just before, or nil.
func (s *Slack) checkState(r *http.Request) error {
	state := r.URL.Query().Get("state")
	end := strings.LastIndexByte(state, '.')
	cookie, err := r.Cookie(stateCookie)
	switch {
	case end < 0 || !hmac.Equal([]byte(s.stateMAC(state[:end])), []byte(state[end+1:])):
		return errors.New("the state was not made here")
	case err != nil || !hmac.Equal([]byte(cookie.Value), []byte(state)):
		return errors.New("the installation began in another browser")
	}
	var made int64
	_, stamp, _ := strings.Cut(state[:end], ".")
	if _, err := fmt.Sscan(stamp, &made); err != nil || s.now().Sub(time.Unix(made, 0)) > stateTime {
		return errors.New("the installation took too long")
	}
	if !s.recent.First("state " + state) {
		return errors.New("the installation was finished before")
	}
	return nil
}

// installed takes in the token of a workspace in which somebody has agreed.
func (s *Slack) installed(w http.ResponseWriter, r *http.Request) {
	refuse := func(status int, says string, err error) {
		s.log.Warn("slack: an installation is refused", "err", s.clean(err))
		http.Error(w, says+" Begin again at "+s.config.URL+installPath, status)
	}
	if err := s.checkState(r); err != nil {
		refuse(http.StatusForbidden, "This installation did not begin here, or too long ago.", err)
		return
	}
	code := r.URL.Query().Get("code")
	if code == "" {
		refuse(http.StatusForbidden, "Slack says that nobody agreed.", errors.New(cmp.Or(r.URL.Query().Get("error"), "no code")))
		return
	}
	team, err := s.exchange(r.Context(), code)
	if err != nil {
		refuse(http.StatusBadGateway, "Slack did not give a token.", err)
		return
	}
	s.log.Info("slack: installed", "workspace", team)
	fmt.Fprintf(w, "Rapporteur is installed. In Slack, invite it to a channel and type %s.\n", s.config.Ask)
}

// exchange gets the token for a code and keeps it.
func (s *Slack) exchange(ctx context.Context, code string) (team string, err error) {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	got, err := slack.GetOAuthV2ResponseContext(ctx, s.budget(""), s.config.ClientID, s.config.ClientSecret, code,
		s.config.URL+oauthPath, slack.OAuthOptionAPIURL(s.config.APIURL))
	switch {
	case err != nil:
		return "", err
	case got.AccessToken == "" || got.Team.ID == "":
		return "", errNoSlack
	}
	sealed, err := seal(s.config.Key, got.Team.ID, got.AccessToken)
	if err != nil {
		return "", err
	}
	defer s.forget(got.Team.ID) // only now, or the former token might be looked up meanwhile
	return got.Team.ID, s.config.Installs.KeepInstall(ctx, s.Name(), got.Team.ID, sealed)
}

// seal encrypts a token so that it can be opened for the same workspace only.
func seal(key []byte, team, token string) ([]byte, error) {
	gcm, err := newGCM(key)
	if err != nil {
		return nil, err
	}
	return gcm.Seal(nil, nil, []byte(token), []byte(team)), nil
}

// unseal returns the token that seal encrypted.
func unseal(key []byte, team string, sealed []byte) (string, error) {
	gcm, err := newGCM(key)
	if err != nil {
		return "", err
	}
	token, err := gcm.Open(nil, nil, sealed, []byte(team))
	if err != nil {
		return "", errors.New("the token cannot be decrypted: RAPPORTEUR_KEY is another than the one it was encrypted with; set that again, or have the workspace install the app anew")
	}
	return string(token), nil
}

func newGCM(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCMWithRandomNonce(block)
}

// forget has Slack asked anew who the bot is in a workspace.
func (s *Slack) forget(team string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.members, team)
	s.forgot++
}

// revoked is as if the app was removed, if it is the bot's token.
func (in *inbox) revoked(ctx context.Context, e event) {
	if len(e.Tokens.Bot) > 0 {
		in.uninstalled(ctx, e)
	}
}

// uninstalled has it noted that a workspace has removed the app.
func (in *inbox) uninstalled(ctx context.Context, e event) {
	defer in.forget(e.Team)
	if in.many() {
		if err := in.config.Installs.DropInstall(ctx, in.Name(), e.Team); err != nil {
			in.log.Error("slack: forget a workspace", "err", err)
		}
	}
	c := in.command(e.Team, "", "")
	c.Name = "left"
	in.answer(ctx, c, func(context.Context, bot.Message) error { return nil })
}
