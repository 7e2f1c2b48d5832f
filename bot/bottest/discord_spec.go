package bottest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// discordSpecFile is Discord's published OpenAPI document.
const discordSpecFile = "discord-openapi-bot.json"

// A discordSpec checks requests against Discord's published specification.
// The bodies go to a validator of their own, which compiles each schema once.
type discordSpec struct {
	router   routers.Router
	compiler *jsonschema.Compiler
	mu       sync.Mutex
	bodies   map[string]*jsonschema.Schema // by method and path; nil where there is none
	answers  map[string]error              // what is wrong with an answer, by method, path and shape
	doc      *openapi3.T
}

// newDiscordSpec returns the specification, or nil if it is not at hand.
func newDiscordSpec(t testing.TB) *discordSpec {
	return published(t, discordSpecFile, loadDiscordSpec)
}

// loadDiscordSpec reads the specification, which takes a while, once.
var loadDiscordSpec = sync.OnceValues(func() (*discordSpec, error) {
	raw, err := os.ReadFile(Spec(discordSpecFile))
	if err != nil {
		return nil, err
	}
	return readDiscordSpec(raw)
})

func readDiscordSpec(raw []byte) (*discordSpec, error) {
	doc, err := openapi3.NewLoader().LoadFromData(raw)
	if err != nil {
		return nil, err
	}
	doc.Servers = openapi3.Servers{{URL: "/api/v10"}}
	router, err := gorillamux.NewRouter(doc)
	if err != nil {
		return nil, err
	}
	c, err := compiler("discord.json", raw)
	if err != nil {
		return nil, err
	}
	c.AssertFormat()
	return &discordSpec{router: router, compiler: c, bodies: map[string]*jsonschema.Schema{}, answers: map[string]error{}, doc: doc}, nil
}

// check returns what is wrong with a request, as far as that is specified.
func (s *discordSpec) check(method, path string, r *http.Request, body []byte) error {
	if s == nil {
		return nil
	}
	if slices.Contains(unspecified, method+" "+path) {
		return checkUnspecified(r, body)
	}
	like := r.Clone(context.Background())
	like.URL.Path, like.URL.RawPath = "/api/v10"+versionPattern.ReplaceAllString(r.URL.Path, ""), ""
	like.Body = io.NopCloser(bytes.NewReader(nil))
	route, params, err := s.router.FindRoute(like)
	if err != nil {
		return err
	}
	err = openapi3filter.ValidateRequest(context.Background(), &openapi3filter.RequestValidationInput{
		Request: like, PathParams: params, Route: route,
		Options: &openapi3filter.Options{ExcludeRequestBody: true, AuthenticationFunc: openapi3filter.NoopAuthenticationFunc},
	})
	if err != nil {
		return err
	}
	return s.checkBody(method, path, r, body)
}

// unspecified are the requests that the specification at hand, which is cut
// down to what bots like this one need, does not hold. None has a body.
var unspecified = []string{
	"GET /guilds/{guild_id}",
	"GET /guilds/{guild_id}/channels",
	"GET /guilds/{guild_id}/roles",
	"GET /guilds/{guild_id}/members/{user_id}",
	"GET /guilds/{guild_id}/threads/active",
	"GET /channels/{channel_id}/threads/archived/public",
}

// checkUnspecified returns what is wrong with a request that is only known
// from Discord's documentation.
func checkUnspecified(r *http.Request, body []byte) error {
	for name := range r.URL.Query() {
		if name != "with_counts" && name != "before" && name != "limit" {
			return fmt.Errorf("the query has %s", name)
		}
	}
	if len(body) > 0 {
		return fmt.Errorf("a body of %d bytes where none belongs", len(body))
	}
	return nil
}

func (s *discordSpec) checkBody(method, path string, r *http.Request, body []byte) error {
	schema, err := s.body(method, path)
	switch {
	case err != nil:
		return err
	case schema == nil && len(body) > 0:
		return fmt.Errorf("a body of %d bytes where none belongs", len(body))
	case schema == nil:
		return nil
	}
	if got := r.Header.Get("Content-Type"); got != "application/json" {
		return fmt.Errorf("content type %q", got)
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(body))
	if err != nil {
		return err
	}
	return schema.Validate(value)
}

// checkAnswer returns what is wrong with what the fake answers, as far as that
// is specified. Answers of the same shape are checked once.
func (s *discordSpec) checkAnswer(method, path string, answer any) error {
	if s == nil || slices.Contains(unspecified, method+" "+path) {
		return nil
	}
	raw, err := json.Marshal(answer)
	if err != nil {
		return err
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		return err
	}
	shape := fmt.Sprint(method, " ", path, " ", shapeOf("", value))
	s.mu.Lock()
	defer s.mu.Unlock()
	err, known := s.answers[shape]
	if !known {
		err = s.validateAnswer(method, path, answer == nil, value)
		s.answers[shape] = err
	}
	return err
}

func (s *discordSpec) validateAnswer(method, path string, empty bool, value any) error {
	responses := s.doc.Paths.Value(path).GetOperation(method).Responses
	if empty {
		if responses.Value("204") == nil {
			return errors.New("an empty answer where none belongs")
		}
		return nil
	}
	status := "200"
	if responses.Value(status) == nil {
		status = "201"
	}
	schema, err := s.compiler.Compile("discord.json#/paths/" + strings.ReplaceAll(path, "/", "~1") +
		"/" + strings.ToLower(method) + "/responses/" + status + "/content/application~1json/schema")
	if err != nil {
		return err
	}
	return schema.Validate(value)
}

// body returns the schema of a request's body, or nil if it has none.
func (s *discordSpec) body(method, path string) (*jsonschema.Schema, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	key := method + " " + path
	if schema, known := s.bodies[key]; known {
		return schema, nil
	}
	if op := s.doc.Paths.Value(path).GetOperation(method); op == nil || op.RequestBody == nil {
		s.bodies[key] = nil
		return nil, nil
	}
	schema, err := s.compiler.Compile("discord.json#/paths/" + strings.ReplaceAll(path, "/", "~1") +
		"/" + strings.ToLower(method) + "/requestBody/content/application~1json/schema")
	if err == nil {
		s.bodies[key] = schema
	}
	return schema, err
}
