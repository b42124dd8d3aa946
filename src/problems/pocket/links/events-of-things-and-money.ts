import { each, fivefold, percentage } from '../sizes.js';
import { capital } from './arithmetic.js';
import { above, divisor, type Event, minus, plus, times } from './event.js';

/** What can happen next in a pocket story to things and to money. */
export const eventsOfThingsAndMoney: readonly Event[] = [
  {
    id: 'gain',
    takes: 'things',
    gives: 'things',
    words: ['who', 'thing'],
    tells: ['Then {who} gets {n} more.', 'Later another {n} {things} arrive for {who}.'],
    asks: [
      ['How many {things} does {who} have now?', '{who} has {answer} {things} now.'],
      ['How many {things} are there then?', 'There are {answer} {things} then.'],
    ],
    draw: plus,
    solve: ({ total, given, work }) => work.add('With the new ones', total, given('n')),
  },
  {
    id: 'lose',
    takes: 'things',
    gives: 'things',
    words: ['who', 'thing'],
    tells: ['{who} then loses {n} of them.', 'After that {n} {things} break.'],
    asks: [
      ['How many {things} does {who} have now?', '{who} has {answer} {things} now.'],
      ['How many {things} remain?', '{answer} {things} remain.'],
    ],
    draw: minus,
    solve: ({ total, given, work }) => work.subtract('Without these', total, given('n')),
  },
  {
    id: 'multiply-things',
    takes: 'things',
    gives: 'things',
    words: ['who', 'thing'],
    tells: ['A year later {who} has {n} times as many.', 'Then the number of {things} grows to {n} times as much.'],
    asks: [
      ['How many {things} does {who} have after that?', '{who} has {answer} {things} after that.'],
      ['What is the number of {things} then?', 'The number of {things} is then {answer}.'],
    ],
    draw: times,
    solve: ({ total, given, work }) => work.multiply('Times as many', total, given('n')),
  },
  {
    id: 'sell-percent',
    takes: 'things',
    gives: 'things',
    words: ['who', 'thing'],
    tells: ['{n}% of them are given to a school.', 'A school gets {n}% of these {things}.'],
    asks: [
      ['How many {things} does {who} still have?', '{who} still has {answer} {things}.'],
      ['How many {things} stay with {who}?', '{answer} {things} stay with {who}.'],
    ],
    draw: (random, level, total) => {
      const n = fivefold(random, level);
      return (total * n) % 100 === 0 ? { n } : undefined;
    },
    solve: ({ total, given, words, work }) => {
      const away = work.percent('For the school', total, given('n'));
      return work.subtract(`${capital(words.things)} kept`, total, away);
    },
  },
  {
    id: 'pack',
    takes: 'things',
    gives: 'end',
    words: ['who', 'thing'],
    tells: ['{who} packs them equally into {n} bags.', 'All of them go into {n} bags with the same number in each.'],
    asks: [
      ['How many {things} are in each bag?', 'There are {answer} {things} in each bag.'],
      ['How many {things} does one bag hold?', 'One bag holds {answer} {things}.'],
    ],
    draw: divisor,
    solve: ({ total, given, work }) => work.divide('In each bag', total, given('n')),
  },
  {
    id: 'sell-all',
    takes: 'things',
    gives: 'dollars',
    words: ['who', 'thing'],
    tells: ['{who} sells all of them for ${n} each.', 'Then {who} sells every one of these {things} for ${n}.'],
    asks: [
      ['How many dollars does {who} get?', '{who} gets {answer} dollars.'],
      ['How much money in dollars is that?', 'That is {answer} dollars.'],
    ],
    draw: (random, level) => ({ n: each(random, Math.min(level, 4) as typeof level) }),
    solve: ({ total, given, work }) => work.multiply('Money from the sale', total, given('n')),
  },
  {
    id: 'earn',
    takes: 'dollars',
    gives: 'dollars',
    words: ['who'],
    tells: ['Then {who} earns ${n} more.', 'An aunt gives {who} another ${n}.'],
    asks: [
      ['How many dollars does {who} have now?', '{who} has {answer} dollars now.'],
      ['What is the money of {who} in dollars then?', 'The money of {who} is then {answer} dollars.'],
    ],
    draw: plus,
    solve: ({ total, given, work }) => work.add('With that money', total, given('n')),
  },
  {
    id: 'spend',
    takes: 'dollars',
    gives: 'dollars',
    words: ['who'],
    tells: ['{who} spends ${n} of it on food.', 'Of this money, ${n} goes for rent.'],
    asks: [
      ['How many dollars are left?', '{answer} dollars are left.'],
      ['How many dollars does {who} still have?', '{who} still has {answer} dollars.'],
    ],
    draw: minus,
    solve: ({ total, given, work }) => work.subtract('Money that is left', total, given('n')),
  },
  {
    id: 'donate-percent',
    takes: 'dollars',
    gives: 'dollars',
    words: ['who'],
    tells: ['{who} gives {n}% of the money away.', 'A tax takes {n}% of this money.'],
    asks: [
      ['How many dollars remain?', '{answer} dollars remain.'],
      ['How many dollars does {who} keep?', '{who} keeps {answer} dollars.'],
    ],
    draw: (random, level) => ({ n: percentage(random, level) }),
    solve: ({ total, given, work }) => {
      const part = work.percent('That part', total, given('n'));
      return work.subtract('Money kept', total, part);
    },
  },
  {
    id: 'share-money',
    takes: 'dollars',
    gives: 'end',
    words: ['who'],
    tells: [
      '{who} shares the money equally among {n} cousins.',
      'The money goes to {n} cousins of {who} in equal parts.',
    ],
    asks: [
      ['How many dollars does each cousin get?', 'Each cousin gets {answer} dollars.'],
      ['What is the share of one cousin in dollars?', 'The share of one cousin is {answer} dollars.'],
    ],
    draw: divisor,
    solve: ({ total, given, work }) => work.divide('Each cousin', total, given('n')),
  },
  {
    id: 'goal',
    takes: 'dollars',
    gives: 'end',
    words: ['who'],
    tells: ['{who} wants to buy a piano for ${n}.', 'A piano that {who} wants costs ${n}.'],
    asks: [
      ['How many dollars are missing?', '{answer} dollars are missing.'],
      ['How many more dollars does {who} need?', '{who} needs {answer} more dollars.'],
    ],
    draw: above,
    solve: ({ total, given, work }) => work.subtract('Missing', given('n'), total),
  },
  {
    id: 'shipping',
    takes: 'price',
    gives: 'price',
    words: ['who'],
    tells: ['Delivery costs ${n} more.', '{who} also pays ${n} for delivery.'],
    asks: [
      ['How many dollars is it with delivery?', 'With delivery it is {answer} dollars.'],
      ['What does {who} pay with delivery, in dollars?', 'With delivery {who} pays {answer} dollars.'],
    ],
    draw: plus,
    solve: ({ total, given, work }) => work.add('With delivery', total, given('n')),
  },
  {
    id: 'coupon',
    takes: 'price',
    gives: 'price',
    words: ['who'],
    tells: ['A coupon takes ${n} off.', '{who} uses a coupon of ${n}.'],
    asks: [
      ['How many dollars is it with the coupon?', 'With the coupon it is {answer} dollars.'],
      ['How many dollars are still to pay?', '{answer} dollars are still to pay.'],
    ],
    draw: minus,
    solve: ({ total, given, work }) => work.subtract('With the coupon', total, given('n')),
  },
  {
    id: 'several',
    takes: 'price',
    gives: 'price',
    words: ['who'],
    tells: ['{who} pays the same for each of {n} friends.', 'For {n} friends {who} orders the same and pays it all.'],
    asks: [
      ['How many dollars is that for the {n} friends?', 'For the {n} friends that is {answer} dollars.'],
      ['What does {who} pay for all {n} friends, in dollars?', 'For all {n} friends {who} pays {answer} dollars.'],
    ],
    draw: times,
    solve: ({ total, given, work }) => work.multiply('For the friends', total, given('n')),
  },
  {
    id: 'split-bill',
    takes: 'price',
    gives: 'end',
    words: ['who'],
    tells: ['{n} people split the bill equally.', '{who} and others, {n} people in all, each pay the same part.'],
    asks: [
      ['How many dollars does each person pay?', 'Each person pays {answer} dollars.'],
      ['What is the part of one person in dollars?', 'The part of one person is {answer} dollars.'],
    ],
    draw: divisor,
    solve: ({ total, given, work }) => work.divide('Each person', total, given('n')),
  },
  {
    id: 'pay-with',
    takes: 'price',
    gives: 'dollars',
    words: ['who'],
    tells: ['{who} pays with ${n}.', 'At the desk {who} hands over ${n}.'],
    asks: [
      ['How many dollars does {who} get back?', '{who} gets {answer} dollars back.'],
      ['What is the change in dollars?', 'The change is {answer} dollars.'],
    ],
    draw: above,
    solve: ({ total, given, work }) => work.subtract('Change', given('n'), total),
  },
];
