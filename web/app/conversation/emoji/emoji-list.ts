/** An emoji and the words under which it is found. */
export interface Emoji {
  readonly sign: string;
  readonly name: string;
}

const LIST =
  '😀 grinning smile happy|😄 laughing smile happy|😂 tears of joy laugh|🙂 slight smile|😉 wink|😊 blush smile|😍 heart eyes love|😘 kiss love|' +
  '😎 cool sunglasses|🤔 thinking hmm|😐 neutral|🙄 rolling eyes|😴 sleeping tired|😕 confused|😟 worried|😢 crying sad|😭 sobbing sad|' +
  '😡 angry|😱 scream fear|😳 flushed|🤯 mind blown|🥳 party celebrate|🤗 hug|🤝 handshake deal|👍 thumbs up yes|👎 thumbs down no|' +
  '👌 ok|👏 clapping|🙏 thanks please pray|💪 strong muscle|👋 wave hello bye|✌️ victory peace|🤞 fingers crossed luck|👀 eyes look|' +
  '❤️ heart love|💔 broken heart|🔥 fire|✨ sparkles|⭐ star|🎉 party tada|🎁 gift present|🎂 cake birthday|☕ coffee|🍕 pizza|' +
  '✅ check done|❌ cross wrong|⚠️ warning|❓ question|❗ exclamation|💡 idea light|📌 pin|📎 clip attachment|📦 package parcel order|' +
  '🚚 truck delivery|🛒 cart shopping|💳 card payment|💰 money|🧾 receipt invoice|📞 phone call|📱 mobile phone|💻 laptop computer|' +
  '📧 mail email|📅 calendar date|⏰ alarm clock time|⌛ hourglass wait|🔒 lock secure|🔑 key|🔧 wrench repair|🏠 home house|🚗 car|' +
  '✈️ plane travel|🌍 earth world|☀️ sun weather|🌧️ rain weather|🇪🇺 flag europe|👨‍👩‍👧‍👦 family zwj|👩🏽‍💻 technologist woman skin zwj|🏳️‍🌈 rainbow flag zwj';

/** The usual ones, and a few of the kind that breaks careless code: joined, with skin tones, flags. */
export const EMOJI: readonly Emoji[] = LIST.split('|').map((each) => {
  const [sign = '', ...name] = each.split(' ');
  return { sign, name: name.join(' ') };
});

/** Those whose name has all the words. */
export function findEmoji(text: string): readonly Emoji[] {
  const words = text.toLowerCase().split(/\s+/);
  return EMOJI.filter(({ name }) => words.every((word) => name.includes(word)));
}
