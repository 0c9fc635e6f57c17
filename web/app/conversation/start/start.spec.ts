import { TestBed } from '@angular/core/testing';

import { DEFAULT_CONVERSATION_OPTIONS, type ConversationOptions } from '#protocol/bridge-api';
import { CLIENT_FEATURES } from '#protocol/connector/envelope';
import { asAppKey } from '#protocol/identifiers';

import { ConversationStore } from '../conversation-store';
import { ConversationsStore } from '../conversations-store';
import { eventually } from '../../testing/eventually';
import { expectAccessible } from '../../testing/expect-accessible';
import { APP, CONVERSATION } from '../../testing/log-entries';
import { provideConversation, settle } from '../../testing/provide-conversation';
import { StartPanel } from '../start-panel';
import { readObjectList } from '../object-list';
import { missingForSurvey, optionsWords, toDraft, toOptions } from './options-draft';
import { readRemembered } from './options-memory';
import { StartOptions } from './start-options';

const ALL: ConversationOptions = {
  features: [...CLIENT_FEATURES],
  skillId: '4711',
  campaign: { campaignId: '1', engagementId: '2' },
  urgency: 'URGENT',
  language: 'de-DE',
  contextType: null,
  engagementAttributes: [{ type: 'ctmrinfo', info: { ctype: 'vip' } }],
};

describe('options of a conversation', () => {
  const consumer = { name: 'Kim', externalId: '' };

  it('are the same after they went through the form', () => {
    expect(toOptions(toDraft(consumer, ALL))).toEqual(ALL);
    expect(toOptions(toDraft(consumer, DEFAULT_CONVERSATION_OPTIONS))).toEqual(DEFAULT_CONVERSATION_OPTIONS);
  });

  it('are the same after they were remembered', () => {
    const stored = JSON.stringify({ last: ALL, presets: [{ name: 'All', options: ALL }] });

    expect(readRemembered(stored)).toEqual({ last: ALL, presets: [{ name: 'All', options: ALL }] });
  });

  it('fall back to the defaults where what is stored does not fit', () => {
    expect(readRemembered('{').last).toEqual(DEFAULT_CONVERSATION_OPTIONS);
    expect(
      readRemembered('{"last":{"features":["NEW","CO_APP"],"urgency":"NEVER","skillId":7}}').last,
    ).toEqual({ ...DEFAULT_CONVERSATION_OPTIONS, features: ['CO_APP'] });
  });

  it('say which features a survey lacks', () => {
    expect(missingForSurvey(['RICH_CONTENT', 'MULTI_DIALOG'])).toEqual(['QUICK_REPLIES']);
    expect(missingForSurvey(DEFAULT_CONVERSATION_OPTIONS.features)).toEqual([]);
  });

  it('take attributes as an array or one object, and nothing else', () => {
    expect(readObjectList('')).toEqual([]);
    expect(readObjectList('{"type":"personal"}')).toEqual([{ type: 'personal' }]);
    expect(readObjectList('[1]')).toBeNull();
    expect(readObjectList('[{')).toBeNull();
  });

  it('are told in a few words each', () => {
    const words = optionsWords({ ...ALL, features: ['CO_APP'] });

    expect(words.map(({ words }) => words)).toEqual(['CO_APP', 'skill 4711', 'campaign 1', 'urgent']);
    expect(words.filter(({ isCode }) => isCode).map(({ words }) => words)).toEqual(['CO_APP']);
  });
});

async function openSheet() {
  const { bridge } = provideConversation();
  await TestBed.inject(ConversationsStore).show(APP);
  const fixture = TestBed.createComponent(StartPanel);
  fixture.componentRef.setInput('consumerName', 'Kim');
  await fixture.whenStable();
  const element = fixture.nativeElement as HTMLElement;
  const press = async (name: string) => {
    [...element.querySelectorAll('button')].find((one) => one.textContent.trim() === name)!.click();
    await settle();
    await fixture.whenStable();
  };
  const write = async (id: string, text: string) => {
    const field = element.querySelector<HTMLInputElement>(`#${id}`)!;
    field.value = text;
    field.dispatchEvent(new Event('input'));
    field.dispatchEvent(new Event('blur'));
    await fixture.whenStable();
  };
  const tick = async (feature: string) => {
    [...element.querySelectorAll<HTMLElement>('.feature')]
      .find((one) => one.textContent === feature)!
      .click();
    await fixture.whenStable();
  };
  await press('Options');
  const start = TestBed.inject(StartOptions);
  return { bridge, fixture, element, press, write, tick, start };
}

describe('the sheet of a new conversation', () => {
  it('gives its options to the next conversation, and the same ones to the one after', async () => {
    const { bridge, press, write, tick, fixture } = await openSheet();
    await write('sheet-name', 'Ana');
    await write('sheet-id', 'crm-7');
    await write('sheet-skill', '12');
    await tick('CO_APP');
    await press('Use for new conversations');
    const store = TestBed.inject(ConversationStore);

    await store.open(fixture.componentInstance.consumerName(), 'hi');
    store.show(CONVERSATION);
    store.show(null);
    await store.open('Ben', 'hi');

    expect(bridge.opened[0]?.consumer).toEqual({ name: 'Ana', externalId: 'crm-7' });
    expect(bridge.opened[0]?.options).toEqual(
      jasmine.objectContaining({ skillId: '12', features: jasmine.arrayContaining(['CO_APP']) }),
    );
    expect(bridge.opened[1]?.consumer).toEqual({ name: 'Ben' });
    expect(bridge.opened[1]?.options).toEqual(bridge.opened[0]!.options);
  });

  it('warns when a survey feature is missing', async () => {
    const { element, tick, press } = await openSheet();
    expect(element.querySelector('.note-warn')).toBeNull();

    await tick('QUICK_REPLIES');
    expect(element.querySelector('.note-warn')?.textContent).toContain('QUICK_REPLIES');
    await expectAccessible(element);

    await press('Use for new conversations');
    expect(element.querySelector('.warning')?.textContent).toContain('no survey can follow');
  });

  describe('asks before it discards what was changed', () => {
    const QUESTION = 'Leave without using these options?';
    const opened = async () => {
      const sheet = await openSheet();
      const { element, fixture } = sheet;
      const dialogs = [...element.querySelectorAll('dialog')];
      const dialog = dialogs.find((one) => one.classList.contains('sheet'))!;
      const question = dialogs.find((one) => one.textContent.includes(QUESTION));
      const isOpen = () => [dialog.open, question?.open ?? false];
      const skill = () => element.querySelector<HTMLInputElement>('#sheet-skill')?.value;
      const rest = async () => {
        await settle();
        await fixture.whenStable();
      };
      const does = async (way: () => unknown) => {
        way();
        await rest();
      };
      return { ...sheet, dialog, question, isOpen, skill, rest, does };
    };
    const escape = () => new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true });

    it('whichever way out is taken', async () => {
      const { element, dialog, question, write, press, isOpen, skill, does } = await opened();
      await write('sheet-skill', '12');
      const ways: Readonly<Record<string, () => unknown>> = {
        cross: () => element.querySelector<HTMLElement>('.head .icon-button')!.click(),
        cancel: () => element.querySelector<HTMLElement>('.cancel')!.click(),
        escape: () => element.querySelector('#sheet-skill')!.dispatchEvent(escape()),
        'close request': () => dialog.dispatchEvent(new Event('cancel', { cancelable: true })),
        'close request that waits for nobody': () => {
          dialog.close();
        },
      };

      for (const [name, way] of Object.entries(ways)) {
        await does(way);
        // The browser tells late that a dialog was closed.
        await eventually(() => question?.open === true);
        expect(isOpen()).withContext(name).toEqual([true, true]);
        await press('Stay');
        expect([isOpen(), skill()])
          .withContext(name)
          .toEqual([[true, false], '12']);
      }
      await does(ways['cross']!);
      await expectAccessible(element);
      // As every question, though the panel around it is centred.
      expect(getComputedStyle(question!).textAlign).toBe('start');
    });

    it('with the question in sight, also where the browser closes the sheet behind it', async () => {
      const { dialog, question, write, press, isOpen, does } = await opened();
      await write('sheet-skill', '12');

      await does(() => dialog.dispatchEvent(new Event('cancel')));
      await does(() => {
        dialog.close();
      });
      await eventually(() => dialog.open);

      const { x, y } = question!.querySelector('button')!.getBoundingClientRect();
      expect(document.elementFromPoint(x + 2, y + 2)?.closest('dialog')).toBe(question);
      await press('Stay');
      expect(isOpen()).toEqual([true, false]);
    });

    it('and lets it go when that is meant', async () => {
      const { element, write, press, isOpen, skill, start } = await opened();
      await write('sheet-name', 'Ana');
      await write('sheet-skill', '12');
      await press('Cancel');

      await press('Leave and discard');
      expect(isOpen()).toEqual([false, false]);
      await press('Options');

      expect([skill(), start.options().skillId]).toEqual(['', null]);
      expect(element.querySelector<HTMLInputElement>('#sheet-name')?.value).toBe('Kim');
    });

    it('but not where nothing was changed, or all is as it was again', async () => {
      const { write, press, isOpen, does, element } = await opened();
      await does(() => element.querySelector('#sheet-skill')!.dispatchEvent(escape()));
      expect(isOpen()).toEqual([false, false]);

      await press('Options');
      await write('sheet-skill', '12');
      await write('sheet-skill', '');
      await press('Cancel');
      expect(isOpen()).toEqual([false, false]);
    });

    it('but not what is used, nor what was saved as a preset', async () => {
      const { write, press, isOpen, rest } = await opened();
      await write('sheet-skill', '12');
      await press('Use for new conversations');
      await rest();
      expect(isOpen()).toEqual([false, false]);

      await press('Options');
      await write('sheet-skill', '13');
      await write('preset-name', 'Skill 13');
      await press('Save');
      await press('Cancel');
      expect(isOpen()).toEqual([false, false]);

      await press('Options');
      await write('sheet-skill', '13');
      await write('preset-name', 'Skill 13, again');
      await press('Save');
      await write('sheet-name', 'Ana');
      await press('Cancel');
      expect(isOpen()).toEqual([true, true]);
      await press('Leave and discard');
    });

    it('also what stood in a preset until that was removed, or saved with something else', async () => {
      const { write, press, isOpen } = await opened();
      await write('sheet-skill', '13');
      await write('preset-name', 'Skill');
      await press('Save');
      await press('Remove');
      await press('Cancel');
      expect(isOpen()).toEqual([true, true]);
      await press('Stay');

      await write('preset-name', 'Skill');
      await press('Save');
      await write('sheet-skill', '14');
      await press('Save');
      await write('sheet-skill', '13');
      await press('Cancel');
      expect(isOpen()).toEqual([true, true]);
      await press('Leave and discard');
    });
  });

  it('does not take a campaign without its engagement', async () => {
    const { element, write, press, start } = await openSheet();
    await write('sheet-campaign', '55');
    await write('sheet-engagement', '');

    await press('Use for new conversations');

    expect(element.querySelector('#sheet-engagement-rule')?.textContent).toContain('go together');
    expect(start.options()).toEqual(DEFAULT_CONVERSATION_OPTIONS);
  });

  it('says by colour, to readers and in words what is wrong with a field, and by which rule', async () => {
    const { element, write, press } = await openSheet();
    const skill = element.querySelector('#sheet-skill')!;
    const rule = element.querySelector('#sheet-skill-rule')!;
    expect(skill.getAttribute('aria-invalid')).toBe('false');
    expect(rule.textContent).toContain('Up to ten digits');

    await write('sheet-skill', '12x');
    await write('sheet-attributes', '[{ "type": "ctmrinfo", }]');
    await press('Use for new conversations');

    expect(skill.getAttribute('aria-invalid')).toBe('true');
    expect(rule.textContent).toContain('ten digits, nothing else');
    expect(element.querySelector('#sheet-attributes-rule')?.textContent).toContain(
      'This is not valid JSON: line 1, column 22. Remove the comma in line 1',
    );
    await write('sheet-attributes', '[1]');
    expect(element.querySelector('#sheet-attributes-rule')?.textContent).toContain('not an array of objects');
    await expectAccessible(element);
  });

  it('counts beside the button what is wrong, wherever that lies, and leads there', async () => {
    const { element, write, press } = await openSheet();
    const mistakes = () => element.querySelector('.mistakes')?.textContent.trim();
    await write('sheet-skill', '12x');
    expect(mistakes()).toBe('Correct 1 field');
    await write('sheet-campaign', '55');
    await write('sheet-attributes', '[');

    await press('Use for new conversations');

    expect(mistakes()).toBe('Correct 3 fields');
    element.querySelector<HTMLElement>('#sheet-attributes')!.focus();
    await press('Correct 3 fields');
    expect(document.activeElement?.id).toBe('sheet-skill');
  });

  it('leads to a mistake that it counted, not to one that is still being typed', async () => {
    const { element, write, press, fixture } = await openSheet();
    const skill = element.querySelector<HTMLInputElement>('#sheet-skill')!;
    skill.value = '12x';
    skill.dispatchEvent(new Event('input'));
    await write('sheet-attributes', '[');
    await fixture.whenStable();

    await press('Correct 1 field');

    expect(document.activeElement?.id).toBe('sheet-attributes');
  });

  it('says by the same rule what may stand in a field and why what stands there may not', async () => {
    const { element, write } = await openSheet();
    const rule = () => element.querySelector('#sheet-skill-rule')!.textContent;
    expect(rule()).toContain('empty or -1 for any skill');

    await write('sheet-skill', '12x');

    expect(rule()).toContain('empty or -1 for any skill');
  });

  it('marks what is wrong and leads there when a preset of it is to be saved', async () => {
    const { element, write, press, start } = await openSheet();
    const engagement = element.querySelector('#sheet-engagement')!;
    await write('sheet-campaign', '55');
    await write('preset-name', 'Half');
    expect(engagement.getAttribute('aria-invalid')).toBe('false');
    const save = [...element.querySelectorAll<HTMLElement>('button')].find(
      ({ textContent }) => textContent.trim() === 'Save',
    );
    expect([save?.title, save?.ariaDisabled]).toEqual(['', null]);

    await press('Save');

    expect(element.querySelector('.told')?.textContent).toBe('Not saved.');
    expect(engagement.getAttribute('aria-invalid')).toBe('true');
    expect(element.querySelector('#sheet-engagement-rule')?.textContent).toContain('go together');
    expect(document.activeElement).toBe(engagement);
    expect(start.presets()).toEqual([]);
    await write('sheet-engagement', '66');
    expect(element.querySelector('.told')?.textContent).toBe('');
  });

  it('keeps every button in its place, whatever becomes of the presets', async () => {
    const { element, write, press } = await openSheet();
    const buttons = () =>
      [...element.querySelectorAll<HTMLElement>('.presets button')].map((one) => one.textContent.trim());
    const before = buttons();

    await write('preset-name', 'Mine');
    await press('Save');
    expect(buttons()).toEqual(before);
    await press('Remove');

    expect(before).toEqual(['Remove', 'Save']);
    expect(buttons()).toEqual(before);
  });

  it('saves a preset anew only where something is new', async () => {
    const { element, press, write } = await openSheet();
    const save = () =>
      [...element.querySelectorAll('.presets button')].find((one) => one.textContent.trim() === 'Save')!;
    await write('preset-name', 'Mine');
    expect(save().ariaDisabled).not.toBe('true');

    await press('Save');
    expect(save().ariaDisabled).toBe('true');
    expect(save().getAttribute('title')).toBe('It is saved as it stands here');

    await write('sheet-skill', '5');
    expect(save().ariaDisabled).not.toBe('true');
  });

  it('names a preset when it is opened again only where its fields are the preset’s', async () => {
    const { element, write, press } = await openSheet();
    const chosen = () => element.querySelector<HTMLSelectElement>('#preset')?.value;
    await write('sheet-skill', '99');
    await write('preset-name', 'Skill 99');
    await press('Save');
    await press('Cancel');

    await press('Options');
    expect([chosen(), element.querySelector<HTMLInputElement>('#preset-name')?.value]).toEqual(['', '']);

    await write('sheet-skill', '99');
    await press('Use for new conversations');
    await press('Options');
    expect(chosen()).toBe('Skill 99');
  });

  it('keeps presets per app, fills them in and removes them', async () => {
    const { element, write, press, start } = await openSheet();
    await write('sheet-skill', '99');
    await write('preset-name', 'Skill 99');
    await press('Save');
    expect(element.querySelector('.actions [role=status]')?.textContent).toBe('“Skill 99” is saved.');
    await press('Reset to defaults');
    expect(element.querySelector<HTMLInputElement>('#sheet-skill')?.value).toBe('');

    const select = element.querySelector<HTMLSelectElement>('#preset')!;
    select.value = 'Skill 99';
    select.dispatchEvent(new Event('change'));
    await settle();
    expect(element.querySelector<HTMLInputElement>('#sheet-skill')?.value).toBe('99');

    await TestBed.inject(ConversationsStore).show(asAppKey('another'));
    expect(start.presets()).toEqual([]);
    await TestBed.inject(ConversationsStore).show(APP);
    expect(start.presets().map(({ name }) => name)).toEqual(['Skill 99']);
    await settle();
    await press('Remove');
    expect(start.presets()).toEqual([]);
  });
});
