// Every word of the page that the bot does not say itself, in both languages.

const WORDS = {
  en: {
    tagline: "Say what you like. Find what you love.",
    skip: "Skip to the message box",
    renew: "New conversation",
    back: "Back to the previous conversation",
    log: "Conversation",
    replies: "Quick replies",
    input: "Your message",
    placeholder: "What you like, what for, how much…",
    send: "Send",
    welcome: "What are you looking for?",
    hint: "Tell me in your own words, in English or 中文. I'll show you what fits and say why, and learn from what you like.",
    // True of any catalogue; what it really has, the bot says itself.
    examples: ["What's popular right now?", "What can you do?", "随便推荐几个看看"],
    typing: "Parley is typing…",
    retry: "Try again",
    failed: "Not delivered.",
    refused: "This message was not accepted.",
    unreachable: "The shop cannot be reached right now. Nothing you wrote is lost.",
    suggestions: (count) => (count === 1 ? "1 suggestion" : `${count} suggestions`),
    comparison: "Comparison",
    price: "Price",
    source: (name) => `Source: ${name}`,
    sources: { catalogue: "the catalogue", reasons: "" }, // reasons need no source; other names stand as they are
    noted: "Noted",
    previous: "Previous",
    next: "Next",
    picture: "Picture",
    like: (title) => `I like ${title}`,
    dislike: (title) => `Not for me: ${title}`,
    about: (button, title) => `${button}: ${title}`,
  },
  zh: {
    tagline: "说出喜好，遇见心仪。",
    skip: "跳到输入框",
    renew: "新对话",
    back: "回到上一段对话",
    log: "对话",
    replies: "快捷回复",
    input: "您的消息",
    placeholder: "喜欢什么样的、做什么用、预算多少…",
    send: "发送",
    welcome: "想找点什么？",
    hint: "用您自己的话告诉我，中文或 English 都可以。我会给出合适的商品和理由，并记住您的喜好。",
    examples: ["现在什么最热门？", "你能做什么？", "Recommend me something"],
    typing: "Parley 正在输入…",
    retry: "重试",
    failed: "未送达。",
    refused: "这条消息未被接受。",
    unreachable: "暂时连接不上，您写的内容不会丢失。",
    suggestions: (count) => `${count} 件推荐`,
    comparison: "对比",
    price: "价格",
    source: (name) => `来源：${name}`,
    sources: { catalogue: "商品目录", reasons: "" },
    noted: "已记下",
    previous: "上一件",
    next: "下一件",
    picture: "图片",
    like: (title) => `喜欢：${title}`,
    dislike: (title) => `不喜欢：${title}`,
    about: (button, title) => `${button}：${title}`,
  },
};

/** The words of a language tag such as "zh-CN"; English for languages that the page does not speak. */
export const wordsIn = (tag) => WORDS[String(tag ?? "").toLowerCase().startsWith("zh") ? "zh" : "en"];

export const pageLanguage = navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en";
export const words = wordsIn(pageLanguage);

/** Puts the page's language into the elements that name their words. */
export function translate(root) {
  root.documentElement.lang = pageLanguage === "zh" ? "zh-CN" : "en";
  for (const node of root.querySelectorAll("[data-words]")) node.textContent = words[node.dataset.words];
  for (const node of root.querySelectorAll("[data-label]")) {
    node.setAttribute("aria-label", words[node.dataset.label]);
  }
  root.getElementById("input").placeholder = words.placeholder;
}
