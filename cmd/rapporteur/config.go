package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"

	"rapporteur/bot"
	"rapporteur/index"
)

// A config is what config.yaml says; the file documents each key.
type config struct {
	Data         string         `yaml:"data"`
	Sample       bool           `yaml:"sample"`
	Sources      []sourceConfig `yaml:"sources"`
	Contact      string         `yaml:"contact"`
	Threshold    float64        `yaml:"threshold"`
	MaxAge       duration       `yaml:"max_age"`
	PostInterval duration       `yaml:"post_interval"`
	Operators    string         `yaml:"operators"`
	Listen       string         `yaml:"listen"`
	Log          string         `yaml:"log"`
	Slack        slackConfig    `yaml:"slack"`
	Discord      discordConfig  `yaml:"discord"`
}

// A duration is written like 90s, 15m or 48h.
type duration time.Duration

// UnmarshalYAML reads a duration; its error points at what was written.
func (d *duration) UnmarshalYAML(node ast.Node) error {
	read, err := time.ParseDuration(node.GetToken().Value)
	if err != nil {
		return &yaml.SyntaxError{Message: "write a time like 90s, 15m or 48h", Token: node.GetToken()}
	}
	*d = duration(read)
	return nil
}

// String returns the duration as Go writes it, such as 15m0s.
func (d duration) String() string { return time.Duration(d).String() }

const (
	configFile = "config.yaml"
	sampleName = "sample" // of the source of the shipped brief
	envPrefix  = "RAPPORTEUR_"
)

func defaults() config {
	return config{
		Data:         "data",
		Sample:       true,
		Sources:      []sourceConfig{{Name: "publications", Folder: "data/publications"}},
		Threshold:    index.DefaultThreshold,
		MaxAge:       duration(bot.DefaultMaxAge),
		PostInterval: duration(bot.DefaultInterval),
		Listen:       "127.0.0.1:8087",
		Log:          "info",
		Slack:        slackConfig{Ask: "/ask", Briefs: "/briefs"},
		Discord:      discordConfig{Gateway: true},
	}
}

// loadConfig reads the configuration from path, where every key that is left
// out has its default, and then from the environment. Without a path it reads
// config.yaml, which need not be there.
func loadConfig(path string, env func(string) (string, bool)) (config, error) {
	c := defaults()
	named := path != ""
	if !named {
		path = configFile
	}
	src, err := os.ReadFile(path)
	if err != nil && (named || !errors.Is(err, fs.ErrNotExist)) {
		return c, fmt.Errorf("%w: write one like the config.yaml that comes with rapporteur, or leave --config out", err)
	}
	if err := decode(src, &c); err != nil {
		return c, fmt.Errorf("%s:\n%w", path, err)
	}
	if err := c.override(env); err != nil {
		return c, err
	}
	if problem := c.check(); problem != nil {
		return c, problem.in(path, src)
	}
	return c, nil
}

// decode reads src into c and refuses keys that c does not have. Its error
// shows the line, with a caret below the place.
func decode(src []byte, c *config) error {
	var keys map[string]any
	if err := yaml.Unmarshal(src, &keys); err == nil && len(keys) == 0 {
		return nil // a file of comments only would empty c
	}
	err := yaml.NewDecoder(bytes.NewReader(src), yaml.Strict()).Decode(c)
	if err != nil {
		return errors.New(yaml.FormatError(err, false, true) + "\n" + keysHint)
	}
	return nil
}

const keysHint = `the keys are data, sample, sources (each with name, and folder, feed, listing or
sitemap; a listing with selector or path, and pages; include, exclude, min_words, language, stale_after, interval, intranet),
contact, threshold, max_age, post_interval, operators, listen, log, slack (with ask, briefs and url), discord (with url and gateway); times are written like 90s, 15m or 48h`

// override sets the keys of one value from the environment.
func (c *config) override(env func(string) (string, bool)) error {
	for _, key := range []string{"data", "sample", "contact", "threshold", "max_age", "post_interval", "operators", "listen", "log"} {
		name := envPrefix + strings.ToUpper(key)
		value, ok := env(name)
		if !ok {
			continue
		}
		if key != "sample" && key != "threshold" {
			value = fmt.Sprintf("%q", value)
		}
		if err := decode([]byte(key+": "+value), c); err != nil {
			return fmt.Errorf("the environment's %s:\n%w", name, err)
		}
	}
	return nil
}

// A problem is a value that cannot be meant so.
type problem struct {
	path string // YAMLPath of the value
	says string
}

// in words the problem with the line of the file that it is about.
func (p *problem) in(file string, src []byte) error {
	if path, err := yaml.PathString(p.path); err == nil {
		if shown, err := path.AnnotateSource(src, false); err == nil {
			return fmt.Errorf("%s: %s\n%s", file, p.says, shown)
		}
	}
	return fmt.Errorf("%s: %s: %s", file, strings.TrimPrefix(p.path, "$."), p.says)
}

func (c *config) check() *problem {
	switch {
	case c.Data == "":
		return &problem{"$.data", "name a folder, such as data"}
	case !(c.Threshold >= 0 && c.Threshold <= 1):
		return &problem{"$.threshold", "write a probability from 0 to 1, such as 0.2"}
	case c.MaxAge <= 0:
		return &problem{"$.max_age", "write a time above 0, such as 48h"}
	case c.PostInterval <= 0:
		return &problem{"$.post_interval", "write a time above 0, such as 1s"}
	}
	if _, err := c.level(); err != nil {
		return &problem{"$.log", "write debug, info, warn or error"}
	}
	if channel := c.operators(); c.Operators != "" && (channel.ID == "" || !slices.Contains([]string{"slack", "discord", "console"}, channel.Platform)) {
		return &problem{"$.operators", "write a platform and the id of a channel there, such as slack/C0123456789 or discord/1234567890"}
	}
	if c.Listen != "" {
		if _, _, err := net.SplitHostPort(c.Listen); err != nil {
			return &problem{"$.listen", `write an address and a port, such as 127.0.0.1:8087, or ""`}
		}
	}
	for _, p := range []*problem{c.Slack.check(), c.Discord.check()} {
		if p != nil {
			return p
		}
	}
	names := map[string]bool{sampleName: c.Sample, addedName: true}
	for i, s := range c.Sources {
		if p := s.check(fmt.Sprintf("$.sources[%d]", i), names); p != nil {
			return p
		}
		names[s.Name] = true
	}
	return nil
}

// threshold returns the threshold as index.Question has it, where 0 stands for
// the default.
func (c *config) threshold() float64 {
	if c.Threshold == 0 {
		return -1
	}
	return c.Threshold
}

// operators returns the channel to which problems are posted.
func (c *config) operators() bot.Channel {
	platform, id, _ := strings.Cut(c.Operators, "/")
	return bot.Channel{Platform: platform, ID: id}
}

// level returns the log level that the configuration names.
func (c *config) level() (level slog.Level, err error) {
	err = level.UnmarshalText([]byte(c.Log))
	return level, err
}

// sourceNames returns what people can follow.
func (c *config) sourceNames() []string {
	var names []string
	for _, s := range c.Sources {
		names = append(names, s.Name)
	}
	if c.Sample {
		names = append(names, sampleName)
	}
	return names
}

// folders returns the names of the sources that are folders.
func (c *config) folders() map[string]bool {
	names := map[string]bool{}
	for _, s := range c.Sources {
		names[s.Name] = s.Folder != ""
	}
	return names
}

// secret returns the value of an environment variable that holds a token, or
// the content of the file that the variable with _FILE appended names; empty
// if there is neither.
func secret(env func(string) (string, bool), name string) (string, error) {
	value, direct := env(name)
	file, inFile := env(name + "_FILE")
	switch {
	case direct && inFile:
		return "", fmt.Errorf("both %s and %s_FILE are set: keep one of them", name, name)
	case !inFile:
		return strings.TrimSpace(value), nil
	}
	content, err := os.ReadFile(file)
	if err != nil {
		return "", fmt.Errorf("the file that %s_FILE names: %w", name, err)
	}
	return strings.TrimSpace(string(content)), nil
}
