// Command rapporteur answers questions about publications with passages quoted
// from them, and posts each new one into the channels that follow it, on
// Slack, on Discord and at the terminal.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends the program at once
	p := program{os.Stdin, os.Stdout, os.Stderr, os.LookupEnv}
	os.Exit(p.run(ctx, os.Args[1:]))
}

// A program is what a command is given of the world around it.
type program struct {
	in       io.Reader
	out, err io.Writer
	env      func(string) (string, bool)
}

// commands are what can be typed after rapporteur.
type commands struct {
	Config string `help:"Read this file instead of ./config.yaml." placeholder:"FILE"`

	Serve    serveCommand    `cmd:"" default:"1" help:"Answer and announce, at the terminal and wherever there is a token for (the default)."`
	Ask      askCommand      `cmd:"" help:"Answer one question and end."`
	Answer   answerCommand   `cmd:"" help:"Answer questions about a folder in bulk: JSON lines in, JSON lines out."`
	Add      addCommand      `cmd:"" help:"Take in single texts: files, or pages of the web."`
	History  historyCommand  `cmd:"" help:"Show how a publication has changed."`
	Check    checkCommand    `cmd:"" help:"Say what is set up, and what is missing."`
	Manifest manifestCommand `cmd:"" help:"Print the manifest of the Slack app that fits the configuration."`
	Version  versionCommand  `cmd:"" help:"Say which version this is."`
}

// errSaid ends the program with status 1 when all has been said already.
var errSaid = errors.New("")

// run runs the command that args name and returns the program's exit status:
// 0, or 1 after an error, or 2 after one in args.
func (p program) run(ctx context.Context, args []string) int {
	var c commands
	ended := -1
	parser, err := kong.New(&c, kong.Name("rapporteur"), kong.Writers(p.out, p.err),
		kong.Description("Quotes the publications that answer a question, and announces new ones."),
		kong.Exit(func(status int) { ended = status }), kong.BindTo(ctx, (*context.Context)(nil)), kong.Bind(p, &c))
	if err != nil {
		panic(err) // the struct above is wrong
	}
	chosen, err := parser.Parse(args)
	if ended >= 0 { // help was asked for and given
		return ended
	}
	if err != nil {
		fmt.Fprintf(p.err, "rapporteur: %v\nSay \"rapporteur --help\" for what there is.\n", err)
		return 2
	}
	if err := chosen.Run(); err != nil {
		if !errors.Is(err, errSaid) {
			fmt.Fprintf(p.err, "rapporteur: %v\n", err)
		}
		return 1
	}
	return 0
}
