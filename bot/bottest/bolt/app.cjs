// A small app on Slack's own framework. It does what our bot does when it is
// asked, so that the fake Slack is seen to speak the language of others.
const { App, LogLevel } = require("@slack/bolt");

const app = new App({
  token: process.env.SLACK_BOT_TOKEN,
  appToken: process.env.SLACK_APP_TOKEN,
  socketMode: true,
  logLevel: LogLevel.ERROR,
  clientOptions: { slackApiUrl: process.env.SLACK_API_URL },
});

const words = (text) => ({ type: "plain_text", text });

app.command("/ask", async ({ command, ack, respond }) => {
  await ack();
  await respond({
    response_type: "ephemeral",
    text: `You asked: ${command.text}`,
    blocks: [
      { type: "section", text: words(`You asked: ${command.text}`) },
      { type: "actions", elements: [{ type: "button", action_id: "next", value: "1", text: words("Next passage") }] },
    ],
  });
});

app.action("next", async ({ ack, respond }) => {
  await ack();
  await respond({ replace_original: true, text: "The next passage" });
});

app.event("app_mention", async ({ event, say }) => {
  await say({ thread_ts: event.ts, text: "You mentioned me" });
});

app.shortcut("ask_library", async ({ ack, shortcut, client }) => {
  await ack();
  await client.views.open({
    trigger_id: shortcut.trigger_id,
    view: {
      type: "modal", callback_id: "ask_form", title: words("Ask the library"), submit: words("Ask"),
      blocks: [{ type: "input", block_id: "question", label: words("Question"), element: { type: "plain_text_input", action_id: "question" } }],
    },
  });
});

app.view("ask_form", async ({ ack, view }) => {
  const question = view.state.values.question.question.value;
  await ack({
    response_action: "update",
    view: { type: "modal", title: words("Ask the library"), blocks: [{ type: "section", text: words(`You asked: ${question}`) }] },
  });
});

app.start().catch((err) => { console.error(err); process.exit(1); });
