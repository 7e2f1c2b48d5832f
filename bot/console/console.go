// Package console is the platform of who sits at the terminal: questions are
// typed at a prompt, and publications are shown above it.
package console

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"rapporteur/bot"
)

// Name is the platform's name, and Channel that of its only channel.
const (
	Name    = "console"
	Channel = "terminal"
)

// grace is how long an answer under way is waited for when Run is to end.
const grace = 900 * time.Millisecond

// ErrQuit is what Run ends with when the person at the terminal has left.
var ErrQuit = errors.New("the terminal was closed")

// A Terminal is read line by line and can be written to meanwhile.
type Terminal interface {
	io.Writer
	ReadLine() (string, error) // io.EOF when no more will come
}

// A Console is a [bot.Platform] of one person and one channel.
type Console struct {
	term Terminal
	show func(bot.Message) string

	mu    sync.Mutex
	shown map[string]bool // keys of the posts that were shown
}

// New returns a platform on term that gives each message the form that show
// returns, such as [Plain].
func New(term Terminal, show func(bot.Message) string) *Console {
	return &Console{term: term, show: show, shown: map[string]bool{}}
}

// Name returns "console".
func (c *Console) Name() string { return Name }

// Run answers one line after the other; "/context" shows the last answer again,
// with the whole paragraphs around its quotes. It returns ErrQuit when there are no
// more lines, or after "/quit". A read that is waiting for a line when ctx
// ends is left waiting, since a terminal cannot be interrupted.
func (c *Console) Run(ctx context.Context, h bot.Handler) error {
	last := bot.Message{Text: "There is nothing yet to be shown in its context. Ask something first."}
	for {
		select {
		case <-ctx.Done():
			return nil
		case typed := <-c.read():
			if typed.err != nil {
				return typed.err
			}
			command := parse(typed.line)
			if command.Name == "quit" {
				return ErrQuit
			}
			if command.Name == "context" {
				last = last.InContext()
			} else {
				last = answer(ctx, h, command)
			}
			if err := c.print(last); err != nil {
				return err
			}
		}
	}
}

// An input is a line that was typed, or why there will be none.
type input struct {
	line string
	err  error
}

// read begins to wait for a line that is not empty.
func (c *Console) read() <-chan input {
	typed := make(chan input, 1)
	go func() {
		line, err := c.term.ReadLine()
		for err == nil && strings.TrimSpace(line) == "" {
			line, err = c.term.ReadLine()
		}
		if errors.Is(err, io.EOF) {
			err = ErrQuit
		}
		typed <- input{line, err}
	}()
	return typed
}

// answer returns what h says, or an answer of its own should h panic. When ctx
// ends meanwhile it waits a little longer, and then says nothing.
func answer(ctx context.Context, h bot.Handler, command bot.Command) bot.Message {
	answered := make(chan bot.Message, 1)
	go func() {
		m := bot.Message{Text: "Something went wrong. Please ask in another way."}
		defer func() {
			recover()
			answered <- m
		}()
		m = h(ctx, command)
	}()
	late, cancel := context.WithCancel(context.Background())
	defer cancel()
	stop := context.AfterFunc(ctx, func() { time.AfterFunc(grace, cancel) })
	defer stop()
	select {
	case m := <-answered:
		return m
	case <-late.Done():
		return bot.Message{}
	}
}

// parse takes a line for a command if it begins with a slash, and for a
// question if not.
func parse(line string) bot.Command {
	command := bot.Command{Platform: Name, Channel: Channel, User: "you", Name: "ask", Args: strings.TrimSpace(line)}
	if rest, ok := strings.CutPrefix(command.Args, "/"); ok {
		command.Name, command.Args, _ = strings.Cut(rest, " ")
	}
	return command
}

// Post shows m, unless channel is not the terminal's.
func (c *Console) Post(_ context.Context, channel, key string, m bot.Message) (string, error) {
	if channel != Channel {
		return "", fmt.Errorf("post to %s: %w", channel, bot.ErrGone)
	}
	if err := c.print(m); err != nil {
		return "", err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.shown[key] = true
	return key, nil
}

// Find knows what was shown since the program began; a terminal keeps nothing
// for longer.
func (c *Console) Find(_ context.Context, _, key string) (string, bool, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return key, c.shown[key], nil
}

func (c *Console) print(m bot.Message) error {
	if m.Empty() {
		return nil
	}
	if _, err := io.WriteString(c.term, c.show(m)+"\n\n"); err != nil {
		return fmt.Errorf("write to the terminal: %w", err)
	}
	return nil
}

// Plain returns m without colours and line wraps, as for a pipe or a file.
func Plain(m bot.Message) string { return Harmless(bot.Plain(m)) }

// Harmless makes control characters visible: a publication must not move the
// cursor or rename the window of who reads it.
func Harmless(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r < ' ' || 0x7f <= r && r < 0xa0:
			return '\uFFFD'
		}
		return r
	}, text)
}

// Lines returns a terminal without a prompt that reads in and writes to out.
func Lines(in io.Reader, out io.Writer) Terminal {
	return &lines{bufio.NewReader(in), out}
}

type lines struct {
	in *bufio.Reader
	io.Writer
}

// ReadLine returns the next line, also if the last one has no line end.
func (l *lines) ReadLine() (string, error) {
	line, err := l.in.ReadString('\n')
	if line != "" && errors.Is(err, io.EOF) {
		err = nil
	}
	return strings.TrimRight(line, "\r\n"), err
}
