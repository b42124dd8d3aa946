import { type Language, wordsIn } from '../../language/translate.js';
import { translateFigure } from '../figures/translate-figure.js';
import type { ReportBlock, ReportSection } from './report-section.js';

/** The chapters of a report in another language: titles, labels, captions and notes. What rows and models say stays. */
export function translateSections(sections: readonly ReportSection[], language: Language): readonly ReportSection[] {
  if (language === 'en') return sections;
  const say = wordsIn(language);
  return sections.map(({ title, blocks }) => ({
    title: say(title),
    blocks: blocks.map((block) => translateBlock(block, say)),
  }));
}

function translateBlock(block: ReportBlock, say: (message: string) => string): ReportBlock {
  switch (block.kind) {
    case 'text':
      return { ...block, text: say(block.text) };
    case 'facts':
      return {
        ...block,
        facts: block.facts.map(({ value, label, note }) => ({
          value,
          label: say(label),
          ...(note === undefined ? {} : { note: say(note) }),
        })),
      };
    case 'figure':
      return {
        ...block,
        figure: translateFigure(block.figure, say),
        ...(block.caption === undefined ? {} : { caption: say(block.caption) }),
      };
    case 'table': {
      const { columns, caption, ...table } = block.table;
      const labelled = columns.map((column) => ({ ...column, label: say(column.label) }));
      return {
        ...block,
        table: { ...table, columns: labelled, ...(caption === undefined ? {} : { caption: say(caption) }) },
      };
    }
    case 'examples':
      return {
        ...block,
        examples: block.examples.map(({ verdict, note, ...example }) => ({
          ...example,
          ...(verdict === undefined ? {} : { verdict: say(verdict) }),
          ...(note === undefined ? {} : { note: say(note) }),
        })),
      };
    default:
      return block;
  }
}
