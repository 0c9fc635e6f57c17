import { buildExchange } from '../testing/build-exchange';
import { LogWriter } from '../testing/log-entries';
import { filterMistakes } from './filter-mistakes';
import { toItem } from './inspector-item';
import { FILTER_COLUMNS } from './item-filter';

const items = new LogWriter()
  .agentSays(3, 'Hello')
  .echo(4, 'Hi')
  .entries.flatMap((entry) => toItem(entry) ?? []);
const mistakes = (text: string) => filterMistakes(text, FILTER_COLUMNS.webhooks, items);

describe('the mistakes of a filter', () => {
  it('are none in words, values that occur, and comparisons of numbers', () => {
    expect(mistakes('hello role:agent sequence:>3 sequence:<=4.5 -role:agent role: http://x')).toEqual([]);
  });

  it('are values that nothing has, with those that there are', () => {
    expect(mistakes('role:agnt')).toEqual([
      'Nothing here has “agnt” in “role”. There is: ASSIGNED_AGENT, CONSUMER.',
    ]);
  });

  it('are none in a phrase that occurs or is not written to its end, and one in a phrase that nothing has', () => {
    expect(mistakes('"no such" role:"assigned_agent" role:"assi')).toEqual([]);
    expect(mistakes('role:"')).toEqual([]);
    expect(mistakes('role:"an agent"')[0]).toContain('Nothing here has “an agent” in “role”.');
    expect(mistakes('role:">5"')[0]).toContain('Nothing here has “>5” in “role”.');
  });

  it('are comparisons with what is no number, and of what holds words', () => {
    expect(mistakes('sequence:>abc')).toEqual([
      '“sequence” needs a number, as in sequence:>3; “abc” is a word.',
    ]);
    expect(mistakes('role:>5')).toEqual(['“role” holds words, which cannot be compared.']);
  });

  it('are told of a column by the word over it, too', () => {
    expect(mistakes('answer:>abc')).toEqual(['“answer” needs a number, as in answer:>400; “abc” is a word.']);
    expect(mistakes('answer:teapot')).toEqual(['Nothing here has “teapot” in “answer”. There is: 200.']);
    expect(mistakes('answer:200 answer:>=200')).toEqual([]);
  });

  it('are none in a class of status that has not come yet, and one in what is no class', () => {
    expect(mistakes('status:5xx status:4XX answer:2xx status:5x -status:9xx')).toEqual([]);
    expect(mistakes('status:9xx')).toEqual(['Nothing here has “9xx” in “status”. There is: 200.']);
    expect(mistakes('sequence:5xx')[0]).toContain('Nothing here has “5xx” in “sequence”.');
    expect(mistakes('status:>5xx')).toEqual(['“status” needs a number, as in status:>400; “5xx” is a word.']);
  });

  it('are none in a term that is not written to its end', () => {
    expect(mistakes('status: status:> sequence:<= role:>')).toEqual([]);
  });

  it('are none in what a term leaves out', () => {
    expect(mistakes('-role:agnt -scope:account -role:>5')).toEqual([]);
  });

  it('are none in values that are known but have not come yet', () => {
    const known = 'role:manager scope:account mark:late verdict:body-differs type:refused status:404';
    expect(mistakes(known)).toEqual([]);
    expect(mistakes('type:richcontent type:exconversationchange')).toEqual([]);
    const request = toItem(new LogWriter().add(buildExchange()));
    const inRequests = (text: string) =>
      filterMistakes(text, FILTER_COLUMNS.requests, request === null ? [] : [request]);
    expect(inRequests('method:delete status:none took:12.5')).toEqual([]);
    expect(inRequests('method:fetch').length).toBe(1);
  });

  it('are none in what is looked for inside', () => {
    expect(mistakes('body:nowhere body:>5 header:>x -body:y')).toEqual([]);
  });

  it('are not told of an empty list', () => {
    expect(filterMistakes('role:agent', FILTER_COLUMNS.webhooks, [])).toEqual([]);
  });
});
