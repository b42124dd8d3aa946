import { isAskingSentence, splitSentences } from '../../language/last-sentence.js';
import { countQuantities, tellsQuantity } from './count-quantities.js';
import { isProvable } from './is-provable.js';

/**
 * Whether a text asks for a definite result or a proof of something mathematical. A request to explain, to recommend or to
 * chat is none, whatever numbers it holds; nor is a question about the world, which no number of the text helps to answer.
 */
export function isMathProblem(instruction: string): boolean {
  if (japanese.test(instruction)) {
    if (japaneseProgram.test(instruction)) return false;
    const isTalk = japaneseTalk.test(instruction) && !japaneseResult.test(instruction);
    return japaneseTask.test(instruction) && quantity.test(instruction) && !isTalk;
  }
  // Chinese: what it asks is not told by these words
  if (program.test(instruction) || isChinese(instruction)) return false;
  const text = instruction.replace(/[ \t]+/g, ' ');
  // What somebody says in the story is not asked
  const told = text.replace(/["“][^"”]{0,200}["”]/g, '"…"');
  const sentences = splitSentences(told).map(([start, end]) => told.slice(start, end).replace(listMark, '').trim());
  const asking = sentences.filter(
    (sentence) => isAskingSentence(sentence) || proof.test(sentence) || form.test(sentence),
  );
  if (sentences.some((sentence) => essay.test(sentence) || writing.test(sentence))) return false;
  const proves = (sentence: string): boolean =>
    proof.test(sentence) &&
    !/^(?:who|when|where|why|did|has|have)\b/i.test(sentence) &&
    !manner.test(sentence) &&
    !isStub(sentence);
  if (asking.some(proves) && (formula.test(text) || isProvable(text))) return true;
  if (spelled.test(text) || parts.test(text) || chance.test(text)) return true;
  if (count.test(text) && tellsQuantity(text)) return true;
  if (sentences.some((sentence) => exercise.test(sentence)) && /\d|\p{L}²|\\\w/u.test(text)) return true;
  const asked = asking.filter(
    (sentence) =>
      !programAsked.test(sentence) && !manner.test(sentence) && (!talk.test(sentence) || result.test(sentence)),
  );
  if (asked.length === 0) return false;
  // Mathematics in signs is asked about in any words
  if (formula.test(text)) return true;
  const quantities = countQuantities(text);
  return asked.some((sentence) =>
    notion.test(sentence) && !comparison.test(sentence)
      ? quantities >= 1 || (result.test(sentence) && notions(text) >= 2)
      : measure.test(sentence) && tellsQuantity(text) && (quantities >= 2 || isMeasured(text)),
  );
}

/** One number is enough where it is the measure of a figure: "A square garden has an area of 169 square feet. How much fence …" */
const isMeasured = (text: string): boolean =>
  /\b(?:area|perimeter|volume|circumference|radius|diameter|diagonal|side length|side)s? (?:is|of|was) [^.?!]{0,20}\d/i.test(
    text,
  );

/** A proof of nothing yet: "Prove that the sum". */
const isStub = (sentence: string): boolean =>
  (sentence.match(/[^\s]+/g)?.length ?? 0) < 7 && !formula.test(sentence) && !/[.!?]$/.test(sentence);

const quantity =
  /[0-9０-９]|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred|thousand|half|twice|third|quarter|percent|probability|number of ways|(?:tri|rect)angle|square|circle|sphere|cube|\w+gon)\b|\$|\\[a-z([]|\^|[二三四五六七八九十百千半倍]/i;
/** What numbers the parts of a question: `(a)`, `(II)`, `3.` */
const listMark = /^\s*(?:\(?(?:[ivx]{1,4}|\d{1,2}|[a-h])[).]\s+)+/i;

/** MATH asks by saying how the answer is to be written. */
const form =
  /\bEnter (?:the|your|all)\b|(?:\}|\\\])\s*,?\s*(?:then )?(?:find|determine|compute|calculate|evaluate|solve|simplify)\b/i;
/** What an exercise book says in front of a number or a formula, and of nothing else. */
const exercise =
  /^(?:please )?(?:convert (?:\S+ ){1,6}(?:to|into)\b|round \S*\d|factori[sz]e\b|differentiate\b|integrate\b|verify (?:that|the identity)\b|fill in [^\d]{0,40}(?:[-\d./]+, ?){2}|order .{1,100} from (?:least|smallest|lowest|greatest|largest|highest)\b|justify that\b|write \S*\d\S* in (?:scientific|standard|expanded|index) (?:notation|form)\b|describe all (?:\w+ ){0,2}(?:numbers|values|integers|solutions|points|pairs|triples)\b|arrange .{1,80} from (?:least|smallest|lowest|greatest|largest|highest)\b|arrange .{1,80} in (?:ascending|descending|increasing|decreasing)\b|what (?:number )?comes next\b)|\bhow many (?:seconds|minutes|hours|days|weeks|months|inches|feet|yards|miles|ounces|pounds|cents|\w*(?:meters|metres|grams|liters|litres)) (?:are|is) (?:there )?in\b/iu;
/** Arrangements of a word's letters. */
const spelled = /\b[Hh]ow many\b[^?]{0,120}\bletters (?:of|in) (?:the word )?["“']?[A-Z]{4,}/;
/** Combinations of so many things. */
const count =
  /\bhow many (?:different |distinct )?(?:\p{L}+ ){1,4}can (?:be (?:made|formed|chosen|built|written|created|arranged|selected)|(?:you|one|we) (?:make|form|choose|build|write))\b[^?]{0,60}\b(?:from|with|using|of)\b/iu;
/** What chance does needs no number: "A coin is tossed until heads appears. What is the expected number of tosses?" */
const chance =
  /\b(?:coins?|dice|die|urn|spinner|deck of cards)\b[\s\S]{1,400}\b(?:what is|find|determine|calculate|compute) [^.?!]{0,60}\b(?:probability|expected (?:number|value)|odds)\b/i;
/** A piece of writing is wanted. */
const writing =
  /^(?:(?:please|can you|could you|now)\s+)?(?:write|compose|draft|create|tell(?: me)?)\b(?! (?:down|as|in|out))[^.?!]{0,40}\b(?:poem|story|stories|essay|songs?|lyrics|article|paragraph|letter|email|haiku|speech|joke|review|summary|dialogue|script)\b/i;
/** The parts of a figure that its name describes. */
const parts =
  /\bhow many (?:edges|faces|vertices|corners|sides|diagonals|(?:right )?angles|(?:lines|axes|planes) of symmetry)\b (?:does|do|are|can|has|have)(?: there| be| drawn| you| we| one| draw| in| on| of){0,5} (?:an?|the|every) (?:[a-z]+ ){0,2}?(?:cubes?|cuboid|triangle|square|rectangle|rhombus|parallelogram|trapezoid|quadrilateral|prism|pyramid|\w+(?:hedron|gon))\b/i;
const proof =
  /\b(?:dis)?prove(?:: ?| )(?:that|or|the|by|every|all|any|if|[^.?!]{1,40}\b(?:theorem|lemma|laws?|inequality|identity|formula))\b|\bshow that\b/i;

/** LaTeX that computes, an equation, an operation between numbers or variables, a power, a root. */
const formula =
  /\\(?:frac|sqrt|sum|int|prod|lim|binom|cdot|times|pmod|equiv|leq?|geq?|ldots|angle|triangle|circ|left|begin|overline|mathbb|log|ln|sin|cos|tan|pi|alpha|beta|theta)\b|\$[^$]*[\d^_=+<>|a-z][^$]*\$|\\\(|\\\[|(?:^|[\s(])[-+]?(?:\d+(?:\.\d+)?|\d*[a-z])\s*[-+*/×÷=^<>≤≥]\s*(?:\d|[a-z]\b|\()|[a-z]\^\d|[²³√π∑∫]|\b[fgh]\([a-z]\)|(?<![\w])\d{1,4}!(?= ?[a-z)?.,]| [-+*/×÷=])(?!\s*$)/i;

/** What mathematics asks for or speaks of. */
const notionWords =
  'sums?|products?|differences?|quotients?|remainders?|ratios?|proportions?|fractions?|percent(?:age)?s?|averages?|means?|medians?|modes?|variances?|deviations?|probabilit(?:y|ies)|odds|areas?|volumes?|perimeters?|circumferences?|radi(?:us|i)|diameters?|hypotenuse|angles?|slopes?|lengths?|widths?|heights?|distances?|speeds?|velocit(?:y|ies)|squares?|cubes?|roots?|powers?|exponents?|logarithms?|primes?|factors?|divisors?|divisib(?:le|ility)|multiples?|factorials?|digits?|integers?|polynomials?|equations?|inequalit(?:y|ies)|functions?|derivatives?|integrals?|limits?|sequences?|series|terms?|zero(?:e?s)?|sides|matri(?:x|ces)|determinants?|eigenvalues?|vectors?|coordinates?|triangles?|circles?|rectangles?|polygons?|hexagons?|pentagons?|octagons?|quadrilaterals?|trapezoids?|parallelograms?|spheres?|cylinders?|cones?|prisms?|permutations?|combinations?|arrangements?|orders?|outcomes?|possibilit(?:y|ies)|ways|subsets?|expected value|coefficients?|intercepts?|vert(?:ex|ices)|diagonals?|gcd|lcm|least common|greatest common|values?|numbers?|totals?|formula|decimals?|rates?|interest|denominators?|numerators?|binary|base';
/** "The difference between the two kinds of …" is no number, unless the text gives two. */
const comparison = /\bwhat(?:'s|’s| is| are) the differences? between\b/i;
const notion = new RegExp(`\\b(?:${notionWords})\\b`, 'i');
const notions = (text: string): number =>
  new Set(
    (text.toLowerCase().match(new RegExp(`\\b(?:${notionWords})\\b`, 'g')) ?? []).map((word) => word.replace(/s$/, '')),
  ).size;

/** What is asked of amounts in the world: the text has to give them. */
const measure =
  /\bhow (?:many|much|long|far|old|tall|fast|high|heavy|wide|deep|big|large|often|late|early|soon|\w+er)\b|\bwhat(?:'s|’s| is| are| was| were| will| would| percent\w*| time| day| fraction| amount| price| total| is the| number| age| weight| height)\b|\bhow (?:\w+ ){1,2}(?:is|are|was|were|will|would|does|did) (?!you\b)|\bwhat (?!kinds?\b|types?\b|tools?\b|resources?\b|steps?\b|options?\b|things?\b|information\b|services?\b|features?\b|strateg\w+|methods?\b)\w+ (?:is|are|was|were|will|would|does|did) (?!you\b)|\bwhat (?:does|did|do|will|would) [^?]{1,60}\b(?:cost|weigh|earn|pay|equal|roll|score)\b|\bwhich (?:of|one|is|has|costs|weighs|number|direction|\w+ (?:is|has|costs))\b|\b(?:find|determine|calculate|compute|estimate|count|work out|figure out|solve|express|convert|round|give|state|tell|write|put)\b|\b(?:by|in|at|to|for|of|after|on) (?:how|what|which)\b|\bwho\b|\bwhen\b|(?:^|[,;] (?:and |then )?)(?:is|are|does|do|did|can|will|would|has|have|was|were)\b(?! you\b).*\?/i;

/** An essay is wanted, beside a result or without one. "Explain your answer" only says how to answer. */
const essay =
  /(?:^|[.;,] (?:and |then )?)(?:(?:also|additionally|finally|furthermore|moreover|then|please),? )?(?:discuss|explore|investigate|analy[sz]e(?! and (?:determine|find|compute|calculate)| how many)|elaborate|comment on|provide (?:an? |some )?(?:historical|overview|context|insights?|background)|illustrate (?:the|their|its|how)|describe (?:the|how|why|its)|devise|reflect on|explain (?:(?:these|those|this|both) \w+|the (?:significance|importance|role|concept|relationship|implications|properties|advantages)|how (?:it|this|they|these) (?:relates?|appl\w+|can be)))\b|\band (?:then |also |briefly )?(?:discuss|elaborate on|comment on|reflect on) (?:the|their|its|how|why|what|any|this)\b/i;
/** Asked is how one sets about it, and no result. */
const manner =
  /\bhow (?:can|could|do|does|might|should|would) (?:we|one|i|you|someone|mathematicians)\b(?! (?:many|much))|\bhow (?:can|could|might|would|is|are) [^?]{1,160}\b(?:be )?(?:proved|proven|calculated|achieved|derived|approached|used|applied|determined|generalized|estimated)\b|\bhow (?:do|does|did) [^?]{1,120}\b(?:relate|differ|behave|affect|influence|contribute|connect)\b|\bwhat (?:role|can we say)\b|\b(?:identify|observe|notice|see|find|are there) (?:any |some )?(?:\w+ )?(?:patterns?|clues?|insights?)\b|\bcould [^?]{1,60} contribute\b/i;

/** Explaining, advising, chatting. */
const talk =
  /\b(?:explain|describe(?! all\b)|discuss|elaborate|recommend(?:ations?)?|introduc\w+|overview|help me|help with|assist|guide|guidance|suggest\w*|advice|advise|tips (?:on|for|to|about)|ideas?|significance|importance|applications?|understand|tell me about|learn|teach|interested in|do it|do that|modify|draft|design|develop|implement|optimi[sz]e|improve|looking for)\b|\b(?:can|could|would|will) you (?:please )?(?:also )?(?:give|provide|share|suggest|create|generate|write|list|show|make|send|tell|do|check|review|confirm)\b|\b(?:should|do|can|could|would) (?:i|we|you) (?:do|use|approach|make|choose|consider|start|handle|create|get|know|think|recommend|like|want|need|write|prepare|achieve|ensure)\b|\bwhat(?:'s|’s| is| are) (?:the )?(?:best|good|some|a good|common|most (?:popular|common|important|effective)|main|key)\b|\byour (?:own )?(?:favou?rite|opinion)\b|\bis it (?:normal|ok|okay|safe|healthy|legal|worth (?:it|the|buying|getting|having|trying))\b|\bwhich (?:one )?is better\b(?![^?]*\b(?:buy|deal|value|price|offer|per|cost))|\bwhat are your (?:thoughts|views|opinions?|favou?rites?|hours)\b|\b(?:is|are) there (?:an?|any) (?:\w+ )?(?:ways?|methods?|tools?|books?|resources?)\b|\bwhat do you think\b|\bwhat do(?:es)? .{0,60} mean\b/i;
/** What is asked for all the same: "Can you explain how to find …" still is talk, "find all …" is not. */
const result =
  /(?:^|[,;.?] |\band |\bthen )(?:find|determine|calculate|compute|solve|evaluate|simplify)\b|\bcan you (?:find|determine|calculate|compute|solve|prove)\b|\bhow (?:many|much|far|old)\b|\bwhat (?:is|are|was|will be) the (?:value|number|sum|product|probability|area|volume|length|remainder|ratio|smallest|largest|least|greatest|minimum|maximum|total)\b|\bused to solve for\b/i;
/** A task for a programmer, wherever it stands. */
const program =
  /\b(?:in python|python (?:function|code|program|script)|javascript|programming language|write (?:a|an|the) (?:\w+ ){0,3}(?:function|program|script|query|class|method|algorithm|code) (?:that|to|which|in|for|called|named|using)\b|source code|code snippet|time complexity|linked list|binary (?:search )?tree|return (?:the|an?) (?:\w+ ){0,2}(?:list|array|string|index|boolean|number of)|return (?:true|false)|sql quer\w+|html|json|regular expression|regex)\b/i;
/** The same where something is asked. */
const programAsked =
  /\b(?:write|create|build|design|develop|implement|modify|fix|debug|refactor|optimi[sz]e|make|generate)\b.{0,60}\b(?:code|program|script|quer(?:y|ies)|apps?|application|database|api|website|web|server|software|spreadsheet)\b/i;

/** More characters of Chinese than words of another language: a name is none. */
const isChinese = (text: string): boolean =>
  (text.match(/\p{Script=Han}/gu)?.length ?? 0) > (text.match(/\p{L}{2,}/gu)?.length ?? 0) / 2 &&
  /\p{Script=Han}{2}/u.test(text);
const japanese = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;
const japaneseTask =
  /[?？]|求め|計算(?:し|せよ)|(?:展開|因数分解|微分|積分|約分|通分|比較|簡単に)(?:し|せよ)|証明し|証明せよ|示し|示せ|解き|解け|答え(?:よ|なさい|て)|何(?:個|人|枚|本|通り|円|倍|番|度|時間|分)|いくつ|いくら|でしょうか|ですか|ますか|ましたか/;
/** 説明、紹介、助言を頼む文。 Explaining, advising, as in `talk`. */
const japaneseTalk =
  /(?:説明|紹介|解説|要約|翻訳|助言|アドバイス)(?:し|を)|教えて|おすすめ|とは(?:何|どういう)|書いてください|作ってください/;
const japaneseResult =
  /求め|計算し|証明|示せ|示し|解き|解け|いくつ|いくら|何(?:個|人|枚|本|通り|円|倍|番|度|時間|分|歳|日|km|cm|m)/;
const japaneseProgram = /Python|プログラム|JavaScript|コードを/i;
