package discord

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"

	"rapporteur/bot"
)

const (
	// intents are what the gateway tells us: that we are in a server, and what
	// is said there and in direct messages. Without the second, no mention
	// arrives; the words of a message that mentions nobody stay hidden from us
	// as long as we do not ask for the privileged intent on top.
	intents = discordgo.IntentsGuilds | discordgo.IntentsGuildMessages | discordgo.IntentsDirectMessages

	name = "discord"

	firstWait = 1 * time.Second // until a connection is tried again; doubled each time
	longWait  = 1 * time.Minute // at most
	steady    = 1 * time.Minute // a connection that lasted so long is taken up again at once

	closeDone = websocket.CloseNormalClosure // ends the session, and shows the bot as offline
	closeAway = 4000                         // any code but 1000 and 1001 lets the session be resumed
)

// fatal are the codes with which Discord closes when trying again cannot help,
// and what can.
var fatal = map[int]string{
	4004: badToken,
	4010: "the shard is invalid; this is a mistake in the bot",
	4011: "the bot is in so many servers that it needs shards, which it does not know of",
	4012: "the version of the gateway is invalid; update the bot",
	4013: "the intents are invalid; this is a mistake in the bot",
	4014: `an intent is not allowed; the bot asks for no privileged one, so look at the page "Bot" of your application at https://discord.com/developers/applications`,
}

// Run joins Discord by the gateway and has commands, mentions and direct
// messages answered. The answers under way when ctx ends get 0.8 s more; a
// handler that does not heed its context is left behind, and so, for up to a
// second, is the connection being closed. Run fails if Discord closes for a
// reason that only a person can remove, such as a wrong token.
func (d *Discord) Run(ctx context.Context, h bot.Handler) error {
	answering, cut := context.WithCancel(context.WithoutCancel(ctx))
	defer cut()
	in := &inbox{Discord: d, handler: h, slots: make(chan struct{}, maxWork)}
	defer in.finish()
	return in.attend(ctx, answering)
}

// attend keeps a connection until ctx is done or Discord refuses for good.
func (in *inbox) attend(ctx, answering context.Context) error {
	l := in.connect(ctx, answering)
	defer func() { l.shut(closeDone) }()
	for wait := time.Duration(0); ; {
		if sleep(ctx, wait+rand.N(wait/2+1)) != nil {
			return nil
		}
		began := time.Now()
		stale, err := in.hold(ctx, l)
		if ctx.Err() != nil {
			return nil
		}
		if reason := final(err); reason != "" {
			return fmt.Errorf("join discord: %w: %s", err, reason)
		}
		if wait = min(max(firstWait, 2*wait), longWait); time.Since(began) > steady {
			wait = 0
		}
		in.log.Warn("discord: no connection", "err", err, "again", wait)
		if stale {
			l = in.connect(ctx, answering)
		}
	}
}

// hold opens l and returns, with the reason, when it is lost. A stale one has
// a session that Discord does not want to be resumed: to open a new one brings
// either that or the reason, since Discord gives it right after Identify.
func (in *inbox) hold(ctx context.Context, l *link) (stale bool, err error) {
	if err := l.open(ctx, in.timing.open); err != nil {
		var closed *websocket.CloseError
		return errors.As(err, &closed), in.explain(err)
	}
	err = l.watch(ctx, in.timing.silence)
	return !l.up.Swap(false), err
}

// explain returns what err says without what nobody is to read.
func (in *inbox) explain(err error) error {
	var (
		closed *websocket.CloseError
		op     *net.OpError
	)
	switch {
	case errors.As(err, &closed):
		return closeError(closed.Code)
	case errors.As(err, &op):
		return op
	case errors.Is(err, errSlow):
		return err
	}
	return clean(err, in.token)
}

// A closeError is the code with which Discord closed a connection.
type closeError int

func (e closeError) Error() string { return fmt.Sprintf("closed with %d", int(e)) }

// final returns what to do about err if trying again cannot help.
func final(err error) string {
	var closed closeError
	var refused *refusal
	switch {
	case errors.As(err, &closed):
		return fatal[int(closed)]
	case errors.As(err, &refused) && refused.status == http.StatusUnauthorized:
		return badToken
	}
	return ""
}
