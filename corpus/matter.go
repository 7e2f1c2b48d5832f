package corpus

import (
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// cutMatter parts src into its front matter, empty if there is none, and the
// rest. Front matter begins and ends with a line "---".
func cutMatter(src string) (matter, body string) {
	first, rest, ok := strings.Cut(src, "\n")
	if !ok || strings.TrimRight(first, " \t") != "---" {
		return "", src
	}
	for at := 0; at < len(rest); {
		line, _, _ := strings.Cut(rest[at:], "\n")
		next := min(at+len(line)+1, len(rest))
		if strings.TrimRight(line, " \t") == "---" {
			return rest[:at], rest[next:]
		}
		at = next
	}
	return "", src
}

// maxMatter is the size of the longest front matter, in bytes. People write a
// few hundred; the time that YAML takes grows with the square of its depth.
const maxMatter = 8 << 10

// readMatter sets the fields of d that the front matter names. Other keys are
// left alone, for other programs write their own.
func readMatter(d *Doc, matter string) error {
	if strings.TrimSpace(matter) == "" {
		return nil
	}
	if len(matter) > maxMatter {
		return fmt.Errorf("line 2: the front matter has %d bytes: write %d at most", len(matter), maxMatter)
	}
	file, err := parser.ParseBytes([]byte(matter), 0)
	if err != nil {
		return matterError(err)
	}
	if len(file.Docs) == 0 || file.Docs[0].Body == nil {
		return nil
	}
	fields, ok := file.Docs[0].Body.(ast.MapNode)
	if !ok {
		return errors.New(`line 2: the front matter is no list of keys: write lines such as title: "A title", or take the lines "---" away`)
	}
	for field := fields.MapRange(); field.Next(); {
		if err := readField(d, field.Key().String(), field.Value()); err != nil {
			return fmt.Errorf("line %d: %w", line(field.Key()), err)
		}
	}
	return nil
}

// matterError says on which line of the file the YAML is wrong.
func matterError(err error) error {
	var wrong yaml.Error
	if !errors.As(err, &wrong) || wrong.GetToken() == nil {
		return fmt.Errorf("front matter: %w", err)
	}
	return fmt.Errorf("line %d: the front matter is not YAML (%s): put a value with a colon or a quote mark in it between quote marks",
		1+wrong.GetToken().Position.Line, wrong.GetMessage())
}

// line returns the line of the file on which node stands.
func line(node ast.Node) int { return 1 + node.GetToken().Position.Line }

// readField sets the field of d that has this key.
func readField(d *Doc, key string, value ast.Node) (err error) {
	if _, empty := value.(*ast.NullNode); empty {
		return nil
	}
	switch key {
	case "title":
		d.Title, err = scalar(key, value, `title: "A title"`)
	case "id":
		id, err := scalar(key, value, "id: a-name-for-good")
		if id != "" {
			d.ID = id
		}
		return err
	case "authors":
		d.Authors, err = names(value)
	case "published":
		d.Published, err = day(value)
	case "url":
		d.URL, err = address(value)
	case "language":
		d.Language, err = language(value)
	case "section":
		d.Section, err = scalar(key, value, `section: Energy`)
	case "about":
		d.About, err = scalar(key, value, `about: "Ada Smith leads the institute."`)
	}
	return err
}

// scalar returns a value that is one line of text, however YAML types it: a
// title may be the number 1984.
func scalar(key string, value ast.Node, instead string) (string, error) {
	switch value := value.(type) {
	case *ast.StringNode:
		return fold(value.Value), nil
	case *ast.LiteralNode:
		return fold(value.Value.Value), nil
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		return value.GetToken().Value, nil
	}
	return "", fmt.Errorf("%s is not a text: write %s", key, instead)
}

func names(value ast.Node) ([]string, error) {
	const instead = "authors: [Ada Smith, Bo Li]"
	list, ok := value.(*ast.SequenceNode)
	if !ok {
		name, err := scalar("authors", value, instead)
		if name == "" {
			return nil, err
		}
		return []string{name}, nil
	}
	var names []string
	for _, v := range list.Values {
		name, err := scalar("authors", v, instead)
		if err != nil {
			return nil, err
		}
		if name != "" {
			names = append(names, name)
		}
	}
	return names, nil
}

func day(value ast.Node) (time.Time, error) {
	const instead = "published: 2026-06-02 or published: 2026-06-02T09:30:00Z"
	text, err := scalar("published", value, instead)
	if text == "" {
		return time.Time{}, err
	}
	for _, layout := range []string{time.DateOnly, time.RFC3339} {
		if t, err := time.Parse(layout, text); err == nil && date(t) != "" {
			return t, nil
		}
	}
	return time.Time{}, fmt.Errorf("published is no date: write %s", instead)
}

func address(value ast.Node) (string, error) {
	const instead = "url: https://example.org/page"
	text, err := scalar("url", value, instead)
	if text == "" {
		return "", err
	}
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return "", fmt.Errorf("url is no web address: write %s", instead)
	}
	return text, nil
}

// languageTag is the shape of a BCP 47 tag.
var languageTag = regexp.MustCompile(`^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$`)

func language(value ast.Node) (string, error) {
	const instead = "language: en or language: pt-BR"
	text, err := scalar("language", value, instead)
	if text == "" {
		return "", err
	}
	if !languageTag.MatchString(text) {
		return "", fmt.Errorf("language is no language code: write %s", instead)
	}
	return text, nil
}
