package slack_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"rapporteur/bot"
	"rapporteur/bot/bottest"
	"rapporteur/bot/slack"
)

// paced returns a fake Slack, and the bot's side of it, for which a second takes
// only so long. That of the fake takes half as long, since what is late by a
// tenth of a real second counts for much in so short a minute.
func paced(t *testing.T, second time.Duration) (*bottest.Slack, *slack.Slack) {
	fake := bottest.NewSlack(t)
	fake.SetInterval(second / 2)
	client := &http.Client{Transport: &http.Transport{}}
	t.Cleanup(client.CloseIdleConnections)
	var log bottest.Log
	return fake, slack.New(slack.Config{BotToken: fake.BotToken, AppToken: fake.AppToken, APIURL: fake.URL(), Interval: second},
		client, log.Logger(), time.Now)
}

// Whatever is asked of the bot, it calls no method more often than its tier has,
// and all is done in the end.
func TestCallsStayWithinTheirTiers(t *testing.T) {
	t.Parallel()
	const visitors, searches, channels = 130, 60, 170 // tiers 4, 3, and several hundred
	fake, platform := paced(t, 50*time.Millisecond)
	talk := answering(t, fake, platform)
	go func() {
		for range talk.commands { // which is closed at the end
		}
	}()
	for i := range visitors {
		fake.OpenApp(fmt.Sprintf("U%d", i), "home")
	}
	var work sync.WaitGroup
	for i := range max(searches, channels) {
		channel := fmt.Sprintf("C%d", i)
		fake.AddChannel(channel)
		work.Go(func() {
			if _, err := platform.Post(t.Context(), channel, "key", bot.Message{Text: "first"}); err != nil {
				t.Error(err)
			}
			if i >= searches {
				return
			}
			if _, found, err := platform.Find(t.Context(), channel, "key"); err != nil || !found {
				t.Errorf("Find = %v, %v", found, err)
			}
		})
	}
	work.Wait()
	for i := range visitors {
		eventually(t, func() bool { _, ok := fake.Home(fmt.Sprintf("U%d", i)); return ok })
	}
	if n := fake.RateRefusals(); n > 0 {
		t.Errorf("%d calls were too many", n)
	}
}

// A call whose turn would come too late fails at once, is not made, and says
// when to come again.
func TestCallsThatWouldBeTooLate(t *testing.T) {
	const atOnce = 25
	fake, platform := paced(t, time.Second)
	var calls atomic.Int32
	fake.Intercept(func(method string, _ http.ResponseWriter, _ *http.Request) bool {
		if method == "conversations.history" {
			calls.Add(1)
		}
		return false
	})
	for range atOnce {
		if _, _, err := platform.Find(t.Context(), bottest.SlackGeneral, "key"); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), 4*time.Second)
	defer cancel()
	_, _, err := platform.Find(ctx, bottest.SlackGeneral, "key")
	var refused *bot.RetryError
	if !errors.As(err, &refused) || refused.After <= 0 || ctx.Err() != nil {
		t.Errorf("%v, want at once a RetryError that tells a time", err)
	}
	if got := calls.Load(); got != atOnce {
		t.Errorf("%d calls, want %d", got, atOnce)
	}
}

// What Slack refuses as one call too many rests in the whole workspace for as
// long as Slack asks, and nothing else does.
func TestRefusedMethodRests(t *testing.T) {
	fake, platform := paced(t, 20*time.Millisecond)
	if _, err := platform.Check(t.Context()); err != nil {
		t.Fatal(err)
	}
	var calls atomic.Int32
	fake.Intercept(func(method string, w http.ResponseWriter, _ *http.Request) bool {
		if method != "conversations.history" || calls.Add(1) > 1 {
			return false
		}
		w.Header().Set("Retry-After", "1")
		w.WriteHeader(http.StatusTooManyRequests)
		return true
	})
	began := time.Now()
	_, _, err := platform.Find(t.Context(), bottest.SlackGeneral, "key")
	var refused *bot.RetryError
	if !errors.As(err, &refused) || refused.After != time.Second {
		t.Errorf("%v, want a RetryError of 1 s", err)
	}
	if _, err := platform.Post(t.Context(), bottest.SlackGeneral, "key", bot.Message{Text: "first"}); err != nil || time.Since(began) > 900*time.Millisecond {
		t.Errorf("another method waits too, or fails: %v", err)
	}
	if _, _, err := platform.Find(t.Context(), bottest.SlackOther, "key"); err != nil || time.Since(began) < time.Second {
		t.Errorf("the same method in another channel does not wait, or fails: %v after %v", err, time.Since(began))
	}
}
