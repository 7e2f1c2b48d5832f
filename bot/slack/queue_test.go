package slack_test

import (
	"context"
	"net/http"
	"sync"
	"testing"
	"time"

	"rapporteur/bot"
	"rapporteur/bot/bottest"
	"rapporteur/bot/slack"
)

// Answers and posts in one channel wait for each other, and those in others do
// not wait for them.
func TestMessagesInOneChannelKeepApart(t *testing.T) {
	const interval, many = 100 * time.Millisecond, 6
	fake := bottest.NewSlack(t)
	fake.SetInterval(interval)
	client := &http.Client{Transport: &http.Transport{}}
	t.Cleanup(client.CloseIdleConnections)
	var log bottest.Log
	platform := slack.New(slack.Config{BotToken: fake.BotToken, AppToken: fake.AppToken, APIURL: fake.URL(), Interval: interval},
		client, log.Logger(), time.Now)
	answering(t, fake, platform)
	began := time.Now()
	var threads []string
	for range many {
		ts, _ := fake.Mention("who?", bottest.SlackGeneral, "U0ANN")
		threads = append(threads, ts)
	}
	var work sync.WaitGroup
	work.Go(func() {
		if _, err := platform.Post(context.Background(), bottest.SlackGeneral, "key", bot.Message{Text: "first"}); err != nil {
			t.Error(err)
		}
	})
	ts, _ := fake.Mention("who?", bottest.SlackOther, "U0ANN")
	eventually(t, func() bool { return len(fake.Replies(bottest.SlackOther, ts)) == 1 })
	for _, ts := range threads {
		eventually(t, func() bool { return len(fake.Replies(bottest.SlackGeneral, ts)) == 1 })
	}
	work.Wait()
	if took := time.Since(began); took < many*interval {
		t.Errorf("%d messages in one channel within %v", many+1, took)
	}
	if n := fake.RateRefusals(); n > 0 {
		t.Errorf("%d came too soon", n)
	}
}
