/**
 * The language of a problem as an ISO 639-1 code, by its words alone: formulas, commands and numbers are taken out first, because their
 * letters look like other languages. Null where too little is left to tell ("Compute $\sin 60^\circ$." is one word).
 * By Nito-ELD (n-grams of 60 languages, https://github.com/nitotm/efficient-language-detector-js), its smallest table.
 */
export async function createLanguageDetector(): Promise<(text: string) => string | null> {
  const { eld } = await import('eld/extrasmall');
  return (text) => {
    const words = plainWords(text);
    if (!isEnough(words)) return null;
    const { language } = eld.detect(words);
    return language === '' ? null : language;
  };
}

const longestText = 4000;

/** What is left of a text without its mathematics. */
export function plainWords(text: string): string {
  return (
    text
      .slice(0, longestText)
      // Words inside of \text{…} are words
      .replace(/\\(?:text|mbox|textbf|textit|emph)\s*\{([^{}]*)\}/g, ' $1 ')
      .replace(/\$\$[^$]*\$\$|\$[^$]*\$|\\\[[\s\S]*?\\\]|\\\([\s\S]*?\\\)/g, ' ')
      .replace(/\\begin\{([a-z*]+)\}[\s\S]*?\\end\{\1\}/g, ' ')
      .replace(/\\[a-zA-Z]+|[\p{N}{}^_\\|<>=+*/]+/gu, ' ')
      .replace(/\s+/g, ' ')
      .trim()
  );
}

/** Two words, or two signs of a script that writes no spaces. */
function isEnough(words: string): boolean {
  const spaceless = words.match(/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}]/gu)?.length ?? 0;
  return spaceless >= 2 || (words.match(/\p{L}{2,}/gu)?.length ?? 0) >= 2;
}
