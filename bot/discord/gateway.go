package discord

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"sync"
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

	// intentNames are the intents as Discord's pages call them.
	intentNames = "Guilds, Guild Messages and Direct Messages"

	name = "discord"

	firstWait = 1 * time.Second // until a connection is tried again; doubled each time
	longWait  = 1 * time.Minute // at most
	steady    = 1 * time.Minute // a connection that lasted so long is taken up again at once, and so is one in each time so long

	closeDone = websocket.CloseNormalClosure // ends the session, and shows the bot as offline
	closeAway = 4000                         // any code but 1000 and 1001 lets the session be resumed
)

// fatal are the codes with which Discord closes when trying again cannot help,
// and what can.
var fatal = map[int]string{
	4004: badToken,
	4010: "the shard is invalid; this is a mistake in the bot, report it",
	4011: "the bot is in more servers now than one connection may be told of; start it anew, since it asks Discord at its start how many connections it needs",
	4012: "the version of the gateway is invalid; update the bot",
	4013: "the intents are invalid; this is a mistake in the bot, report it",
	4014: `an intent is not allowed. The bot asks for ` + intentNames + `, none of which was privileged when it was written: open the page "Bot" of your application at https://discord.com/developers/applications, and switch on whichever of these stands there under "Privileged Gateway Intents"`,
}

// ended are the codes after which a session cannot be resumed.
var ended = map[int]bool{4003: true, 4007: true, 4009: true}

// Run joins Discord and has commands, mentions and direct messages answered.
// They come through the gateway, or only commands by HTTP if that was
// configured. The answers under way when ctx ends get 0.8 s more; a handler
// that does not heed its context is left behind. Run fails if Discord closes
// for a reason that only a person can remove, such as a wrong token.
func (d *Discord) Run(ctx context.Context, h bot.Handler) error {
	answering, cut := context.WithCancel(context.WithoutCancel(ctx))
	defer cut()
	in := &inbox{Discord: d, handler: h, slots: make(chan struct{}, maxWork)}
	in.take = func(i *interaction) { in.interaction(answering, i) }
	d.inbox.Store(in)
	defer d.inbox.Store(nil)
	defer in.finish()
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	in.start("publishing", func() { in.publishAll(ctx) })
	if d.noGateway {
		return in.introduce(ctx)
	}
	return in.attend(ctx, answering)
}

// attend keeps as many sessions as Discord recommends until ctx is done, or
// Discord refuses one of them for good.
func (in *inbox) attend(ctx, answering context.Context) error {
	in.trouble.set(gatewayPart, notYet)
	if err := in.openGate(ctx); err != nil || ctx.Err() != nil {
		return err
	}
	in.trouble.set(gatewayPart, "")
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var work sync.WaitGroup
	for n := range in.gate.shards {
		work.Go(func() {
			s := &shard{number: n, of: in.gate.shards}
			if err := in.keep(ctx, answering, s); err != nil {
				cancel(err)
			}
		})
	}
	work.Wait()
	if why := context.Cause(ctx); !errors.Is(why, context.Canceled) && !errors.Is(why, context.DeadlineExceeded) {
		return why
	}
	return nil
}

// keep takes up the session of s again and again until ctx is done, or Discord
// refuses for good.
func (in *inbox) keep(ctx, answering context.Context, s *shard) error {
	in.trouble.set(s.String(), notYet)
	lost, quick := time.Now(), time.Time{}
	for wait := time.Duration(0); ; {
		if sleep(ctx, wait+rand.N(wait/2+1)) != nil {
			return nil
		}
		began := time.Now()
		err := in.explain(in.hold(ctx, answering, s))
		if ctx.Err() != nil {
			return nil
		}
		if reason := final(err); reason != "" {
			return fmt.Errorf("join discord: %w: %s", err, reason)
		}
		wait = min(max(firstWait, 2*wait), longWait)
		if s.up.Swap(false) {
			lost = time.Now()
			if time.Since(began) > steady || time.Since(quick) > steady {
				wait, quick = 0, lost
			}
		}
		if time.Since(lost) > in.timing.silence {
			in.trouble.set(s.String(), fmt.Sprintf("not connected: %v", err))
		}
		in.log.Warn("discord: no connection", "shard", s.number, "err", err, "again", wait)
	}
}

// explain returns what err says without what nobody is to read.
func (in *inbox) explain(err error) error {
	var (
		closed  *websocket.CloseError
		op      *net.OpError
		refused *refusal
	)
	switch {
	case errors.As(err, &closed):
		return closeError(closed.Code)
	case errors.As(err, &op):
		return op
	case errors.Is(err, errSlow), errors.Is(err, errSilent), errors.Is(err, errAsked), errors.Is(err, errInvalid), errors.Is(err, websocket.ErrBadHandshake), errors.As(err, &refused):
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
