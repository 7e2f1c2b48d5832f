// A small app on discord.js. It does what our bot does when it is asked, so
// that the fake Discord is seen to speak the language of others.
const {
  ActionRowBuilder, ApplicationCommandOptionType, ApplicationCommandType, ApplicationIntegrationType, ButtonBuilder, ButtonStyle, ChannelType,
  Client, ContainerBuilder, EmbedBuilder, Events, GatewayIntentBits, InteractionContextType, MessageFlags, TextDisplayBuilder,
} = require("discord.js");

const client = new Client({
  intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages],
  rest: { api: process.env.DISCORD_API_URL + "/api", retries: 0 },
  allowedMentions: { parse: [] },
});

const everywhere = {
  contexts: [InteractionContextType.Guild, InteractionContextType.BotDM, InteractionContextType.PrivateChannel],
  integrationTypes: [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall],
};

const commands = [
  {
    name: "ask", nameLocalizations: { de: "frag" }, description: "Ask the library", ...everywhere,
    options: [{ type: ApplicationCommandOptionType.String, name: "question", description: "What?", required: true, autocomplete: true }],
  },
  {
    name: "subscribe", description: "Follow the library", defaultMemberPermissions: "32", contexts: [InteractionContextType.Guild],
    options: [{
      type: ApplicationCommandOptionType.Channel, name: "channel", description: "Where?", required: true,
      channelTypes: [ChannelType.GuildText, ChannelType.GuildAnnouncement, ChannelType.GuildForum],
    }],
  },
  { name: "Ask about this", type: ApplicationCommandType.Message, ...everywhere },
];

const page = (words) => new ContainerBuilder()
  .setAccentColor(0x3366ff)
  .addTextDisplayComponents(new TextDisplayBuilder().setContent(words))
  .addSeparatorComponents((separator) => separator)
  .addActionRowComponents(new ActionRowBuilder().addComponents(
    new ButtonBuilder().setCustomId("next").setLabel("Next").setStyle(ButtonStyle.Primary),
    new ButtonBuilder().setURL("https://x.example/a").setLabel("Open").setStyle(ButtonStyle.Link),
  ));

async function asked(interaction) {
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  await interaction.editReply({
    flags: MessageFlags.IsComponentsV2,
    components: [page(`You asked: **${interaction.options.getString("question")}**`)],
  });
  await interaction.followUp({ content: "For everybody" });
}

// publish posts what a subscription brings: an embed, or a thread in a forum.
async function publish(interaction) {
  const channel = await client.channels.fetch(interaction.options.getChannel("channel").id);
  const embed = new EmbedBuilder().setTitle("A publication").setDescription("> Words of it").setURL("https://x.example/a");
  await interaction.reply({ content: `Into <#${channel.id}>`, flags: MessageFlags.Ephemeral });
  if (channel.type === ChannelType.GuildForum) {
    await channel.threads.create({ name: "A publication", appliedTags: [channel.availableTags[0].id], message: { embeds: [embed] } });
    return;
  }
  const message = await channel.send({ embeds: [embed], nonce: channel.id, enforceNonce: true });
  await message.edit({ embeds: [embed.setTitle("A corrected publication")] });
  if (channel.type === ChannelType.GuildAnnouncement) await message.crosspost();
}

client.on(Events.InteractionCreate, async (interaction) => {
  if (interaction.isAutocomplete()) {
    await interaction.respond([{ name: `${interaction.options.getFocused()}?`, value: "who?" }]);
  } else if (interaction.isButton()) {
    await interaction.deferUpdate();
    await interaction.editReply({ components: [page("The next passage")] });
  } else if (interaction.isMessageContextMenuCommand()) {
    await interaction.reply(`You asked about: ${interaction.targetMessage.content}`);
  } else if (interaction.commandName === "ask") {
    await asked(interaction);
  } else if (interaction.commandName === "subscribe") {
    await publish(interaction);
  }
});

client.on(Events.MessageCreate, async (message) => {
  if (message.mentions.has(client.user)) await message.reply("You mentioned me");
});

client.once(Events.ClientReady, async () => {
  await client.application.commands.set(commands);
});

process.on("unhandledRejection", (err) => { console.error(err); process.exit(1); });
client.login(process.env.DISCORD_TOKEN);
